/**
 * Starts work by itself: fetching when an account is due (`due-fetches.ts`, C1), and the outbox of an account as soon as
 * something in it is due (D2).
 *
 * Paused accounts are left alone, whatever happens, and so is the outbox of one whose server asked for a rest (`paces.ts`). An outbox run that failed as a whole (no network, no server) is tried again
 * after 1, 5, 15, 60 minutes, then every 4 hours; waking up or getting the network back starts over at once.
 */
import type { Account, AccountId } from '../../shared/model/account.ts'
import { isOver, type Job, type JobId } from '../../shared/model/job.ts'
import type { AccountBook } from '../accounts/account-book.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { createDueFetches } from './due-fetches.ts'
import type { JobEngine, Work } from './job-engine.ts'
import type { Paces } from './paces.ts'
import type { Pauses } from './pauses.ts'
import { delayAfter } from './retry-after.ts'
import { machineTimers, type Timers } from './timers.ts'

export interface ScheduleParts {
  readonly accounts: Pick<AccountBook, 'list' | 'onChange'>
  readonly outbox: Pick<Outbox, 'accountsReady' | 'onChange'>
  readonly jobs: Pick<JobEngine, 'start' | 'finished' | 'onChange' | 'last'>
  readonly pauses: Pick<Pauses, 'of' | 'onChange'>
  readonly paces: Pick<Paces, 'restsUntil'>
  readonly fetch: (accountId: AccountId) => Work<'fetch-mail'>
  readonly send: (accountId: AccountId) => Work<'send-mail'>
  readonly now?: () => Date
  readonly random?: () => number
  readonly timers?: Timers
}

export interface Schedule {
  start(): void
  /** The machine woke up, or its network changed: whatever waited for that is done now. */
  notice(event: 'wake' | 'network'): void
  /** When an account is fetched by itself next; null = not by itself, or not before its pause is over. */
  nextFetch(accountId: AccountId): Date | null
  /** When what is ready in its outbox is tried again by itself, where it has to wait; null = it has not, or not by itself. */
  nextSend(accountId: AccountId): Date | null
  /** Starts nothing any more; what runs goes on. */
  stop(): void
}

/** The schedule looks around this often, and soon after anything changed. */
export const lookEvery = 15_000
const lookAfterChange = 50

/** A cancelled run waits as long as one that failed three times: 15 minutes. */
const cancelledCountsAs = 3

export function createSchedule(parts: ScheduleParts): Schedule {
  const { now = () => new Date(), random = Math.random, timers = machineTimers } = parts
  const fetches = createDueFetches(random)
  const sending = new Map<AccountId, JobId>()
  const failures = new Map<AccountId, { readonly count: number; readonly notBefore: number }>()
  let next: { readonly at: number; readonly callOff: () => void } | null = null
  let stopListening: (() => void)[] = []
  let running = false

  /** Who only sends has nothing to fetch. */
  const receiving = (): readonly Account[] => parts.accounts.list().filter(({ incoming }) => incoming !== null)

  /** At the latest then: a look that is nearer stays, so that a stream of changes can't put it off for ever. */
  function lookIn(milliseconds: number): void {
    const at = now().getTime() + milliseconds
    if (next !== null && next.at <= at) return
    next?.callOff()
    next = { at, callOff: timers.after(milliseconds, look) }
  }

  function look(): void {
    next = null
    if (!running) return
    const at = now().getTime()
    for (const account of receiving()) fetchWhenDue(account, at)
    // What is left of an account that was removed waits for a person (`outbox.heldUp`).
    const there = new Set(parts.accounts.list().map(({ id }) => id))
    for (const accountId of parts.outbox.accountsReady(now())) if (there.has(accountId)) sendWhenDue(accountId, at)
    lookIn(lookEvery)
  }

  function fetchWhenDue(account: Account, at: number): void {
    const cause = fetches.why(account, at)
    if (cause === null || parts.pauses.of(account.id, 'incoming') !== null) return
    fetches.started(account, at)
    parts.jobs.start(parts.fetch(account.id), cause)
  }

  function noteFetched(job: Job): void {
    if (job.kind !== 'fetch-mail' || !isOver(job.state)) return
    const account = receiving().find(({ id }) => id === job.accountId)
    if (account !== undefined) fetches.ended(account, job, now().getTime())
  }

  function sendWhenDue(accountId: AccountId, at: number): void {
    if (sending.has(accountId) || parts.pauses.of(accountId, 'outgoing') !== null) return
    if ((failures.get(accountId)?.notBefore ?? 0) > at || parts.paces.restsUntil(accountId, now()) !== null) return
    const id = parts.jobs.start(parts.send(accountId), 'schedule')
    sending.set(accountId, id)
    void parts.jobs.finished(id).then((job) => noteSent(accountId, job))
  }

  function noteSent(accountId: AccountId, job: Job): void {
    sending.delete(accountId)
    if (job.state === 'done') {
      failures.delete(accountId)
      if (running) lookIn(lookAfterChange)
      return
    }
    // Whoever cancelled does not want it to begin again the next moment.
    const count = job.state === 'cancelled' ? cancelledCountsAs : (failures.get(accountId)?.count ?? 0) + 1
    failures.set(accountId, { count, notBefore: now().getTime() + delayAfter(count, random()) })
  }

  return {
    start() {
      if (running) return
      running = true
      fetches.programStarted(receiving(), (accountId) => parts.jobs.last(accountId, 'fetch-mail'), now().getTime())
      const lookSoon = () => lookIn(lookAfterChange)
      stopListening = [parts.accounts.onChange(lookSoon), parts.outbox.onChange(lookSoon), parts.pauses.onChange(lookSoon), parts.jobs.onChange(noteFetched)]
      lookIn(0)
    },
    notice(event) {
      if (!running) return
      failures.clear()
      if (event === 'wake') fetches.machineSlept(receiving(), now().getTime())
      else fetches.networkBack(receiving(), now().getTime())
      lookIn(0)
    },
    nextFetch(accountId) {
      const at = running && parts.pauses.of(accountId, 'incoming') === null ? fetches.next(accountId) : null
      return at === null ? null : new Date(at)
    },
    nextSend(accountId) {
      if (!running || parts.pauses.of(accountId, 'outgoing') !== null) return null
      const at = Math.max(failures.get(accountId)?.notBefore ?? 0, parts.paces.restsUntil(accountId, now())?.getTime() ?? 0)
      return at > now().getTime() ? new Date(at) : null
    },
    stop() {
      running = false
      next?.callOff()
      next = null
      for (const stop of stopListening) stop()
      stopListening = []
    },
  }
}
