/**
 * How long a server wants to be left alone before somebody signs in again: what it announces (LOGIN-DELAY, RFC 2449 section 6.5), or,
 * where it refused a sign-in as too soon without having announced anything, 5, 10, 20, 40 minutes, then every hour. Nothing is begun
 * by itself before that, whatever happens; a person's own "now" is.
 */
import type { AccountId } from '../../shared/model/account.ts'
import type { Job } from '../../shared/model/job.ts'

const minute = 60_000
const firstGuess = 5 * minute
const longestGuess = 60 * minute

interface Gap {
  /** As announced last, milliseconds. */
  readonly announced: number
  readonly refusals: number
  readonly until: number
}

export type Ended = Pick<Job, 'failure' | 'detail'>

export function createSignInGaps() {
  const gaps = new Map<AccountId, Gap>()

  return {
    /** However it was started: the server counts a person's sign-ins as well. `at`: when it ended, which is not before it signed in. */
    ended(accountId: AccountId, { failure, detail }: Ended, at: number): void {
      const known = gaps.get(accountId) ?? { announced: 0, refusals: 0, until: 0 }
      if (failure?.code === 'policy.too-fast') {
        const guess = Math.min(firstGuess * 2 ** Math.min(known.refusals, 10), longestGuess)
        gaps.set(accountId, { ...known, refusals: known.refusals + 1, until: at + (known.announced > 0 ? known.announced : guess) })
        return
      }
      if (detail.kind !== 'fetch-mail' || detail.phase === 'connect') return
      const told = detail.advice.find((advice) => advice.kind === 'login-delay')
      // A run that broke off may have ended before it was told.
      const announced = told === undefined ? (failure === null ? 0 : known.announced) : told.seconds * 1000
      if (announced === 0) gaps.delete(accountId)
      else gaps.set(accountId, { announced, refusals: 0, until: at + announced })
    },
    /** Milliseconds; 0 = any time. */
    until: (accountId: AccountId): number => gaps.get(accountId)?.until ?? 0,
  }
}
