/**
 * One peer that talks in texts: a window, or a second process.
 *
 * Guarantees: whatever comes in, nothing is thrown; a call that can be told apart is answered, if only as refused; what is no
 * call at all is dropped and counted in the log; a text beyond `maxTextLength` is never parsed. After `close` nothing is sent.
 */
import { z } from 'zod'
import type { AnswerMessage, EventMessage } from '../../shared/contract/caller.ts'
import { failed, type Outcome } from '../../shared/failures/failure.ts'
import type { Log } from '../log/create-log.ts'
import type { Dispatcher } from './create-dispatcher.ts'

/** Characters. The largest honest call is a mail of 5,000,000 characters, some of them escaped. */
export const maxTextLength = 16 * 1024 * 1024

const callSchema = z.object({ id: z.number().int().nonnegative(), method: z.string().max(100), params: z.unknown() })

export interface ServedConnection {
  receive(text: string): void
  close(): void
}

export function serveConnection(dispatcher: Dispatcher, send: (text: string) => void, log: Pick<Log, 'warn'>): ServedConnection {
  let open = true
  const sendMessage = (message: AnswerMessage | EventMessage) => {
    if (open) send(JSON.stringify(message))
  }
  const answer = (id: number, outcome: Outcome<unknown>) => sendMessage({ id, outcome })
  const stopListening = dispatcher.onEvent((event, data) => sendMessage({ event, data }))

  return {
    receive(text) {
      if (!open) return
      if (text.length > maxTextLength) {
        log.warn('call.too-long', { length: text.length })
        const id = /^\{"id":(\d{1,15}),/.exec(text.slice(0, 40))?.[1]
        if (id !== undefined) answer(Number(id), failed('input.invalid', { fields: [{ path: '', problem: 'too-long' }] }))
        return
      }
      const call = callSchema.safeParse(parseJson(text))
      if (!call.success) {
        log.warn('call.malformed', { length: text.length })
        return
      }
      const { id, method, params } = call.data
      void dispatcher.dispatch(method, params).then((outcome) => answer(id, outcome))
    },
    close() {
      open = false
      stopListening()
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
