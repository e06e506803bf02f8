/**
 * When each account is fetched by itself, and why then (C1). Told the time and how runs ended; starts nothing and asks nobody.
 *
 *   start of the program ─▶ due, where the account says so        schedule ─▶ due that long after the last run
 *   the machine slept    ─▶ due, where there is a schedule        network back ─▶ due, where the last run failed for want of one
 *
 * What failed is not asked for again and again. Where the network is the likely cause, the next try comes after 1, 5, 15 minutes,
 * then every 15 minutes or at the account's own pace, whichever is slower: nobody tells when a line far away works again. After
 * any other failure the pace is halved each time, down to an hour. A mailbox that another program is in (IN-USE, RFC 2449 section
 * 8.1.3) is soon free again. And no server is asked sooner than it wants (`sign-in-gaps.ts`).
 */
import type { Failure, FailureCode } from '../../shared/failures/failure.ts'
import type { Account, AccountId } from '../../shared/model/account.ts'
import type { Job, JobCause } from '../../shared/model/job.ts'
import { delayAfter } from './retry-after.ts'
import { createSignInGaps, type Ended } from './sign-in-gaps.ts'

type Scheduled = Pick<Account, 'id' | 'schedule'>

interface Plan {
  /** Milliseconds; null = only when something happens. */
  readonly at: number | null
  readonly cause: JobCause
  /** The pace this plan was made for. */
  readonly everyMinutes: number | null
  readonly failures: number
  /** It failed, and most likely for want of a network. */
  readonly offline: boolean
}

const minute = 60_000
/** Slowest pace of trying again where the network is the cause, and where something else is. */
const offlineMinutes = 15
const troubleMinutes = 60
/** An account without a schedule of its own is tried so often after a start without network. */
const triesWithoutSchedule = 3

const networkFailures: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'dns.no-such-host', 'dns.unavailable', 'connect.refused', 'connect.unreachable', 'connect.timeout', 'connect.lost', 'tls.handshake-failed',
])

/** Failures that a machine without a working network has, too. */
function mayBeOffline(failure: Failure): boolean {
  return networkFailures.has(failure.code)
}

export function createDueFetches(random: () => number) {
  const plans = new Map<AccountId, Plan>()
  const gaps = createSignInGaps()

  const onPace = (everyMinutes: number | null, at: number): Plan => ({
    at: everyMinutes === null ? null : at + everyMinutes * minute, cause: 'schedule', everyMinutes, failures: 0, offline: false,
  })

  /** An account that is new, or whose pace was changed, starts counting now. */
  function planOf({ id, schedule: { everyMinutes } }: Scheduled, at: number): Plan {
    const known = plans.get(id)
    if (known !== undefined && known.everyMinutes === everyMinutes) return known
    const plan = onPace(everyMinutes, at)
    plans.set(id, plan)
    return plan
  }

  function afterFailure(plan: Plan, failure: Failure, at: number): Plan {
    const failures = plan.failures + 1
    const own = plan.everyMinutes
    const offline = mayBeOffline(failure)
    if (offline || failure.code === 'mailbox.in-use') {
      const wait = Math.min(delayAfter(failures, random()), Math.max(own ?? offlineMinutes, offlineMinutes) * minute)
      return { ...plan, failures, offline, cause: 'schedule', at: own === null && failures > triesWithoutSchedule ? null : at + wait }
    }
    const wait = own === null ? null : Math.min(own * 2 ** Math.min(failures - 1, 12), Math.max(own, troubleMinutes))
    return { ...plan, failures, offline: false, cause: 'schedule', at: wait === null ? null : at + wait * minute }
  }

  function now(account: Scheduled, cause: JobCause, at: number): void {
    plans.set(account.id, { ...planOf(account, at), at, cause, failures: 0 })
  }

  return {
    /** `last`: an account's last run, by whatever process. */
    programStarted(accounts: readonly Scheduled[], last: (accountId: AccountId) => Job | null, at: number): void {
      for (const account of accounts) {
        const before = last(account.id)
        if (before?.endedAt !== undefined && before.endedAt !== null) gaps.ended(account.id, before, Date.parse(before.endedAt))
        if (account.schedule.atStart) now(account, 'start', at)
      }
    },
    machineSlept(accounts: readonly Scheduled[], at: number): void {
      for (const account of accounts) if (account.schedule.everyMinutes !== null || planOf(account, at).offline) now(account, 'wake', at)
    },
    networkBack(accounts: readonly Scheduled[], at: number): void {
      for (const account of accounts) if (planOf(account, at).offline) now(account, 'network', at)
    },
    /** Why the account is due now; null = it is not. */
    why(account: Scheduled, at: number): JobCause | null {
      const plan = planOf(account, at)
      return plan.at !== null && Math.max(plan.at, gaps.until(account.id)) <= at ? plan.cause : null
    },
    started(account: Scheduled, at: number): void {
      const plan = planOf(account, at)
      plans.set(account.id, { ...onPace(plan.everyMinutes, at), failures: plan.failures, offline: plan.offline })
    },
    /** However it was started: what a person found out counts as well. */
    ended(account: Scheduled, job: Ended & Pick<Job, 'state'>, at: number): void {
      const { state, failure } = job
      const plan = planOf(account, at)
      gaps.ended(account.id, job, at)
      if (state === 'failed' && failure !== null) plans.set(account.id, afterFailure(plan, failure, at))
      else if (state === 'done') plans.set(account.id, onPace(plan.everyMinutes, at))
      // Whoever stopped it does not want it to begin again the next moment.
      else if (plan.at !== null) plans.set(account.id, { ...plan, cause: 'schedule', at: Math.max(plan.at, at + offlineMinutes * minute) })
    },
    /** Milliseconds; null = not by itself. */
    next(accountId: AccountId): number | null {
      const at = plans.get(accountId)?.at ?? null
      return at === null ? null : Math.max(at, gaps.until(accountId))
    },
  }
}

export type DueFetches = ReturnType<typeof createDueFetches>
