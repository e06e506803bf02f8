/**
 * Starts work by itself: fetching at the program's start and every so many minutes per account (C1), and the outbox of an
 * account as soon as something in it is due (D2).
 *
 * Paused accounts are left alone. An outbox run that failed as a whole (no network, no server) is tried again after 1, 5, 15,
 * 60 minutes, then every 4 hours; waking up or getting the network back starts over at once.
 */
import type { Account, AccountId } from '../../shared/model/account.ts'
import type { Job, JobId } from '../../shared/model/job.ts'
import type { AccountBook } from '../accounts/account-book.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { JobEngine, Work } from './job-engine.ts'
import type { Pauses } from './pauses.ts'
import { delayAfter } from './retry-after.ts'
import { machineTimers, type Timers } from './timers.ts'

export interface ScheduleParts {
  readonly accounts: Pick<AccountBook, 'list' | 'onChange'>
  readonly outbox: Pick<Outbox, 'accountsReady' | 'onChange'>
  readonly jobs: Pick<JobEngine, 'start' | 'finished'>
  readonly pauses: Pick<Pauses, 'of' | 'onChange'>
  readonly fetch: (accountId: AccountId) => Work<'fetch-mail'>
  readonly send: (accountId: AccountId) => Work<'send-mail'>
  readonly now?: () => Date
  readonly random?: () => number
  readonly timers?: Timers
}

export interface Schedule {
  start(): void
  /** The machine woke up or the network came back: whatever is due is done now. */
  wake(): void
  /** Starts nothing any more; what runs goes on. */
  stop(): void
}

/** The schedule looks around this often, and soon after anything changed. */
export const lookEvery = 15_000
export const lookAfterChange = 50

/** A cancelled run waits as long as one that failed three times: 15 minutes. */
const cancelledCountsAs = 3

const minute = 60_000

export function createSchedule(parts: ScheduleParts): Schedule {
  const { now = () => new Date(), random = Math.random, timers = machineTimers } = parts
  const nextFetch = new Map<AccountId, number>()
  const sending = new Map<AccountId, JobId>()
  const failures = new Map<AccountId, { readonly count: number; readonly notBefore: number }>()
  let next: { readonly at: number; readonly callOff: () => void } | null = null
  let stopListening: (() => void)[] = []
  let running = false

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
    for (const account of parts.accounts.list()) fetchWhenDue(account, at)
    for (const accountId of parts.outbox.accountsReady(now())) sendWhenDue(accountId, at)
    lookIn(lookEvery)
  }

  function fetchWhenDue(account: Account, at: number): void {
    const { everyMinutes } = account.schedule
    // JMAP has no engine yet: a schedule that only fails helps nobody.
    if (account.incoming === null || account.incoming.protocol === 'jmap') return
    const due = nextFetch.get(account.id)
    if (due === undefined && everyMinutes !== null) nextFetch.set(account.id, at + everyMinutes * minute)
    if (due === undefined || due > at || parts.pauses.of(account.id, 'incoming') !== null) return
    if (everyMinutes === null) nextFetch.delete(account.id)
    else nextFetch.set(account.id, at + everyMinutes * minute)
    parts.jobs.start(parts.fetch(account.id), due === atStart ? 'start' : 'schedule')
  }

  function sendWhenDue(accountId: AccountId, at: number): void {
    if (sending.has(accountId) || parts.pauses.of(accountId, 'outgoing') !== null) return
    if ((failures.get(accountId)?.notBefore ?? 0) > at) return
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
      for (const account of parts.accounts.list()) if (account.schedule.atStart) nextFetch.set(account.id, atStart)
      const lookSoon = () => lookIn(lookAfterChange)
      stopListening = [parts.accounts.onChange(lookSoon), parts.outbox.onChange(lookSoon), parts.pauses.onChange(lookSoon)]
      lookIn(0)
    },
    wake() {
      if (!running) return
      failures.clear()
      for (const account of parts.accounts.list()) if (account.schedule.everyMinutes !== null) nextFetch.set(account.id, now().getTime())
      lookIn(0)
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

/** Due since before anything: the fetch at the program's start. */
const atStart = 0
