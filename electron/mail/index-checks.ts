/** What the doctor asks of the rows, in pages, so that no call from a window waits long for it. */
import { z } from 'zod'
import type { MessageKey } from '../../shared/model/message.ts'
import type { Database } from '../storage/database.ts'

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

  return {
    rowsAfter: (id: MessageKey, limit: number): readonly CheckedRow[] => page.all(id, limit).map((row) => checkedColumns.parse(row)),
    count: (): number => Number(count.get()?.['n']),
  }
}
