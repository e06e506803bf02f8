/**
 * Mailroom as the window calls it, over whatever wire the host put into `window.mailroom`.
 *
 * Guarantees: every answer and event is parsed before anybody sees it; a call always settles, with `program.error` when
 * the answer does not parse; texts that belong to nothing are dropped.
 */
import { z } from 'zod'
import type { Caller, CallMessage, Wire } from '../../shared/contract/caller.ts'
import { events, type EventData, type EventName } from '../../shared/contract/events.ts'
import { methods, type MethodName, type Params, type Result } from '../../shared/contract/methods.ts'
import { failed, failureSchema, type Outcome } from '../../shared/failures/failure.ts'

const outcomeSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), failure: failureSchema }),
])
const messageSchema = z.union([
  z.object({ id: z.number(), outcome: outcomeSchema }),
  z.object({ event: z.enum(Object.keys(events) as [EventName, ...EventName[]]), data: z.unknown() }),
])

export function wireCaller(wire: Wire): Caller {
  const waiting = new Map<number, (outcome: Outcome<unknown>) => void>()
  const listeners = new Map<EventName, Set<(data: unknown) => void>>()
  let lastId = 0

  wire.onMessage((text) => {
    const message = messageSchema.safeParse(readJson(text))
    if (!message.success) return
    if ('event' in message.data) {
      const data = events[message.data.event].safeParse(message.data.data)
      if (data.success) listeners.get(message.data.event)?.forEach((listener) => listener(data.data))
      return
    }
    const settle = waiting.get(message.data.id)
    waiting.delete(message.data.id)
    settle?.(message.data.outcome)
  })

  return {
    async call<M extends MethodName>(method: M, params: Params<M>): Promise<Outcome<Result<M>>> {
      const id = ++lastId
      const answer = new Promise<Outcome<unknown>>((settle) => waiting.set(id, settle))
      wire.send(JSON.stringify({ id, method, params } satisfies CallMessage))
      const outcome = await answer
      if (!outcome.ok) return outcome
      const value = methods[method].result.safeParse(outcome.value)
      if (!value.success) return failed('program.error', { detail: `${method} answered with something else than agreed` })
      return { ok: true, value: value.data as Result<M> }
    },

    on<E extends EventName>(event: E, listener: (data: EventData<E>) => void): () => void {
      const all = listeners.get(event) ?? new Set()
      listeners.set(event, all)
      const entry = listener as (data: unknown) => void
      all.add(entry)
      return () => void all.delete(entry)
    },
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
