/** Which of these Message-IDs the open folder has a message of (SEARCH, RFC 9051 section 6.4.4), one search for each, many in one go. */
import { done, type Outcome } from '../../../shared/failures/failure.ts'
import { dateText } from './append-message.ts'
import type { ImapConnection } from './imap-connection.ts'
import { quoted } from './mailbox-name.ts'

/** Searches ahead of their answers. */
const window = 50

/** `since`: in a folder of many years only what came since then is looked through. A server's clock may be a day off. */
export async function findMessageIds(connection: ImapConnection, messageIds: readonly string[], since: Date): Promise<Outcome<ReadonlySet<string>>> {
  const found = new Set<string>()
  const from = dateText(new Date(since.getTime() - 2 * 24 * 60 * 60 * 1000))
  for (let at = 0; at < messageIds.length; at += window) {
    const asked = messageIds.slice(at, at + window).flatMap((messageId) => {
      const text = searchable(messageId)
      return text === null ? [] : [{ messageId, tag: connection.send(`UID SEARCH SINCE ${from} HEADER Message-ID ${text}`) }]
    })
    for (const { messageId, tag } of asked) {
      const answer = connection.accepted(await connection.until(tag, ({ name, values }) => {
        if (name === 'SEARCH' && values.length > 0) found.add(messageId)
      }))
      if (!answer.ok) return answer
    }
  }
  return done(found)
}

/** A quoted string holds ASCII only; a Message-ID with anything else cannot be asked for. */
function searchable(messageId: string): string | null {
  return /^[\x20-\x7e]{3,990}$/.test(messageId) ? quoted(messageId) : null
}
