/** What the doctor asks of the rows, in pages, so that no call from a window waits long for it. */
import { z } from 'zod'
import type { MessageKey } from '../../shared/model/message.ts'
import type { Database } from '../storage/database.ts'

const rowColumns = z.object({ id: z.number(), account_id: z.string(), file: z.string(), size: z.number() })
const placeColumns = z.object({ folder: z.string(), server_id: z.string().nullable(), noted: z.number() })

/** A folder it stands in; `serverId` null = not known; `noted`: the ledger has it. */
export interface CheckedPlace {
  readonly folder: string
  readonly serverId: string | null
  readonly noted: boolean
}
export type CheckedRow = z.infer<typeof rowColumns> & { readonly places: readonly CheckedPlace[] }

export type IndexChecks = ReturnType<typeof indexChecks>

export function indexChecks(database: Database) {
  // What a person deleted is on its way out.
  const page = database.prepare('SELECT id, account_id, file, size FROM message WHERE id > ? AND deleted_at IS NULL ORDER BY id LIMIT ?')
  const places = database.prepare(
    `SELECT p.folder, p.server_id, EXISTS (SELECT 1 FROM ledger l WHERE l.account_id = p.account_id AND l.folder = p.folder AND l.server_id = p.server_id) AS noted
     FROM membership p WHERE p.message_id = ? ORDER BY p.id`,
  )
  const count = database.prepare('SELECT count(*) AS n FROM message WHERE deleted_at IS NULL')

  const placesOf = (id: MessageKey): readonly CheckedPlace[] =>
    places.all(id).map((row) => placeColumns.parse(row)).map(({ folder, server_id: serverId, noted }) => ({ folder, serverId, noted: noted === 1 }))

  return {
    rowsAfter: (id: MessageKey, limit: number): readonly CheckedRow[] =>
      page.all(id, limit).map((raw) => rowColumns.parse(raw)).map((row) => ({ ...row, places: placesOf(row.id) })),
    count: (): number => Number(count.get()?.['n']),
  }
}
