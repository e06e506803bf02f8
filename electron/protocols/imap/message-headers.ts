/** The headers of messages, byte for byte (RFC 9051 section 6.4.5, BODY.PEEK[HEADER]): what a message is known by elsewhere. */
import { done, type Outcome } from '../../../shared/failures/failure.ts'
import type { ImapConnection } from './imap-connection.ts'
import { textIn } from './imap-responses.ts'
import { itemsIn } from './look-into-folder.ts'
import { uidSet } from './uid-set.ts'

const batchCount = 500
/** A longer one is not kept: its message is fetched. */
const longestHeader = 256 * 1024

/** By server id, with the empty line at the end. */
export async function readHeaderBlocks(connection: ImapConnection, uidValidity: string, uids: readonly number[]): Promise<Outcome<ReadonlyMap<string, Buffer>>> {
  const found = new Map<string, Buffer>()
  const tags: string[] = []
  for (let at = 0; at < uids.length; at += batchCount) tags.push(connection.send(`UID FETCH ${uidSet(uids.slice(at, at + batchCount))} (UID BODY.PEEK[HEADER])`))
  for (const tag of tags) {
    const answer = connection.accepted(await connection.until(tag, ({ name, values }) => {
      if (name !== 'FETCH') return
      const items = itemsIn(values[0])
      const header = items.get('BODY[HEADER]')
      if (Buffer.isBuffer(header) && header.length <= longestHeader) found.set(`${uidValidity}:${textIn(items.get('UID'))}`, header)
    }))
    if (!answer.ok) return answer
  }
  return done(found)
}
