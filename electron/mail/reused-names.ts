/**
 * Messages that a POP3 server calls by the name (UIDL) another one had. RFC 1939 section 7 lets a server use a name again once the message it
 * stood for is gone; a mailbox that is put back from a backup, or numbered anew, does it with all of them. Taken for the old one, the new message would never be
 * fetched, and could be removed unread when the old one is due.
 *
 *   the server confirmed that it removed it, and lists it again ─┐
 *   one of the newest is not as long as it was                  ─┼─▶ its header is looked at ─▶ another message: the old name is set aside
 *   it is due to be removed, and was not fetched in this run    ─┘
 *
 * What is the same message in doubt is left as it is. What is fetched once more by mistake is known by its bytes (`known-again.ts`).
 */
import { join } from 'node:path'
import { z } from 'zod'
import type { AccountId } from '../../shared/model/account.ts'
import { type Database, transaction } from '../storage/database.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import { headerLimit } from './message-headers.ts'
import { readRange } from './read-range.ts'

export interface NamedMessage {
  readonly serverId: string
  /** As the server lists it; some are not exact. */
  readonly size: number
}

export interface ReusedNames {
  /** Of those listed under a known name, the ones that may be others. In the order of the list: the newest last. */
  suspects(accountId: AccountId, folder: string, listed: readonly NamedMessage[]): readonly NamedMessage[]
  /** All under a known name that are not as long as what is known of it. */
  ofOtherSize(accountId: AccountId, folder: string, listed: readonly NamedMessage[]): readonly NamedMessage[]
  /** By how each begins on the server, those that are another message. */
  others(accountId: AccountId, folder: string, headers: ReadonlyMap<string, Buffer>): Promise<ReadonlySet<string>>
  /** What was known of these names is of messages that are gone: what is there now is new. */
  setAside(accountId: AccountId, folder: string, serverIds: ReadonlySet<string>): void
}

/** So many of the newest messages are compared with what is known of them: a mailbox numbered anew shows there. */
const sample = 8

const columns = z.object({ size: z.number().nullable(), file: z.string().nullable(), header_id: z.string().nullable() })

/** Lines that a server writes into a header by itself, and changes. */
const volatile = /^(?:x-)?(?:status|uidl|keywords)$|^content-length$|^lines$/i

export function reusedNames({ database, root, now }: { readonly database: Database; readonly root: string; readonly now: () => Date }): ReusedNames {
  const removedAmong = database.prepare(
    `SELECT l.server_id FROM json_each(?) one JOIN ledger l ON l.account_id = ? AND l.folder = ? AND l.server_id = one.value
     WHERE l.removed_at IS NOT NULL AND l.asked_at IS NOT NULL`,
  )
  const select = database.prepare(
    `SELECT coalesce(m.size, l.size) AS size, m.file, l.header_id FROM ledger l
     LEFT JOIN membership p ON p.account_id = l.account_id AND p.folder = l.folder AND p.server_id = l.server_id
     LEFT JOIN message m ON m.id = p.message_id
     WHERE l.account_id = ? AND l.folder = ? AND l.server_id = ?`,
  )
  const anyRemoved = database.prepare('SELECT 1 FROM ledger WHERE account_id = ? AND removed_at IS NOT NULL AND asked_at IS NOT NULL LIMIT 1')
  const renameMembership = database.prepare('UPDATE membership SET server_id = ? WHERE account_id = ? AND folder = ? AND server_id = ?')
  const renameEntry = database.prepare('UPDATE ledger SET server_id = ?1, removed_at = coalesce(removed_at, ?2) WHERE account_id = ?3 AND folder = ?4 AND server_id = ?5')

  function knownOf(accountId: AccountId, folder: string, serverId: string) {
    const row = select.get(accountId, folder, serverId)
    return row === undefined ? null : columns.parse(row)
  }

  function isOfOtherSize(accountId: AccountId, folder: string, { serverId, size }: NamedMessage): boolean {
    const known = knownOf(accountId, folder, serverId)
    return known !== null && known.size !== null && known.size !== size
  }

  /** null = nothing is left to compare it with. */
  async function isOther(accountId: AccountId, folder: string, serverId: string, header: Buffer): Promise<boolean | null> {
    const known = knownOf(accountId, folder, serverId)
    if (known === null) return null
    const there = await signsOf(header)
    if (known.file === null) return known.header_id === null ? null : known.header_id !== there.messageId
    try {
      const here = await signsOf((await readRange(join(root, known.file), 0, headerLimit)).bytes)
      return here.lines !== there.lines && (here.messageId === null || here.messageId !== there.messageId)
    } catch (error) {
      storageFailure(error, 'mail')
      return null
    }
  }

  return {
    suspects(accountId, folder, listed) {
      const removed = new Set<string>()
      if (anyRemoved.get(accountId) !== undefined) {
        for (const row of removedAmong.iterate(JSON.stringify(listed.map(({ serverId }) => serverId)), accountId, folder)) removed.add(String(row['server_id']))
      }
      const newest = new Set(listed.slice(-sample))
      return listed.filter((message) => removed.has(message.serverId) || (newest.has(message) && isOfOtherSize(accountId, folder, message)))
    },
    ofOtherSize: (accountId, folder, listed) => listed.filter((message) => isOfOtherSize(accountId, folder, message)),
    async others(accountId, folder, headers) {
      const found = new Set<string>()
      for (const [serverId, header] of headers) if ((await isOther(accountId, folder, serverId, header)) === true) found.add(serverId)
      return found
    },
    setAside(accountId, folder, serverIds) {
      const at = now().getTime()
      transaction(database, () => {
        for (const serverId of serverIds) {
          // No name has a space in it (RFC 1939 section 7), so nothing else is ever called that.
          const aside = `${serverId} ${String(at)}`
          renameMembership.run(aside, accountId, folder, serverId)
          renameEntry.run(aside, at, accountId, folder, serverId)
        }
      })
    },
  }
}

/** The lines of a header that stay as they are, and its Message-ID. */
async function signsOf(start: Uint8Array): Promise<{ readonly lines: string; readonly messageId: string | null }> {
  const { readMoreHeaders } = await import('./read-headers.ts')
  const bytes = Buffer.from(start)
  const end = bytes.indexOf('\r\n\r\n')
  const header = end < 0 ? bytes : bytes.subarray(0, end + 2)
  const lines = header.toString('latin1').split(/\r\n(?![ \t])/).filter((line) => line !== '' && !volatile.test(line.slice(0, line.indexOf(':'))))
  return { lines: lines.join('\n'), messageId: readMoreHeaders(Buffer.concat([header, Buffer.from('\r\n')])).messageId }
}
