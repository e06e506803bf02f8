/**
 * What was ever stored of each server folder, and what became of the server's copy (PRODUCT C2). An id enters the ledger in
 * the transaction that acknowledges its message, never before its bytes are durable; so nothing the ledger lets go can be
 * lost.
 *
 *   stored ─▶ (deleted here) ─▶ due ─▶ asked ─▶ removed
 *      ▲            │ undo: unknown again           a copy that is gone without having been asked for was taken by others
 *      └────────────┘
 *
 * The preview and the removal itself go by the same condition, so that what is shown is what goes.
 */
import { z } from 'zod'
import type { AccountId, Delivery } from '../../shared/model/account.ts'
import { inboxPath } from '../../shared/model/folder.ts'
import type { MessageKey, MessageRow } from '../../shared/model/message.ts'
import { previewedRemovals, type DueRemoval, type RemovalPreview, type RemovedCopy } from '../../shared/model/removal.ts'
import type { Database } from '../storage/database.ts'
import type { ServerPlace } from './memberships.ts'
import type { MessageSigns } from './message-signs.ts'

const dayInMilliseconds = 24 * 60 * 60 * 1000

/** Other folders are where a person keeps mail: from there, only what was deleted here goes. */
const isDelivery = `folder = '${inboxPath}'`
/** Not left here at all: whatever the clock said when it was stored. */
const isDue = `((${isDelivery} AND (:all OR coalesce(stored_at <= :storedUntil, 0))) OR (:deleted AND deleted_at IS NOT NULL))`
const everGoes = `((${isDelivery} AND (:all OR :storedUntil IS NOT NULL)) OR (:deleted AND deleted_at IS NOT NULL))`
const onServer = 'account_id = :account AND removed_at IS NULL'
/** Of a copy whose message was deleted here: the server was told to remove it because of that, or since. */
export const wasTold = (ledger: string): string => `coalesce(${ledger}.asked_at >= ${ledger}.deleted_at, 0)`
/** What a message was called stands in its own row while it is here, in the ledger's afterwards. */
const named = `coalesce(m.id, l.message_id) AS id, coalesce(m.subject, l.subject, '') AS subject,
  coalesce(m.from_name, l.from_name) AS from_name, coalesce(m.from_address, l.from_address) AS from_address`
const message = `membership p ON p.account_id = l.account_id AND p.folder = l.folder AND p.server_id = l.server_id
  LEFT JOIN message m ON m.id = p.message_id`

const copyColumns = z.object({ subject: z.string(), from_name: z.string().nullable(), from_address: z.string().nullable(), stored_at: z.number() })
const dueColumns = copyColumns.extend({ id: z.number().nullable(), deleted_at: z.number().nullable(), is_due: z.number() })
const removedColumns = copyColumns.extend({ removed_at: z.number(), deleted_here: z.number() })

const deletedColumns = z.object({ folder: z.string(), server_id: z.string(), header_digest: z.string().nullable(), digest: z.string().nullable() })

/** So many of one size are looked at. */
const candidatesAtMost = 50

export type RetentionLedger = ReturnType<typeof retentionLedger>

