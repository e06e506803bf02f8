/** Sends commands ahead of their answers where the server announces PIPELINING (RFC 2449 section 6.6), and one by one where not. */
import type { Pop3Server } from './greet-pop3.ts'

/**
 * Commands on their way at a time. 500 RETR lines are 6 kB, so they never fill a socket buffer while the server writes; and with
 * small messages it is their number that decides how often a distant server is waited for (100: 1.4 s for 2,000 at 40 ms).
 */
const pipelineWindow = 500

/**
 * What it returns is called once before each answer is read, and tells how many answers come after that one. The commands are taken
 * as they are sent: there may be very many.
 */
export function sendAhead({ connection, capabilities }: Pick<Pop3Server, 'connection' | 'capabilities'>, commands: Iterable<string>): () => number {
  const waiting = commands[Symbol.iterator]()
  const ahead = capabilities?.has('PIPELINING') === true ? pipelineWindow : 1
  let sent = 0
  let answered = 0
  return () => {
    // Refilled by halves, so that commands leave in batches and not one to a segment.
    if (sent - answered <= ahead / 2) {
      const batch: string[] = []
      while (sent + batch.length < answered + ahead) {
        const next = waiting.next()
        if (next.done === true) break
        batch.push(next.value)
      }
      connection.send(...batch)
      sent += batch.length
    }
    answered += 1
    return sent - answered
  }
}
