/** What waits behind each place of the rail, over all accounts. */
import type { AccountOverview, Result } from '../../shared/contract/methods.ts'

export interface Waiting {
  readonly unread: number
  readonly toSend: number
  /** Mails of the outbox that a person should look at. */
  readonly mailsInTrouble: number
  /** Paused, so that nothing is fetched or sent until somebody looks. */
  readonly accountsInTrouble: number
}

export function waitingOf(accounts: readonly AccountOverview[], attention: Result<'outbox.attention'> | null): Waiting {
  const sum = (count: (one: AccountOverview) => number) => accounts.reduce((total, one) => total + count(one), 0)
  return {
    unread: sum((one) => one.unseenCount),
    mailsInTrouble: attention === null ? 0 : attention.bounced.length + attention.failed + attention.unknown,
    toSend: sum((one) => one.waitingCount),
    accountsInTrouble: accounts.filter((one) => one.paused !== null).length,
  }
}
