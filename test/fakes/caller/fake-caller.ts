/**
 * A whole Mailroom in memory, for looking at screens and for tests of the renderer. Parameters and results are parsed like in
 * the real one, so that nothing can be shown that the contract does not know.
 */
import type { Caller } from '../../../shared/contract/caller.ts'
import { events, type EventData, type EventName } from '../../../shared/contract/events.ts'
import { type MethodName, methods, type ParsedParams, type Result } from '../../../shared/contract/methods.ts'
import { failed, type Outcome } from '../../../shared/failures/failure.ts'
import { fieldProblemsOf } from '../../../shared/model/field-problem.ts'
import { accountHandlers } from './handle-accounts.ts'
import { batchHandlers } from './handle-batches.ts'
import { contactsHandlers } from './handle-contacts.ts'
import { draftsHandlers } from './handle-drafts.ts'
import { levelsHandlers } from './handle-levels.ts'
import { mailHandlers } from './handle-mail.ts'
import { programHandlers } from './handle-program.ts'
import type { World } from './world.ts'

export type Handlers = { readonly [M in MethodName]: (params: ParsedParams<M>) => Outcome<Result<M>> }
export type Emit = <E extends EventName>(event: E, data: EventData<E>) => void

export interface FakeTools {
  readonly world: World
  readonly emit: Emit
  /** Runs `then` after this long; tests hand in a clock they can turn. */
  readonly after: (milliseconds: number, then: () => void) => void
}

export interface FakeCaller extends Caller {
  readonly emit: Emit
  readonly world: World
}

export function createFakeCaller(world: World, after: FakeTools['after'] = (milliseconds, then) => void setTimeout(then, milliseconds)): FakeCaller {
  const listeners = new Map<EventName, Set<(data: never) => void>>()
  const emit: Emit = (event, data) => {
    const parsed = events[event].parse(structuredClone(data))
    listeners.get(event)?.forEach((listener) => listener(parsed as never))
  }
  const tools: FakeTools = { world, emit, after }
  const handlers: Handlers = { ...programHandlers(tools), ...accountHandlers(tools), ...levelsHandlers(tools), ...draftsHandlers(tools), ...mailHandlers(tools), ...contactsHandlers(tools), ...batchHandlers(tools) }

  return {
    world,
    emit,
    call: async (method, params) => {
      const parsed = methods[method].params.safeParse(params)
      if (!parsed.success) return failed('input.invalid', { fields: [...fieldProblemsOf(parsed.error)] })
      const outcome = (handlers[method] as (params: unknown) => Outcome<unknown>)(parsed.data)
      if (!outcome.ok) return outcome
      return { ok: true, value: methods[method].result.parse(structuredClone(outcome.value)) as never }
    },
    on: (event, listener) => {
      const all = listeners.get(event) ?? new Set()
      listeners.set(event, all)
      all.add(listener as (data: never) => void)
      return () => void all.delete(listener as (data: never) => void)
    },
  }
}
