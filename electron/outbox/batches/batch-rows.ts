/** The batches that were queued, and which document went to whom: what keeps an invoice from going out twice. */
import type { BatchRow } from '../../../shared/model/batch.ts'
import type { OutgoingId } from '../../../shared/model/outgoing-mail.ts'
import type { Database } from '../../storage/database.ts'

/** One document for the recipients of one mail. `number` null = it has none. */
export interface SentDocument {
  readonly documentType: string
  readonly number: string | null
  /** Hash of the file, or of the words of a mail without one. */
  readonly content: string
  readonly recipients: readonly string[]
}

export interface NewBatch extends Omit<BatchRow, 'createdAt'> {
  /** Hash of the table's bytes, where it was found in a watched folder. */
  readonly source: string | null
}

/** As two numbers are compared: `INV 001` is `inv001`. */
export function comparable(number: string): string {
  return number.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
}

export function batchRows(database: Database) {
  const insert = database.prepare('INSERT INTO batch (id, name, template_name, account_id, created_at, mails, source) VALUES (?, ?, ?, ?, ?, ?, ?)')
  const insertDocument = database.prepare('INSERT INTO batch_document (outgoing_id, recipient, document_type, number, content, queued_at) VALUES (?, ?, ?, ?, ?, ?)')
  // What was cancelled never went out.
  const before = database.prepare(`
    SELECT d.queued_at FROM batch_document d LEFT JOIN outgoing o ON o.id = d.outgoing_id
    WHERE d.recipient = ?1 AND (d.content = ?2 OR d.number = ?3 AND d.document_type = ?4) AND coalesce(o.state, '') <> 'cancelled'
    ORDER BY d.queued_at DESC LIMIT 1`)
  const newest = database.prepare('SELECT id, name, template_name, account_id, created_at, mails FROM batch ORDER BY created_at DESC, rowid DESC LIMIT ?')
  const ofSource = database.prepare('SELECT id FROM batch WHERE source = ?')

  return {
    add({ id, name, templateName, accountId, mails, source }: NewBatch, documents: readonly (SentDocument & { readonly outgoingId: OutgoingId })[], at: number): void {
      insert.run(id, name, templateName, accountId, at, mails, source)
      for (const { outgoingId, recipients, documentType, number, content } of documents) {
        for (const recipient of new Set(recipients.map((address) => address.toLowerCase()))) {
          insertDocument.run(outgoingId, recipient, documentType.toLowerCase(), number === null ? null : comparable(number), content, at)
        }
      }
    },
    /** When this document was last queued for one of its recipients; null = never. */
    queuedBefore({ documentType, number, content, recipients }: SentDocument): Date | null {
      for (const recipient of recipients) {
        const found = before.get(recipient.toLowerCase(), content, number === null ? null : comparable(number), documentType.toLowerCase())
        if (found !== undefined) return new Date(Number(found['queued_at']))
      }
      return null
    },
    batchOfSource: (source: string): string | null => {
      const found = ofSource.get(source)
      return found === undefined ? null : String(found['id'])
    },
    newest: (limit: number): readonly BatchRow[] =>
      newest.all(limit).map((row) => ({
        id: String(row['id']), name: String(row['name']), templateName: String(row['template_name']), accountId: String(row['account_id']),
        createdAt: new Date(Number(row['created_at'])).toISOString(), mails: Number(row['mails']),
      })),
  }
}

export type BatchRows = ReturnType<typeof batchRows>
