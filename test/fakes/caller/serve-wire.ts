/** Answers the texts of a window's wire from any caller, as the dispatcher does for the real hosts. */
import type { AnswerMessage, Caller, CallMessage, EventMessage } from '../../../shared/contract/caller.ts'
import { type EventName, events } from '../../../shared/contract/events.ts'
import type { MethodName, Params } from '../../../shared/contract/methods.ts'

export function serveWire(caller: Caller, send: (text: string) => void): (text: string) => void {
  for (const event of Object.keys(events) as EventName[]) {
    caller.on(event, (data) => send(JSON.stringify({ event, data } satisfies EventMessage)))
  }
  return (text) => {
    const { id, method, params } = JSON.parse(text) as CallMessage
    void caller.call(method as MethodName, params as Params<MethodName>).then((outcome) => send(JSON.stringify({ id, outcome } satisfies AnswerMessage)))
  }
}
