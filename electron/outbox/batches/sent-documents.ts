/** Which document went to whom, for ever: what keeps an invoice from going out twice. */
import { z } from 'zod'
import type { OutgoingId } from '../../../shared/model/outgoing-mail.ts'
import type { Database } from '../../storage/database.ts'

/** One document for the recipients of one mail. */
export const sentDocumentSchema = z.object({
  documentType: z.string(),
  /** null = it has none. */
  number: z.string().nullable(),
  /** Hash of the file, or of the words of a mail without one. */
  content: z.string(),
  recipients: z.array(z.string()),
})
export type SentDocument = z.infer<typeof sentDocumentSchema>

/** As two numbers are compared: `INV 001` is `inv001`. */
export function comparable(number: string): string {
  return number.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
}

export function sentDocuments(database: Database) {
  const insert = database.prepare('INSERT INTO batch_document (outgoing_id, recipient, document_type, number, content, queued_at) VALUES (?, ?, ?, ?, ?, ?)')
  // What was cancelled never went out.
  const before = database.prepare(`
    SELECT d.queued_at FROM batch_document d LEFT JOIN outgoing o ON o.id = d.outgoing_id
    WHERE d.recipient = ?1 AND (d.content = ?2 OR d.number = ?3 AND d.document_type = ?4) AND coalesce(o.state, '') <> 'cancelled'
    ORDER BY d.queued_at DESC LIMIT 1`)

  return {
    note(id: OutgoingId, { recipients, documentType, number, content }: SentDocument, at: number): void {
      for (const recipient of new Set(recipients.map((address) => address.toLowerCase()))) {
        insert.run(id, recipient, documentType.toLowerCase(), number === null ? null : comparable(number), content, at)
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
  }
}
