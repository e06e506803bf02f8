/**
 * A `Caller` over any transport of texts, for a process that talks to the one owning the data folder.
 *
 * Guarantees: an answer that does not fit the contract is `program.error`, never passed on; every call ends, at the latest
 * when the transport is lost (`job.interrupted`).
 */
import { z } from 'zod'
import type { Caller, CallMessage, Wire } from '../../shared/contract/caller.ts'
import { type EventName, events } from '../../shared/contract/events.ts'
import { methods } from '../../shared/contract/methods.ts'
import { failed, failureSchema, type Outcome } from '../../shared/failures/failure.ts'

const messageSchema = z.union([
  z.object({
    id: z.number(),
    outcome: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), value: z.unknown() }),
      z.object({ ok: z.literal(false), failure: failureSchema }),
    ]),
  }),
  z.object({ event: z.string(), data: z.unknown() }),
])

export interface RemoteCaller extends Caller {
  /** The transport is gone: ends what is waiting, and refuses what comes after. */
  lost(): void
}

export function createRemoteCaller(wire: Wire): RemoteCaller {
  const waiting = new Map<number, (outcome: Outcome<unknown>) => void>()
  const listeners = new Map<EventName, Set<(data: never) => void>>()
  let lastId = 0
  let open = true

  wire.onMessage((text) => {
    const message = messageSchema.safeParse(parseJson(text))
    if (!message.success) return
    if ('event' in message.data) {
      const { event, data } = message.data
      if (!Object.hasOwn(events, event)) return
      const parsed = events[event as EventName].safeParse(data)
      if (parsed.success) for (const listener of listeners.get(event as EventName) ?? []) listener(parsed.data as never)
      return
    }
    const { id, outcome } = message.data
    waiting.get(id)?.(outcome)
    waiting.delete(id)
  })

  return {
    call(method, params) {
      if (!open) return Promise.resolve(failed('job.interrupted'))
      const id = ++lastId
      return new Promise<Outcome<unknown>>((resolve) => {
        waiting.set(id, resolve)
        wire.send(JSON.stringify({ id, method, params } satisfies CallMessage))
      }).then((outcome): never => {
        if (!outcome.ok) return outcome as never
        const parsed = methods[method].result.safeParse(outcome.value)
        return (parsed.success ? { ok: true, value: parsed.data } : failed('program.error', { detail: method })) as never
      })
    },
    on(event, listener) {
      const own = listeners.get(event) ?? new Set()
      listeners.set(event, own.add(listener as (data: never) => void))
      return () => void own.delete(listener as (data: never) => void)
    },
    lost() {
      open = false
      for (const end of waiting.values()) end(failed('job.interrupted'))
      waiting.clear()
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
