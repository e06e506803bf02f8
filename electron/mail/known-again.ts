/**
 * Messages that are known again under another number or in another folder: moved or renamed by another program, or numbered
 * anew by the server. What is known again is not fetched again, keeps what was done to it here, and nothing is stored twice.
 *
 *   gone here, the same size and Message-ID there ─▶ it is that one, without fetching it
 *   gone here, the same bytes came in             ─▶ it is that one, and the second file goes
 *   deleted here, the same size and Message-ID    ─▶ stays deleted
 */
import { join } from 'node:path'
import { z } from 'zod'
import type { AccountId } from '../../shared/model/account.ts'
import type { MessageKey } from '../../shared/model/message.ts'
import type { FolderMessage } from '../../shared/model/server-folder.ts'
import { type Database, transaction } from '../storage/database.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import type { StoredFile } from './incoming-batch.ts'
import { readMessageFile } from './message-file.ts'
import type { MessageFlags } from './message-flags.ts'
import { headerLimit } from './message-headers.ts'
import { readRange } from './read-range.ts'

const goneColumns = z.object({ id: z.number(), folder: z.string(), server_id: z.string(), file: z.string(), message_id: z.string().nullable() })
const deletedColumns = z.object({ folder: z.string(), server_id: z.string() })

/** So many of one size are looked at; of mail, hardly two are alike. */
const candidatesAtMost = 200

export type KnownAgain = ReturnType<typeof knownAgain>

export function knownAgain({ database, flags, root }: { readonly database: Database; readonly flags: MessageFlags; readonly root: string }) {
  const goneOfSize = database.prepare(
    `SELECT id, folder, server_id, file, message_id FROM message WHERE account_id = ? AND size = ? AND gone_at IS NOT NULL ORDER BY gone_at DESC, id LIMIT ${candidatesAtMost}`,
  )
  const setMessageId = database.prepare('UPDATE message SET message_id = ? WHERE id = ?')
  const deletedOfSize = database.prepare('SELECT 1 FROM ledger WHERE account_id = ? AND size = ? AND removed_at IS NOT NULL AND asked_at IS NULL LIMIT 1')
  const deleted = database.prepare(
    'SELECT folder, server_id FROM ledger WHERE account_id = ? AND size = ? AND header_id = ? AND removed_at IS NOT NULL AND asked_at IS NULL LIMIT 1',
  )
  const moveRow = database.prepare('UPDATE message SET folder = ?, server_id = ?, gone_at = NULL WHERE id = ? AND gone_at IS NOT NULL')
  const forgetEntry = database.prepare('DELETE FROM ledger WHERE account_id = ? AND folder = ? AND server_id = ?')
  const addEntry = database.prepare('INSERT OR IGNORE INTO ledger (account_id, folder, server_id, stored_at) SELECT account_id, folder, server_id, stored_at FROM message WHERE id = ?')
  const moveEntry = database.prepare('UPDATE OR IGNORE ledger SET folder = ?, server_id = ?, removed_at = NULL WHERE account_id = ? AND folder = ? AND server_id = ?')
  const gone = (accountId: AccountId, size: number) => goneOfSize.all(accountId, size).map((row) => goneColumns.parse(row))

  /** Under the new name; the old one means nothing any more. False = it was known again elsewhere meanwhile. */
  function move(id: MessageKey, from: { readonly folder: string; readonly serverId: string }, accountId: AccountId, to: { readonly folder: string; readonly serverId: string }): boolean {
    if (moveRow.run(to.folder, to.serverId, id).changes === 0) return false
    forgetEntry.run(accountId, from.folder, from.serverId)
    addEntry.run(id)
    return true
  }

  async function messageIdOf({ id, file, message_id: known }: z.infer<typeof goneColumns>): Promise<string | null> {
    if (known !== null) return known
    const read = await messageIdIn(join(root, file))
    if (read !== null) setMessageId.run(read, id)
    return read
  }

  async function knowAgain(accountId: AccountId, folder: string, message: FolderMessage, messageId: string): Promise<boolean> {
    const { serverId, size } = message
    for (const row of gone(accountId, size)) {
      if ((await messageIdOf(row)) !== messageId) continue
      const moved = transaction(database, () => {
        if (!move(row.id, { folder: row.folder, serverId: row.server_id }, accountId, { folder, serverId })) return false
        flags.take(accountId, folder, serverId, message.flags)
        return true
      })
      if (moved) return true
    }
    const entry = deleted.get(accountId, size, messageId)
    if (entry === undefined) return false
    const old = deletedColumns.parse(entry)
    return moveEntry.run(folder, serverId, accountId, old.folder, old.server_id).changes > 0
  }

  return {
    /** Those that may be known: worth asking for their Message-ID. */
    doubtful: (accountId: AccountId, messages: readonly FolderMessage[]): readonly FolderMessage[] =>
      messages.filter(({ size }) => goneOfSize.get(accountId, size) !== undefined || deletedOfSize.get(accountId, size) !== undefined),
    /** Answers with the server ids of those that need not be fetched. */
    async know(accountId: AccountId, folder: string, messages: readonly FolderMessage[], messageIds: ReadonlyMap<string, string>): Promise<ReadonlySet<string>> {
      const known = new Set<string>()
      for (const message of messages) {
        const messageId = messageIds.get(message.serverId)
        if (messageId !== undefined && (await knowAgain(accountId, folder, message, messageId))) known.add(message.serverId)
      }
      return known
    },
    /** Which of these, already whole on the disk, are gone ones come back. */
    async sameBytes(accountId: AccountId, files: readonly StoredFile[]): Promise<ReadonlyMap<StoredFile, z.infer<typeof goneColumns>>> {
      const found = new Map<StoredFile, z.infer<typeof goneColumns>>()
      for (const file of files) {
        for (const row of gone(accountId, file.size)) {
          if (!(await areSame(join(root, file.file), join(root, row.file)))) continue
          found.set(file, row)
          break
        }
      }
      return found
    },
    move,
  }
}

export async function messageIdIn(path: string): Promise<string | null> {
  try {
    const { readMoreHeaders } = await import('./read-headers.ts')
    return readMoreHeaders((await readRange(path, 0, headerLimit)).bytes).messageId
  } catch (error) {
    // Not to be read is not to be recognised: then the server's copy comes in again.
    storageFailure(error, 'mail')
    return null
  }
}

async function areSame(one: string, other: string): Promise<boolean> {
  try {
    return (await readMessageFile(one)).digest === (await readMessageFile(other)).digest
  } catch (error) {
    storageFailure(error, 'mail')
    return false
  }
}
