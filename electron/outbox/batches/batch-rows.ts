/** The batches that were queued. */
import type { BatchRow } from '../../../shared/model/batch.ts'
import type { Database } from '../../storage/database.ts'

export interface NewBatch extends Omit<BatchRow, 'createdAt'> {
  /** Hash of the table's bytes, where it was found in a watched folder. */
  readonly source: string | null
}

export function batchRows(database: Database) {
  const insert = database.prepare('INSERT INTO batch (id, name, template_name, account_id, created_at, mails, source) VALUES (?, ?, ?, ?, ?, ?, ?)')
  const newest = database.prepare('SELECT id, name, template_name, account_id, created_at, mails FROM batch ORDER BY created_at DESC, rowid DESC LIMIT ?')
  const select = database.prepare('SELECT id, name, template_name, account_id, created_at, mails FROM batch WHERE id = ?')
  const ofSource = database.prepare('SELECT id FROM batch WHERE source = ?')

  return {
    add({ id, name, templateName, accountId, mails, source }: NewBatch, at: number): void {
      insert.run(id, name, templateName, accountId, at, mails, source)
    },
    batchOfSource: (source: string): string | null => {
      const found = ofSource.get(source)
      return found === undefined ? null : String(found['id'])
    },
    get(id: string): BatchRow | null {
      const found = select.get(id)
      return found === undefined ? null : toRow(found)
    },
    newest: (limit: number): readonly BatchRow[] => newest.all(limit).map(toRow),
  }
}

function toRow(row: Record<string, unknown>): BatchRow {
  return {
    id: String(row['id']), name: String(row['name']), templateName: String(row['template_name']), accountId: String(row['account_id']),
    createdAt: new Date(Number(row['created_at'])).toISOString(), mails: Number(row['mails']),
  }
}

export type BatchRows = ReturnType<typeof batchRows>
