/**
 * How fast each account may send through its server (D4): what is known of the provider to begin with, and what the server taught. Each
 * "not so fast" (421 with X.7.X and its kind, `policy.too-fast`) doubles the gap between two mails and gives the account a rest, longer
 * each time it is said in a row; twenty mails taken in peace shorten the gap by a quarter, down to what is known of the provider. Learnt
 * gaps and rests are in the database, so that a restart does not run into the same wall; where the disk takes nothing, memory keeps them
 * until it does.
 */
import { z } from 'zod'
import { type Failure, failure } from '../../shared/failures/failure.ts'
import type { AccountId } from '../../shared/model/account.ts'
import { type Database, redoableTransaction, transaction } from '../storage/database.ts'
import { delayAfter } from './retry-after.ts'
import { limitsOf } from '../discovery/provider-facts.ts'
import { storageFailure } from '../storage/storage-failure.ts'

const day = 24 * 60 * 60_000
const leastGap = 2000
const largestGap = 10 * 60_000
const takenInPeace = 20
/** A count of the day is written down this often; a crash forgets no more. */
const writtenEvery = 50

export interface Pace {
  /** Milliseconds from one mail to the next; 0 = as fast as it goes. */
  readonly gap: number
  /** More than this are refused, or make no sense; null = no limit is known. */
  readonly connections: number | null
  /** Why nothing goes now, and until when; null = it may. */
  readonly rest: { readonly until: Date; readonly failure: Failure } | null
}

export interface Paces {
  of(accountId: AccountId, server: string, now: Date): Pace
  /** It took a mail for so many recipients. */
  taken(accountId: AccountId, server: string, recipients: number, now: Date): void
  /** It said "not so fast". Answers with when the next may be tried. */
  slowed(accountId: AccountId, server: string, reason: Failure, now: Date): Date
  /** Whatever the account sends through; null = it may go on. */
  restsUntil(accountId: AccountId, now: Date): Date | null
}

const columns = z.object({ gap: z.number(), not_before: z.number(), taken: z.number(), slowed: z.number(), day_began: z.number(), day_recipients: z.number(), words: z.string() })
type Learnt = z.infer<typeof columns>
interface Known {
  readonly accountId: AccountId
  readonly server: string
  learnt: Learnt
  unwritten: number
  /** The disk did not take it when it was told to. */
  owed: boolean
}
const nothing: Learnt = { gap: 0, not_before: 0, taken: 0, slowed: 0, day_began: 0, day_recipients: 0, words: '' }

export function createPaces({ database, random = Math.random }: { readonly database: Database; readonly random?: () => number }): Paces {
  const select = database.prepare('SELECT gap, not_before, taken, slowed, day_began, day_recipients, words FROM server_pace WHERE account_id = ? AND server = ?')
  const write = database.prepare(
    'INSERT OR REPLACE INTO server_pace (account_id, server, gap, not_before, taken, slowed, day_began, day_recipients, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const servers = database.prepare('SELECT server FROM server_pace WHERE account_id = ?')
  const remembered = new Map<string, Known>()

  function of(accountId: AccountId, server: string): Known {
    const key = `${accountId} ${server}`
    const known = remembered.get(key) ?? { accountId, server, learnt: columns.parse(select.get(accountId, server) ?? nothing), unwritten: 0, owed: false }
    remembered.set(key, known)
    return known
  }

  function keep(known: Known, durably: typeof transaction): void {
    const { gap, not_before: notBefore, taken, slowed, day_began: dayBegan, day_recipients: recipients, words } = known.learnt
    known.owed = true
    durably(database, () => write.run(known.accountId, known.server, gap, notBefore, taken, slowed, dayBegan, recipients, words))
    known.owed = false
    known.unwritten = 0
  }

  /** Nobody asked for it to be written now, so nobody is told that there is still no room. */
  function keepWhatIsOwed(known: Known): void {
    try {
      if (known.owed) keep(known, transaction)
    } catch (error) {
      storageFailure(error, 'mailroom.db')
    }
  }

  return {
    of(accountId, server, now) {
      const { learnt } = of(accountId, server)
      const { perMinute, connections } = limitsOf(server)
      const gap = Math.max(learnt.gap, perMinute === null ? 0 : 60_000 / perMinute)
      const why = () => failure('policy.too-fast', { host: server, ...(learnt.words === '' ? {} : { serverWords: learnt.words }) })
      return { gap, connections: gap > 0 ? 1 : connections, rest: isAhead(learnt.not_before, now) ? { until: new Date(learnt.not_before), failure: why() } : null }
    },
    taken(accountId, server, recipients, now) {
      const known = of(accountId, server)
      const { perDay } = limitsOf(server)
      const old = known.learnt
      const wasResting = isAhead(old.not_before, now)
      if (old.gap === 0 && old.slowed === 0 && perDay === null && !wasResting) return
      const isNewDay = Math.abs(now.getTime() - old.day_began) >= day
      const inPeace = old.taken + 1 >= takenInPeace
      const gap = inPeace ? shorter(old.gap) : old.gap
      const dayBegan = isNewDay ? now.getTime() : old.day_began
      const ofTheDay = (isNewDay ? 0 : old.day_recipients) + recipients
      const dayIsFull = perDay !== null && ofTheDay >= perDay
      // Whoever takes a mail does not ask for a rest any more.
      known.learnt = {
        ...old, gap, taken: inPeace ? 0 : old.taken + 1, slowed: inPeace ? 0 : old.slowed, not_before: dayIsFull ? dayBegan + day : 0,
        day_began: dayBegan, day_recipients: ofTheDay,
      }
      known.unwritten += 1
      if (inPeace || isNewDay || dayIsFull || wasResting || known.unwritten >= writtenEvery) keep(known, redoableTransaction)
    },
    slowed(accountId, server, reason, now) {
      const known = of(accountId, server)
      const old = known.learnt
      // A day's share that is used up comes back in the course of the next day, not in a minute.
      const isOfTheDay = (reason.evidence.replyCode ?? 0) >= 500
      const slowed = isOfTheDay ? Math.max(old.slowed + 1, 4) : old.slowed + 1
      const until = now.getTime() + delayAfter(slowed, random())
      const gap = Math.min(largestGap, Math.max(leastGap, 2 * old.gap))
      known.learnt = { ...old, gap: isOfTheDay ? old.gap : gap, taken: 0, slowed, not_before: until, words: reason.evidence.serverWords ?? '' }
      keep(known, transaction)
      return new Date(until)
    },
    restsUntil(accountId, now) {
      for (const { server } of servers.all(accountId)) of(accountId, String(server))
      const known = [...remembered.values()].filter((one) => one.accountId === accountId)
      known.forEach(keepWhatIsOwed)
      const until = Math.max(0, ...known.map(({ learnt }) => learnt.not_before).filter((at) => isAhead(at, now)))
      return until > 0 ? new Date(until) : null
    },
  }
}

/** A rest that ends later than any can is from a clock that was wrong. */
function isAhead(until: number, now: Date): boolean {
  return until > now.getTime() && until <= now.getTime() + day
}

function shorter(gap: number): number {
  const less = Math.round(gap * 0.75)
  return less < leastGap / 4 ? 0 : less
}
