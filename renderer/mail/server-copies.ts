/** What deleting a message here does to the copy on its server, by the account's delivery option (PRODUCT C2). */
import type { AccountOverview } from '../../shared/contract/methods.ts'
import type { Account } from '../../shared/model/account.ts'
import type { MessageRow } from '../../shared/model/message.ts'

export type ServerCopy = { readonly is: 'kept' } | { readonly is: 'waits' } | { readonly is: 'removed' } | { readonly is: 'kept-for-days'; readonly days: number } | { readonly is: 'gone' }

/** `unconfirmed`: the option removes something, and nobody has agreed to it yet. */
export function serverCopyAfterDelete({ leaveCopy, removeAfterDays, removeWhenDeleted }: Account['delivery'], unconfirmed: boolean): ServerCopy {
  if (unconfirmed) return { is: 'waits' }
  if (!leaveCopy) return { is: 'gone' }
  if (removeWhenDeleted) return { is: 'removed' }
  return removeAfterDays === null ? { is: 'kept' } : { is: 'kept-for-days', days: removeAfterDays }
}

const dayInMilliseconds = 24 * 60 * 60 * 1000

/**
 * The server still has its copy, by all that is known here, so that a deletion can be taken back: then it is not asked for first.
 * `overview` null = the account is no more.
 */
export function canComeBack(row: Pick<MessageRow, 'notOnServer' | 'storedAt'>, overview: Pick<AccountOverview, 'account' | 'unconfirmedRemovals'> | null, now: number): boolean {
  if (overview === null || overview.account.incoming === null || row.notOnServer) return false
  const copy = serverCopyAfterDelete(overview.account.delivery, overview.unconfirmedRemovals !== null)
  const { removeAfterDays } = overview.account.delivery
  const isOld = removeAfterDays !== null && Date.parse(row.storedAt) + removeAfterDays * dayInMilliseconds <= now
  return copy.is === 'kept' || copy.is === 'waits' || ((copy.is === 'removed' || copy.is === 'kept-for-days') && !isOld)
}