export function retentionLedger(database: Database) {
  const known = database.prepare('SELECT server_id FROM ledger WHERE account_id = ? AND folder = ?')
  const insert = database.prepare('INSERT OR IGNORE INTO ledger (account_id, folder, server_id, stored_at) VALUES (?, ?, ?, ?)')
  const deleted = database.prepare(
    'UPDATE ledger SET deleted_at = ?, message_id = ?, subject = ?, from_name = ?, from_address = ? WHERE account_id = ? AND folder = ? AND server_id = ?',
  )
  const forgetDeleted = database.prepare('DELETE FROM ledger WHERE message_id = ? AND deleted_at IS NOT NULL AND removed_at IS NULL AND asked_at IS NULL')
  const takeBack = database.prepare(
    `UPDATE ledger SET deleted_at = NULL, message_id = NULL, subject = NULL, from_name = NULL, from_address = NULL
     WHERE account_id = ? AND folder = ? AND server_id = ? AND deleted_at IS NOT NULL`,
  )
  const told = database.prepare(`SELECT 1 FROM ledger WHERE account_id = ? AND folder = ? AND server_id = ? AND ${wasTold('ledger')}`)
  const asked = database.prepare('UPDATE ledger SET asked_at = ? WHERE account_id = ? AND folder = ? AND server_id = ? AND removed_at IS NULL')
  const removed = database.prepare(
    'UPDATE ledger SET removed_at = ?1, asked_at = coalesce(asked_at, ?1) WHERE account_id = ?2 AND folder = ?3 AND server_id = ?4 AND removed_at IS NULL',
  )
  const places = database.prepare('SELECT server_id, removed_at IS NOT NULL AS gone, asked_at IS NOT NULL AS asked FROM ledger WHERE account_id = ? AND folder = ? AND (removed_at IS NULL OR asked_at IS NULL)')
  const place = database.prepare('UPDATE ledger SET removed_at = ? WHERE account_id = ? AND folder = ? AND server_id = ?')
  const unask = database.prepare('UPDATE ledger SET asked_at = NULL WHERE account_id = ? AND folder = ? AND server_id = ? AND removed_at IS NULL')
  const notTold = database.prepare('UPDATE ledger SET asked_at = NULL WHERE account_id = ? AND folder = ? AND asked_at IS NOT NULL AND removed_at IS NULL')
  const due = database.prepare(`SELECT server_id FROM ledger WHERE ${onServer} AND folder = :folder AND ${isDue} ORDER BY stored_at, server_id`)
  const count = database.prepare(`SELECT coalesce(sum(${isDue}), 0) AS due, count(*) AS total FROM ledger WHERE ${onServer} AND ${everGoes}`)
  const preview = database.prepare(
    `SELECT ${named}, l.stored_at, l.deleted_at, l.is_due FROM
       (SELECT *, ${isDue} AS is_due FROM ledger WHERE ${onServer} AND ${everGoes} ORDER BY is_due DESC, stored_at, server_id LIMIT :limit) l
     LEFT JOIN ${message} ORDER BY l.is_due DESC, l.stored_at, l.server_id`,
  )
  const removals = database.prepare(
    `SELECT ${named}, l.stored_at, l.removed_at, coalesce(l.deleted_at <= l.asked_at, 0) AS deleted_here FROM
       (SELECT * FROM ledger WHERE account_id = :account AND removed_at IS NOT NULL AND asked_at IS NOT NULL ORDER BY removed_at DESC, server_id LIMIT :limit) l
     LEFT JOIN ${message} ORDER BY l.removed_at DESC, l.server_id`,
  )
  const countRemovals = database.prepare('SELECT count(*) AS n FROM ledger WHERE account_id = ? AND removed_at IS NOT NULL AND asked_at IS NOT NULL')
  const forgetOne = database.prepare('DELETE FROM ledger WHERE account_id = ? AND folder = ? AND server_id = ? AND removed_at IS NULL')
  const forget = database.prepare('DELETE FROM ledger WHERE account_id = ?')
  const isKnown = database.prepare('SELECT 1 FROM ledger WHERE account_id = ? AND folder = ? AND server_id = ?')
  const countOnServer = database.prepare('SELECT count(*) AS n FROM ledger WHERE account_id = ? AND folder = ? AND removed_at IS NULL')
  const vanished = database.prepare(
    'UPDATE ledger SET removed_at = ? WHERE account_id = ? AND folder = ? AND server_id = ? AND removed_at IS NULL RETURNING asked_at IS NOT NULL AS asked',
  )
  const noteSigns = database.prepare('UPDATE ledger SET size = ?, header_id = ?, header_digest = ?, digest = ? WHERE account_id = ? AND folder = ? AND server_id = ?')
  const foldersOfDeleted = database.prepare('SELECT DISTINCT account_id, folder FROM ledger WHERE message_id = ?')
  // Left to itself, SQLite reads all of the account's entries: with 200,000 of them, for every message that comes in.
  const deletedOfSize = database.prepare(
    `SELECT folder, server_id, header_digest, digest FROM ledger INDEXED BY ledger_deleted_by_size
     WHERE account_id = ? AND size = ? AND digest IS NOT NULL AND removed_at IS NOT NULL AND asked_at IS NULL ORDER BY removed_at DESC LIMIT ${candidatesAtMost}`,
  )
  const anyDeleted = database.prepare('SELECT 1 FROM ledger INDEXED BY ledger_deleted_by_size WHERE account_id = ? AND size IS NOT NULL LIMIT 1')
  const move = database.prepare('UPDATE OR IGNORE ledger SET folder = ?, server_id = ?, removed_at = NULL WHERE account_id = ? AND folder = ? AND server_id = ?')
  const drop = database.prepare('DELETE FROM ledger WHERE account_id = ? AND folder = ? AND server_id = ?')
  const idsOf = (rows: readonly Record<string, unknown>[]): string[] => rows.map((row) => String(row['server_id']))

  return {
    /** Row by row: all at once they would take several times the memory of the ids. */
    knownServerIds(accountId: AccountId, folder: string): ReadonlySet<string> {
      const ids = new Set<string>()
      for (const row of known.iterate(accountId, folder)) ids.add(String(row['server_id']))
      return ids
    },
    /** False when this id was stored before. */
    noteStored: (accountId: AccountId, folder: string, serverId: string, at: number): boolean =>
      Number(insert.run(accountId, folder, serverId, at).changes) > 0,
    noteDeleted({ id, subject, from }: MessageRow, { accountId, folder, serverId }: ServerPlace, at: number): void {
      deleted.run(at, id, subject, from?.name ?? null, from?.address ?? null, accountId, folder, serverId)
    },
    /** False = the server was told of the deletion already; otherwise it is as if it had not been. */
    takeBack({ accountId, folder, serverId }: ServerPlace): boolean {
      if (told.get(accountId, folder, serverId) !== undefined) return false
      takeBack.run(accountId, folder, serverId)
      return true
    },
    /** Where nothing is here any more: the next fetch brings it again. False when there is nothing to take back, or when the server was told already. */
    forgetDeleted: (id: MessageKey): boolean => Number(forgetDeleted.run(id).changes) > 0,
    noteAsked(accountId: AccountId, folder: string, serverIds: readonly string[], at: number): void {
      for (const serverId of serverIds) asked.run(at, accountId, folder, serverId)
    },
    noteRemoved(accountId: AccountId, folder: string, serverIds: readonly string[], at: number): void {
      for (const serverId of serverIds) removed.run(at, accountId, folder, serverId)
    },
    /**
     * A copy that is gone although nobody asked may come back: some servers list an inbox empty for a while. One that was asked
     * for and is still there was not told after all, as when a run was killed before it said QUIT.
     */
    noteListed(accountId: AccountId, folder: string, listed: ReadonlySet<string>, at: number): void {
      for (const row of places.all(accountId, folder)) {
        const serverId = String(row['server_id'])
        const gone = row['gone'] === 1
        const isListed = listed.has(serverId)
        if (gone === isListed) place.run(gone ? null : at, accountId, folder, serverId)
        else if (row['asked'] === 1 && isListed) unask.run(accountId, folder, serverId)
      }
    },
    isKnown: (accountId: AccountId, folder: string, serverId: string): boolean => isKnown.get(accountId, folder, serverId) !== undefined,
    /** Known, and not known to be gone. */
    countOnServer: (accountId: AccountId, folder: string): number => Number(countOnServer.get(accountId, folder)?.['n']),
    /** What is on the server, and what was taken from it by others. */
    places: (accountId: AccountId, folder: string): readonly { readonly serverId: string; readonly isGone: boolean }[] =>
      places.all(accountId, folder).map((row) => ({ serverId: String(row['server_id']), isGone: row['gone'] === 1 })),
    /** Whether Mailroom had asked for it; null = it was not known to be there. */
    noteVanished(accountId: AccountId, folder: string, serverId: string, at: number): { readonly asked: boolean } | null {
      const row = vanished.get(at, accountId, folder, serverId)
      return row === undefined ? null : { asked: row['asked'] === 1 }
    },
    /** After a look that told of everything gone: what was asked for and is still there, the server was not told of after all. */
    noteStillThere: (accountId: AccountId, folder: string): void => {
      notTold.run(accountId, folder)
    },
    noteBack: (accountId: AccountId, folder: string, serverId: string): void => {
      place.run(null, accountId, folder, serverId)
    },
    /** By what a message deleted here is known again under another number (`known-again.ts`, `renamed-messages.ts`). */
    noteSigns: ({ accountId, folder, serverId }: ServerPlace, size: number, { messageId, headerDigest, digest }: MessageSigns): void => {
      noteSigns.run(size, messageId, headerDigest, digest, accountId, folder, serverId)
    },
    /** False = there is nothing of which `deletedOfSize` could tell. */
    anyDeleted: (accountId: AccountId): boolean => anyDeleted.get(accountId) !== undefined,
    /** Messages deleted here whose copy is gone from where it was: they may come under another number. */
    deletedOfSize: (accountId: AccountId, size: number) =>
      deletedOfSize.all(accountId, size).map((row) => deletedColumns.parse(row)).map((row) => ({ folder: row.folder, serverId: row.server_id, headerDigest: row.header_digest, digest: row.digest })),
    /** The same copy under a new name; the old one means nothing any more. False = nothing was known of the old one. */
    moveEntry(accountId: AccountId, from: { readonly folder: string; readonly serverId: string }, to: { readonly folder: string; readonly serverId: string }): boolean {
      if (Number(move.run(to.folder, to.serverId, accountId, from.folder, from.serverId).changes) > 0) return true
      drop.run(accountId, from.folder, from.serverId)
      return false
    },
    foldersOfDeleted: (id: MessageKey): readonly { readonly accountId: AccountId; readonly folder: string }[] =>
      foldersOfDeleted.all(id).map((row) => ({ accountId: String(row['account_id']), folder: String(row['folder']) })),
    dueForRemoval: (accountId: AccountId, folder: string, rule: Delivery, now: number): readonly string[] =>
      idsOf(due.all({ account: accountId, folder, ...termsOf(rule, now) })),
    preview(accountId: AccountId, rule: Delivery, now: number): RemovalPreview {
      const terms = { account: accountId, ...termsOf(rule, now) }
      const counted = z.object({ due: z.number(), total: z.number() }).parse(count.get(terms))
      return { ...counted, rows: preview.all({ ...terms, limit: previewedRemovals }).map((row) => dueRemovalOf(row, rule)) }
    },
    removals: (accountId: AccountId, limit: number): { readonly removals: readonly RemovedCopy[]; readonly total: number } => ({
      removals: removals.all({ account: accountId, limit }).map(removedCopyOf),
      total: Number(countRemovals.get(accountId)?.['n']),
    }),
    /** Not stored after all: the next fetch brings it again, unless the server's copy is known to be gone. */
    forgetStored: (accountId: AccountId, folder: string, serverId: string): void => {
      forgetOne.run(accountId, folder, serverId)
    },
    forgetAccount: (accountId: AccountId): void => {
      forget.run(accountId)
    },
  }
}

