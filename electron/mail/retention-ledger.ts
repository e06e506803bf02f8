/**
 * What was ever stored of each server folder, and what became of the server's copy (PRODUCT C2). An id enters the ledger in
 * the transaction that acknowledges its message, never before its bytes are durable; so nothing the ledger lets go can be
 * lost.
 */
import type { AccountId } from '../../shared/model/account.ts'
import type { Database } from '../storage/database.ts'
import type { MailStore } from './mail-store.ts'

type RemovalRule = Parameters<MailStore['dueForRemoval']>[2]

const dayInMilliseconds = 24 * 60 * 60 * 1000

export type RetentionLedger = ReturnType<typeof retentionLedger>

export function retentionLedger(database: Database) {
  const known = database.prepare('SELECT server_id FROM ledger WHERE account_id = ? AND folder = ?')
  const insert = database.prepare('INSERT OR IGNORE INTO ledger (account_id, folder, server_id, stored_at) VALUES (?, ?, ?, ?)')
  const deleted = database.prepare('UPDATE ledger SET deleted_at = ? WHERE account_id = ? AND folder = ? AND server_id = ?')
  const removed = database.prepare('UPDATE ledger SET removed_at = ? WHERE account_id = ? AND folder = ? AND server_id = ? AND removed_at IS NULL')
  const due = database.prepare(
    `SELECT server_id FROM ledger WHERE account_id = ? AND folder = ? AND removed_at IS NULL AND (stored_at <= ? OR (? AND deleted_at IS NOT NULL))
     ORDER BY stored_at, server_id`,
  )
  const forgetOne = database.prepare('DELETE FROM ledger WHERE account_id = ? AND folder = ? AND server_id = ? AND removed_at IS NULL')
  const forget = database.prepare('DELETE FROM ledger WHERE account_id = ?')
  const idsOf = (rows: readonly Record<string, unknown>[]): string[] => rows.map((row) => String(row['server_id']))

  return {
    knownServerIds: (accountId: AccountId, folder: string): ReadonlySet<string> => new Set(idsOf(known.all(accountId, folder))),
    /** False when this id was stored before. */
    noteStored: (accountId: AccountId, folder: string, serverId: string, at: number): boolean =>
      Number(insert.run(accountId, folder, serverId, at).changes) > 0,
    noteDeleted: (accountId: AccountId, folder: string, serverId: string, at: number): void => {
      deleted.run(at, accountId, folder, serverId)
    },
    noteRemoved: (accountId: AccountId, folder: string, serverId: string, at: number): void => {
      removed.run(at, accountId, folder, serverId)
    },
    dueForRemoval(accountId: AccountId, folder: string, rule: RemovalRule, now: number): readonly string[] {
      // Whatever the clock said when it was stored.
      const everything = Number.MAX_SAFE_INTEGER
      const storedUntil = !rule.leaveCopy ? everything : rule.removeAfterDays === null ? null : now - rule.removeAfterDays * dayInMilliseconds
      return idsOf(due.all(accountId, folder, storedUntil, Number(rule.removeWhenDeleted)))
    },
    /** Not stored after all: the next fetch brings it again, unless the server's copy is known to be gone. */
    forgetStored: (accountId: AccountId, folder: string, serverId: string): void => {
      forgetOne.run(accountId, folder, serverId)
    },
    forgetAccount: (accountId: AccountId): void => {
      forget.run(accountId)
    },
  }
}
