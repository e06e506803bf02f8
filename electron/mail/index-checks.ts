/** What the doctor asks of the index, in pages, so that no call from a window waits long for it; and the search index's own state. */
import { z } from 'zod'
import type { MessageKey } from '../../shared/model/message.ts'
import { type Database, transaction } from '../storage/database.ts'
import { storageFailure } from '../storage/storage-failure.ts'

const checkedColumns = z.object({ id: z.number(), account_id: z.string(), folder: z.string(), server_id: z.string(), file: z.string(), size: z.number(), noted: z.number() })
export type CheckedRow = z.infer<typeof checkedColumns>

export type IndexChecks = ReturnType<typeof indexChecks>

export function indexChecks(database: Database) {
  const page = database.prepare(
    `SELECT id, account_id, folder, server_id, file, size,
       EXISTS (SELECT 1 FROM ledger l WHERE l.account_id = m.account_id AND l.folder = m.folder AND l.server_id = m.server_id) AS noted
     FROM message m WHERE id > ? ORDER BY id LIMIT ?`,
  )
  const count = database.prepare('SELECT count(*) AS n FROM message')
  const words = database.prepare('SELECT 1 FROM message_search WHERE rowid = ?')
  const leftover = database.prepare('SELECT rowid AS id FROM message_search EXCEPT SELECT id FROM message')
  const deleteWords = database.prepare('DELETE FROM message_search WHERE rowid = ?')
  const ids = (rows: readonly Record<string, unknown>[]): readonly MessageKey[] => rows.map((row) => Number(row['id']))

  return {
    rowsAfter: (id: MessageKey, limit: number): readonly CheckedRow[] => page.all(id, limit).map((row) => checkedColumns.parse(row)),
    count: (): number => Number(count.get()?.['n']),
    hasWords: (id: MessageKey): boolean => words.get(id) !== undefined,
    leftoverWords: (): readonly MessageKey[] => ids(leftover.all()),
    /** sqlite.org/fts5.html section 6.4; for a contentless table this proves the index itself. */
    searchIsSound(): boolean {
      try {
        database.exec("INSERT INTO message_search (message_search) VALUES ('integrity-check')")
        return true
      } catch (error) {
        if (storageFailure(error, 'mail').code === 'storage.damaged') return false
        throw error
      }
    },
    removeWords: (leftovers: readonly MessageKey[]): void => transaction(database, () => leftovers.forEach((id) => deleteWords.run(id))),
    /** sqlite.org/fts5.html section 6.2: works on a broken index as well. */
    removeAllWords: (): void => database.exec("INSERT INTO message_search (message_search) VALUES ('delete-all')"),
  }
}
