/**
 * Messages that a POP3 server calls by another name than before: some give every message a new UIDL each session, others after
 * a move to another machine. What is known again is not fetched again, and stays deleted, private or due as it was.
 *
 *   its old name is not listed any more, and the header there is the header here ─▶ it is that one
 *   …, the Message-ID and the size are                                           ─▶ it is that one (some servers add header lines)
 *   deleted here, its old name is not listed any more, Message-ID and size are   ─▶ it is that one, and stays deleted
 *
 * Each message here is taken for one there at most, so two that are alike stay two.
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import type { AccountId } from '../../shared/model/account.ts'
import { type Database, transaction } from '../storage/database.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import { headerLimit } from './message-headers.ts'
import { readRange } from './read-range.ts'

/** A message on the server under a name that is not known here. */
export interface Stranger {
  readonly serverId: string
  readonly size: number
  /** As it begins: header lines and what follows them. */
  readonly header: Buffer
}

const storedColumns = z.object({ server_id: z.string(), size: z.number(), file: z.string().nullable(), header_id: z.string().nullable() })

export type RenamedMessages = ReturnType<typeof renamedMessages>

export function renamedMessages({ database, root }: { readonly database: Database; readonly root: string }) {
  // What the server confirmed to have removed is not there under any name.
  const stored = database.prepare(
    `SELECT l.server_id, coalesce(m.size, l.size, 0) AS size, m.file, l.header_id FROM ledger l
     LEFT JOIN membership p ON p.account_id = l.account_id AND p.folder = l.folder AND p.server_id = l.server_id
     LEFT JOIN message m ON m.id = p.message_id
     WHERE l.account_id = ? AND l.folder = ? AND (l.removed_at IS NULL OR l.asked_at IS NULL)`,
  )
  const names = database.prepare('SELECT server_id FROM ledger WHERE account_id = ? AND folder = ? AND (removed_at IS NULL OR asked_at IS NULL)')
  const renameMembership = database.prepare('UPDATE membership SET server_id = ? WHERE account_id = ? AND folder = ? AND server_id = ?')
  const renameEntry = database.prepare('UPDATE OR IGNORE ledger SET server_id = ?, removed_at = NULL WHERE account_id = ? AND folder = ? AND server_id = ?')

  /** Old names by what they may be known by. */
  async function signsOf(accountId: AccountId, folder: string, listed: ReadonlySet<string>): Promise<Map<string, string[]>> {
    const signs = new Map<string, string[]>()
    for (const raw of stored.all(accountId, folder)) {
      const row = storedColumns.parse(raw)
      if (listed.has(row.server_id)) continue
      const ofRow = row.file === null ? (row.header_id === null ? [] : [idSign(row.header_id, row.size)]) : await signsIn(row.file, row.size)
      for (const sign of ofRow) signs.set(sign, [...(signs.get(sign) ?? []), row.server_id])
    }
    return signs
  }

  async function signsIn(file: string, size: number): Promise<readonly string[]> {
    try {
      return await signs((await readRange(join(root, file), 0, headerLimit)).bytes, size)
    } catch (error) {
      // Not to be read is not to be recognised: then the server's copy comes in again.
      storageFailure(error, 'mail')
      return []
    }
  }

  return {
    /** How many that should be on the server are not listed. */
    countMissing: (accountId: AccountId, folder: string, listed: ReadonlySet<string>): number =>
      names.all(accountId, folder).filter((row) => !listed.has(String(row['server_id']))).length,
    /** Answers with the server ids of those that are here. */
    async know(accountId: AccountId, folder: string, listed: ReadonlySet<string>, strangers: readonly Stranger[]): Promise<ReadonlySet<string>> {
      const left = await signsOf(accountId, folder, listed)
      const taken = new Map<string, string>()
      for (const { serverId, size, header } of strangers) {
        const old = (await signs(header, size)).flatMap((sign) => left.get(sign) ?? []).find((name) => !taken.has(name))
        if (old !== undefined) taken.set(old, serverId)
      }
      transaction(database, () => {
        for (const [old, serverId] of taken) {
          renameMembership.run(serverId, accountId, folder, old)
          renameEntry.run(serverId, accountId, folder, old)
        }
      })
      return new Set(taken.values())
    },
  }
}

const idSign = (messageId: string, size: number): string => `id ${size} ${messageId}`

/** The surer one first. A header that says hardly anything is no sign. */
async function signs(start: Uint8Array, size: number): Promise<readonly string[]> {
  const { readMoreHeaders } = await import('./read-headers.ts')
  const bytes = Buffer.from(start)
  const end = bytes.indexOf('\r\n\r\n')
  const header = end < 0 ? bytes : bytes.subarray(0, end + 2)
  const { messageId } = readMoreHeaders(Buffer.concat([header, Buffer.from('\r\n')]))
  const digest = createHash('sha256').update(header).digest('hex')
  return [`header ${digest} ${messageId === null ? size : ''}`, ...(messageId === null ? [] : [idSign(messageId, size)])]
}
