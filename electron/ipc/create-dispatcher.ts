/**
 * The one door to the program, for every transport and for the terminal in the same process.
 *
 * Guarantees: parameters are parsed before a handler sees them, and what does not parse is `input.invalid` with the fields;
 * answers and events are parsed before they go out, so nothing leaves that the contract does not name; whatever throws is a
 * bug, logged by its place in the code and answered as `program.error`. No parameter is ever logged: it may be a secret.
 */
import type { Caller } from '../../shared/contract/caller.ts'
import { type EventData, type EventName, events } from '../../shared/contract/events.ts'
import { type MethodName, methods } from '../../shared/contract/methods.ts'
import { failed, type Outcome } from '../../shared/failures/failure.ts'
import { type FieldProblem, fieldProblemsOf } from '../../shared/model/field-problem.ts'
import type { Log } from '../log/create-log.ts'
import type { Handlers } from './handlers.ts'

export interface Dispatcher {
  readonly caller: Caller
  /** A call as it came over a transport. Never rejects. */
  dispatch(method: string, params: unknown): Promise<Outcome<unknown>>
  emit<E extends EventName>(event: E, data: EventData<E>): void
  /** Every event, for a transport that passes them on. Answers with a function that stops listening. */
  onEvent(listener: (event: EventName, data: unknown) => void): () => void
}

export function createDispatcher({ handlers, log }: { readonly handlers: Handlers; readonly log: Pick<Log, 'error'> }): Dispatcher {
  const listeners = new Set<(event: EventName, data: unknown) => void>()

  async function dispatch(name: string, params: unknown): Promise<Outcome<unknown>> {
    if (!isMethod(name)) return failed('program.error', { detail: 'unknown method' })
    const { params: paramsSchema, result: resultSchema } = methods[name]
    const parsed = paramsSchema.safeParse(params)
    if (!parsed.success) return failed('input.invalid', { fields: fieldProblemsOf(parsed.error).map(asOnForm) })
    try {
      // The pairing of a name with its handler is checked where `Handlers` is made; here it is one of many.
      const handle = handlers[name] as (params: unknown) => Outcome<unknown> | Promise<Outcome<unknown>>
      const outcome = await handle(parsed.data)
      if (!outcome.ok) return outcome
      const answer = resultSchema.safeParse(outcome.value)
      if (answer.success) return { ok: true, value: answer.data }
      log.error('answer.invalid', { method: name, fields: fieldProblemsOf(answer.error) })
    } catch (error) {
      log.error('call.threw', { method: name, ...placeOfThrow(error) })
    }
    return failed('program.error', { detail: name })
  }

  return {
    dispatch,
    emit(event, data) {
      const parsed = events[event].safeParse(data)
      if (!parsed.success) {
        log.error('event.invalid', { event, fields: fieldProblemsOf(parsed.error) })
        return
      }
      for (const listener of listeners) {
        try {
          listener(event, parsed.data)
        } catch (error) {
          log.error('event.listener-threw', { event, ...placeOfThrow(error) })
        }
      }
    },
    onEvent(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    caller: {
      call: (method, params) => dispatch(method, params) as never,
      on(event, listener) {
        const own = (name: EventName, data: unknown) => {
          if (name === event) listener(data as never)
        }
        listeners.add(own)
        return () => void listeners.delete(own)
      },
    },
  }
}

function isMethod(name: string): name is MethodName {
  return Object.hasOwn(methods, name)
}

/** A field is named as the person who fills in the form knows it: `incoming.host`, whichever parameter carries the form. */
function asOnForm({ path, problem }: FieldProblem): FieldProblem {
  return { path: path.replace(/^(?:subject\.)?draft\./, ''), problem }
}

/** Where it was thrown, without the message: a message may quote what it was given. */
function placeOfThrow(error: unknown): { readonly kind: string; readonly place: string } {
  if (!(error instanceof Error)) return { kind: typeof error, place: '' }
  const place = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 8).map((line) => line.trim()).join(' ')
  const code = (error as { code?: unknown }).code
  return { kind: typeof code === 'string' ? `${error.name} ${code}` : error.name, place }
}
