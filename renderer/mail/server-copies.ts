/** What deleting a message here does to the copy on its server, by the account's delivery option (PRODUCT C2). */
import type { Account } from '../../shared/model/account.ts'

export type ServerCopy = { readonly is: 'kept' } | { readonly is: 'waits' } | { readonly is: 'removed' } | { readonly is: 'kept-for-days'; readonly days: number } | { readonly is: 'gone' }

/** `unconfirmed`: the option removes something, and nobody has agreed to it yet. */
export function serverCopyAfterDelete({ leaveCopy, removeAfterDays, removeWhenDeleted }: Account['delivery'], unconfirmed: boolean): ServerCopy {
  if (unconfirmed) return { is: 'waits' }
  if (!leaveCopy) return { is: 'gone' }
  if (removeWhenDeleted) return { is: 'removed' }
  return removeAfterDays === null ? { is: 'kept' } : { is: 'kept-for-days', days: removeAfterDays }
}
