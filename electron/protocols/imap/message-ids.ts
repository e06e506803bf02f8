/** The Message-ID headers of messages (RFC 9051 section 6.4.5, BODY.PEEK[HEADER.FIELDS]): what a message is known by elsewhere. */
import { done, type Outcome } from '../../../shared/failures/failure.ts'
import type { ImapConnection } from './imap-connection.ts'
import { textIn } from './imap-responses.ts'
import { itemsIn } from './look-into-folder.ts'
import { uidSet } from './uid-set.ts'

const batchCount = 500

/** By server id, without line ends, as the header has it. */
export async function readMessageIds(connection: ImapConnection, uidValidity: string, uids: readonly number[]): Promise<Outcome<ReadonlyMap<string, string>>> {
  const found = new Map<string, string>()
  const tags: string[] = []
  for (let at = 0; at < uids.length; at += batchCount) {
    tags.push(connection.send(`UID FETCH ${uidSet(uids.slice(at, at + batchCount))} (UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])`))
  }
  for (const tag of tags) {
    const answer = connection.accepted(await connection.until(tag, ({ name, values }) => {
      if (name !== 'FETCH') return
      const items = itemsIn(values[0])
      const header = [...items].find(([item]) => item.startsWith('BODY[HEADER.FIELDS'))?.[1]
      const messageId = /^message-id:\s*(\S[^]*?)\s*$/i.exec(textIn(header)?.replaceAll(/\r?\n[ \t]+/g, ' ') ?? '')?.[1]
      if (messageId !== undefined) found.set(`${uidValidity}:${textIn(items.get('UID'))}`, messageId)
    }))
    if (!answer.ok) return answer
  }
  return done(found)
}
