/**
 * The rule of each account that somebody agreed to on its preview (PRODUCT C2). In the database beside the ledger it speaks
 * about, not in the settings: those are copied, handed over and put back from a backup, and an agreement must not come along.
 */
import { z } from 'zod'
import type { AccountId, Delivery } from '../../shared/model/account.ts'
import { sameRemovals } from '../../shared/model/removal.ts'
import type { Database } from '../storage/database.ts'

const columns = z.object({ leave_copy: z.number(), remove_after_days: z.number().nullable(), remove_when_deleted: z.number() })

export function agreedRemovals(database: Database) {
  const select = database.prepare('SELECT * FROM agreed_removals WHERE account_id = ?')
  const insert = database.prepare('INSERT OR REPLACE INTO agreed_removals (account_id, leave_copy, remove_after_days, remove_when_deleted, agreed_at) VALUES (?, ?, ?, ?, ?)')
  const withdraw = database.prepare('DELETE FROM agreed_removals WHERE account_id = ?')

  return {
    covers(accountId: AccountId, rule: Delivery): boolean {
      const row = select.get(accountId)
      if (row === undefined) return false
      const agreed = columns.parse(row)
      return sameRemovals(rule, { leaveCopy: agreed.leave_copy === 1, removeAfterDays: agreed.remove_after_days, removeWhenDeleted: agreed.remove_when_deleted === 1 })
    },
    /** One agreement at a time; null = none. */
    agree(accountId: AccountId, rule: Delivery | null, at: number): void {
      if (rule === null) withdraw.run(accountId)
      else insert.run(accountId, Number(rule.leaveCopy), rule.removeAfterDays, Number(rule.removeWhenDeleted), at)
    },
  }
}
