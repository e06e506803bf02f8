/** What waits behind each place of the rail, over all accounts. */
import type { AccountOverview } from '../../shared/contract/methods.ts'

export interface Waiting {
  readonly unread: number
  readonly toSend: number
  /** Paused, so that nothing is fetched or sent until somebody looks. */
  readonly accountsInTrouble: number
}

export function waitingOf(accounts: readonly AccountOverview[]): Waiting {
  const sum = (count: (one: AccountOverview) => number) => accounts.reduce((total, one) => total + count(one), 0)
  return {
    unread: sum((one) => one.unseenCount),
    toSend: sum((one) => one.waitingCount),
    accountsInTrouble: accounts.filter((one) => one.paused !== null).length,
  }
}
