/**
 * The copies over one database and one data folder. Every move is one statement that also says from where; states are drawn in
 * `shared/model/sent-copy.ts`. A mail that becomes sent waits for its copy by the database's own doing (`015-sent-copies.ts`).
 */
import { join } from 'node:path'
import { z } from 'zod'
import type { Failure } from '../../../shared/failures/failure.ts'
import type { OutgoingId } from '../../../shared/model/outgoing-mail.ts'
import { type Database, transaction } from '../../storage/database.ts'
import type { DataFolder } from '../../storage/data-folder.ts'
import type { SentCopies } from './sent-copies.ts'

/** A server that was told a message, and whose answer was lost, has stored it by then or never will, milliseconds. */
const settles = 60_000

const wantedColumns = z.object({ id: z.string(), message_id: z.string(), at: z.number(), created_at: z.number(), file: z.string(), size: z.number(), attempts: z.number(), state: z.string() })
const soughtColumns = wantedColumns.pick({ id: true, message_id: true, at: true, created_at: true })

const times = ({ at, created_at: createdAt }: { readonly at: number; readonly created_at: number }) => ({ sentAt: new Date(at), notBefore: new Date(Math.min(at, createdAt)) })

export function createSentCopies({ database, folder, now = () => new Date() }: { readonly database: Database; readonly folder: DataFolder; readonly now?: () => Date }): SentCopies {
  const listeners = new Set<(ids: readonly OutgoingId[]) => void>()
  const wanted = database.prepare(
    // When it was sent, not when its copy was last tried: the copy bears that date, is looked for since then, and is given up by it.
    `SELECT o.id, o.message_id, o.created_at, coalesce((SELECT min(e.at) FROM outgoing_event e WHERE e.outgoing_id = o.id AND e.state = 'sent'), c.at) AS at, o.file, o.size, c.attempts, c.state FROM sent_copy c JOIN outgoing o ON o.id = c.outgoing_id
     WHERE c.state IN ('waiting', 'adding') AND o.account_id = ? AND c.not_before <= ? ORDER BY at, o.rowid LIMIT ?`,
  )
  // Only where a copy in Sent proves it. A program that queues a finished message may have put its own copy there before, and where some
  // accepted an earlier attempt, the copy is of that one.
  const unresolved = database.prepare(
    `SELECT o.id, o.message_id, o.created_at, o.changed_at AS at FROM outgoing o LEFT JOIN sent_copy c ON c.outgoing_id = o.id
     WHERE o.state = 'unknown' AND substr(o.message_id, 2, length(o.id) + 1) = o.id || '@'
     AND NOT EXISTS (SELECT 1 FROM outgoing_recipient r WHERE r.outgoing_id = o.id AND r.state = 'accepted') AND o.account_id = ? AND coalesce(c.not_before, 0) <= ? ORDER BY o.created_at LIMIT 200`,
  )
  const change = database.prepare(
    `UPDATE sent_copy SET state = ?, at = iif(state = ?1, at, ?), folder = coalesce(?, folder), added = ?, attempts = attempts + ?, not_before = ?, failure = ?
     WHERE outgoing_id = ? AND state IN ('waiting', 'adding')`,
  )
  const lastThere = database.prepare(
    `SELECT c.added FROM sent_copy c JOIN outgoing o ON o.id = c.outgoing_id WHERE c.state = 'there' AND o.account_id = ? ORDER BY c.at DESC, o.rowid DESC LIMIT 1`,
  )
  const missing = database.prepare(
    `INSERT INTO sent_copy (outgoing_id, state, at, folder, attempts, not_before) VALUES (?, 'missing', ?, ?, 1, ?)
     ON CONFLICT (outgoing_id) DO UPDATE SET at = excluded.at, folder = excluded.folder, attempts = attempts + 1, not_before = excluded.not_before WHERE state = 'missing'`,
  )

  interface Change {
    readonly state: string
    readonly folder?: string
    readonly added?: boolean
    readonly tried?: boolean
    readonly notBefore?: Date
    readonly failure?: Failure
  }
  const move = (id: OutgoingId, { state, folder: path, added = false, tried = false, notBefore, failure }: Change) =>
    change.run(state, now().getTime(), path ?? null, Number(added), Number(tried), notBefore?.getTime() ?? 0, failure === undefined ? null : JSON.stringify(failure), id)
  const changed = (ids: readonly OutgoingId[]) => listeners.forEach((listener) => listener(ids))

  return {
    wanted: (accountId, until, limit) =>
      wanted.all(accountId, until.getTime(), limit).map((raw) => {
        const row = wantedColumns.parse(raw)
        return { id: row.id, messageId: row.message_id, ...times(row), file: join(folder.outbox, row.file), size: row.size, attempts: row.attempts, unsure: row.state === 'adding' }
      }),
    unresolved: (accountId, until) =>
      unresolved.all(accountId, until.getTime()).map((raw) => {
        const row = soughtColumns.parse(raw)
        return { id: row.id, messageId: row.message_id, ...times(row) }
      }),
    // Crashed now, it is looked for when the server has surely done with it.
    adding: (id, path) => void move(id, { state: 'adding', folder: path, notBefore: new Date(now().getTime() + settles) }),
    later(id, path, lookAgainAt) {
      move(id, { state: 'waiting', folder: path, notBefore: lookAgainAt })
      changed([id])
    },
    habit(accountId) {
      const added = lastThere.get(accountId)?.['added']
      return added === undefined ? null : added === 1 ? 'keeps-none' : 'keeps'
    },
    there(id, path, added) {
      move(id, { state: 'there', folder: path, added })
      changed([id])
    },
    without(ids, why) {
      transaction(database, () => ids.forEach((id) => move(id, { state: why })))
      if (ids.length > 0) changed(ids)
    },
    failed(id, failure, retryAt, unsure) {
      move(id, { state: retryAt === null ? 'failed' : unsure ? 'adding' : 'waiting', tried: true, failure, ...(retryAt === null ? {} : { notBefore: retryAt }) })
      changed([id])
    },
    missing(id, path, lookAgainAt) {
      missing.run(id, now().getTime(), path, lookAgainAt.getTime())
      changed([id])
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
