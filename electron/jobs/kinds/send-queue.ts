/**
 * The mails of one run, for the connections that share them: taken a few at a time, oldest first, at the server's pace, and given back
 * where nothing was done with them. Keeps count, and remembers why the run ends before its queue is empty.
 */
import { done, type Failure, failed, type Outcome, refused } from '../../../shared/failures/failure.ts'
import type { AccountId } from '../../../shared/model/account.ts'
import type { JobDetail } from '../../../shared/model/job.ts'
import type { TakenMail } from '../../outbox/outbox.ts'
import type { JobContext } from '../job-engine.ts'
import { machineTimers, pause } from '../timers.ts'
import type { SendParts } from './send-parts.ts'

type SendDetail = Extract<JobDetail, { kind: 'send-mail' }>

export interface SendQueue {
  /** The next to send, when its time has come; null = there is none, or the run is over. */
  next(): Promise<TakenMail | null>
  /** Nothing was submitted of it; it is taken again by this run, unless a failure is given: then the run is over. */
  giveBack(mail: TakenMail, reason: Failure | null): Promise<void>
  count(what: 'sent' | 'failed' | 'unknown'): void
  /** Which server it is, for its pace. */
  goesThrough(server: string): void
  server(): string
  /** How many are left, about. */
  waiting(): number
  /** The run is not over before this is on disk, and stops where it can't be. */
  noting(written: Promise<Outcome<void>>): void
  stop(reason: Failure): void
  isOver(): boolean
  /** Called when nothing is handed out any more. */
  readonly drained: AbortSignal
  outcome(): Outcome<void>
  over(): Promise<void>
}

/** Taken in one transaction while there are many: they wait for the disk together. A person may want one back, so they are few. */
const takenTogether = 8

export function createSendQueue(parts: SendParts, accountId: AccountId, context: JobContext<'send-mail'>): SendQueue {
  const { outbox, paces, now = () => new Date(), timers = machineTimers } = parts
  // Only what was due when the run began: a mail put back for later by this run is not for this run.
  const until = now()
  const total = outbox.dueCount(accountId, until, Number.MAX_SAFE_INTEGER)
  const drained = new AbortController()
  let detail: SendDetail = { kind: 'send-mail', sent: 0, failed: 0, unknown: 0 }
  let handled = 0
  let inHand: TakenMail[] = []
  let reason: Failure | null = null
  let server = ''
  let nextAt = 0
  const notes = new Set<Promise<void>>()
  context.report({ done: 0, total }, detail)

  function stop(why: Failure): void {
    reason ??= why
    drained.abort()
  }

  function isOver(): boolean {
    return reason !== null || context.signal.aborted
  }

  /** One mail's time: with a gap, each has its own. */
  async function waitForPace(): Promise<void> {
    const { gap, rest } = paces.of(accountId, server, now())
    if (rest !== null) return stop(rest.failure)
    if (gap === 0 || inHand.length + outbox.dueCount(accountId, until, 1) === 0) return
    const at = now().getTime()
    const mine = Math.min(Math.max(nextAt, at), at + gap)
    nextAt = mine + gap
    if (mine > at) await pause(timers, mine - at, context.signal)
  }

  return {
    drained: drained.signal,
    async next() {
      if (isOver()) return null
      if (server !== '') await waitForPace()
      if (isOver()) return null
      const ready = inHand.shift()
      if (ready !== undefined) return ready
      const most = server === '' || total - handled < 4 * takenTogether ? 1 : takenTogether
      const taken = outbox.take(accountId, until, most)
      if (!taken.ok) {
        stop(taken.failure)
        return null
      }
      const [first, ...others] = taken.value
      inHand = others
      if (first === undefined) drained.abort()
      return first ?? null
    },
    async giveBack(mail, why) {
      if (why !== null) stop(why)
      const given = await outbox.giveBack(mail, why, null)
      if (!given.ok) stop(given.failure)
    },
    count(what) {
      handled += 1
      detail = { ...detail, [what]: detail[what] + 1 }
      context.report({ done: handled, total: Math.max(total, handled) }, detail)
    },
    goesThrough(host) {
      server = host
      // The first is on its way already.
      nextAt = now().getTime() + paces.of(accountId, server, now()).gap
    },
    server: () => server,
    waiting: () => total - handled,
    stop,
    isOver,
    noting(written) {
      const one: Promise<void> = written.then((noted) => {
        notes.delete(one)
        if (!noted.ok) stop(noted.failure)
      })
      notes.add(one)
    },
    outcome: () => (context.signal.aborted ? failed('job.cancelled') : reason === null ? done(undefined) : refused(reason)),
    async over() {
      drained.abort()
      await Promise.all(notes)
      await Promise.all(inHand.map((mail) => outbox.giveBack(mail, null, null)))
    },
  }
}
