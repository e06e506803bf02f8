/**
 * Puts a message into a folder (APPEND, RFC 9051 section 6.3.12), marked as read, with the time it was sent as its INTERNALDATE.
 * The file is streamed, as fast as the server takes it.
 *
 * A literal is announced and waited with until the server wants it (RFC 9051 section 4.3), so that one it does not want, for its
 * size or for want of room, is refused before it is sent. Only a small one goes along at once where the server takes
 * that (RFC 7888): it costs less than the round trip.
 */
import { createReadStream } from 'node:fs'
import { done, failed, failure, type Outcome } from '../../../shared/failures/failure.ts'
import type { AppendedMessage } from '../mail-session.ts'
import type { ImapConnection } from './imap-connection.ts'
import { quoted } from './mailbox-name.ts'

/** RFC 7888 section 5: so much may go along unasked under LITERAL-; more is worth asking first under LITERAL+ too. */
const smallLiteral = 4096
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** Not ok, and the connection of no more use: whether the message is there, nobody knows. */
export async function appendMessage(connection: ImapConnection, name: string, message: AppendedMessage): Promise<Outcome<void>> {
  const { capabilities, evidence } = connection
  const folder = quoted(name)
  if (folder === null) return failed('mailbox.missing', { ...evidence, name })
  const limit = appendLimit(capabilities)
  if (limit !== null && message.size > limit) return failed('message.too-large', evidence)
  const atOnce = message.size <= smallLiteral && (capabilities.has('LITERAL+') || capabilities.has('LITERAL-'))
  const tag = connection.send(`APPEND ${folder} (\\Seen) "${dateTime(message.at)}" {${message.size}${atOnce ? '+' : ''}}`)
  // Once: asked for again, it would be taken for commands.
  let isSent = atOnce
  if (atOnce) await sendFile(connection, message)
  const answer = connection.accepted(await connection.until(tag, ({ tag: asked }) => {
    if (asked !== '+' || isSent) return
    isSent = true
    return sendFile(connection, message)
  }))
  return answer.ok ? done(undefined) : answer
}

/** Exactly the bytes that were announced, or the connection ends: what follows must not be taken for a command. */
async function sendFile(connection: ImapConnection, { file, size }: AppendedMessage): Promise<void> {
  let left = size
  try {
    for await (const piece of createReadStream(file)) {
      const bytes = piece as Uint8Array
      left -= bytes.length
      if (left < 0) break
      await connection.write(bytes)
      if (!connection.usable) return
    }
  } catch {
    left = -1
  }
  if (left === 0) connection.say('')
  else connection.fail(failure('mail.unreadable'))
}

/** RFC 7889 section 3; null = it is not told, or differs between folders and is found out by trying. */
function appendLimit(capabilities: ReadonlySet<string>): number | null {
  const said = [...capabilities].find((capability) => /^APPENDLIMIT=\d{1,15}$/.test(capability))
  return said === undefined ? null : Number(said.slice('APPENDLIMIT='.length))
}

/** RFC 9051 section 9, date-time; in UTC. */
function dateTime(at: Date): string {
  return `${dateText(at, ' ')} ${at.toISOString().slice(11, 19)} +0000`
}

/** `7-Nov-2026`; the day filled up on the left where it has one digit. */
export function dateText(at: Date, fill = ''): string {
  const day = String(at.getUTCDate())
  return `${day.length === 1 ? fill : ''}${day}-${months[at.getUTCMonth()] ?? 'Jan'}-${String(at.getUTCFullYear())}`
}