function termsOf({ leaveCopy, removeAfterDays, removeWhenDeleted }: Delivery, now: number) {
  const storedUntil = !leaveCopy || removeAfterDays === null ? null : now - removeAfterDays * dayInMilliseconds
  return { all: Number(!leaveCopy), deleted: Number(removeWhenDeleted), storedUntil }
}

function dueRemovalOf(raw: unknown, rule: Delivery): DueRemoval {
  const row = dueColumns.parse(raw)
  const reason = !rule.leaveCopy ? 'not-left' : rule.removeWhenDeleted && row.deleted_at !== null ? 'deleted-here' : 'older-than-days'
  const dueAt = row.is_due === 1 ? null : new Date(row.stored_at + (rule.removeAfterDays ?? 0) * dayInMilliseconds).toISOString()
  return { ...copyOf(row), id: row.id, reason, dueAt }
}

function removedCopyOf(raw: unknown): RemovedCopy {
  const row = removedColumns.parse(raw)
  return { ...copyOf(row), removedAt: new Date(row.removed_at).toISOString(), deletedHere: row.deleted_here === 1 }
}

function copyOf({ subject, from_name, from_address, stored_at }: z.infer<typeof copyColumns>) {
  const from = from_address === null ? null : { name: from_name ?? '', address: from_address }
  return { subject, from, storedAt: new Date(stored_at).toISOString() }
}
