/** The rows of `sent_copy`, read back. */
import { z } from 'zod'
import { failureSchema } from '../../../shared/failures/failure.ts'
import type { OutgoingId } from '../../../shared/model/outgoing-mail.ts'
import { type SentCopy, sentCopyStateSchema } from '../../../shared/model/sent-copy.ts'
import type { Database } from '../../storage/database.ts'

const columns = z.object({ state: sentCopyStateSchema, at: z.number(), folder: z.string().nullable(), added: z.number(), not_before: z.number(), failure: z.string().nullable() })

/** null = none is wanted yet. */
export function readSentCopy(database: Database): (id: OutgoingId) => SentCopy | null {
  const select = database.prepare('SELECT state, at, folder, added, not_before, failure FROM sent_copy WHERE outgoing_id = ?')
  return (id) => {
    const raw = select.get(id)
    if (raw === undefined) return null
    const row = columns.parse(raw)
    const open = row.state === 'waiting' || row.state === 'adding'
    return {
      state: row.state,
      at: new Date(row.at).toISOString(),
      folder: row.folder,
      added: row.added === 1,
      failure: row.failure === null ? null : failureSchema.parse(JSON.parse(row.failure)),
      nextAt: open && row.not_before > 0 ? new Date(row.not_before).toISOString() : null,
    }
  }
}
