/**
 * Keeps an eye on the inbox of every IMAP and HTTP account while the program runs (PRODUCT C4): what happens there is fetched at once, and
 * the schedule stays for where no connection holds.
 *
 *   watching ── news ─▶ a fetch       ended ─▶ again after 1, 5, 15, 60 minutes; at once when the machine woke or its network changed
 *
 * Paused accounts are left alone. To one server there are only so many connections of this kind; the other accounts there go by
 * the schedule.
 */
import type { Outcome } from '../../shared/failures/failure.ts'
import { type Account, type AccountId, sessionHost } from '../../shared/model/account.ts'
import type { AccountBook } from '../accounts/account-book.ts'
import type { watchServer } from '../protocols/watch-server.ts'
import type { JobEngine, Work } from './job-engine.ts'
import type { Pauses } from './pauses.ts'
import { delayAfter } from './retry-after.ts'
import { machineTimers, type Timers } from './timers.ts'

export interface WatchParts {
  readonly accounts: Pick<AccountBook, 'list' | 'route' | 'onChange'>
  readonly pauses: Pick<Pauses, 'of' | 'note' | 'onChange'>
  readonly jobs: Pick<JobEngine, 'start'>
  readonly fetch: (accountId: AccountId) => Work<'fetch-mail'>
  readonly watch: typeof watchServer
  readonly random?: () => number
  readonly timers?: Timers
}

export interface Watches {
  /** The machine woke up, or its network changed: connections from before may be dead without anybody having been told. */
  renew(): void
  stop(): Promise<void>
}

export const watchesPerServer = 5
/** What comes within this many milliseconds is one piece of news. */
export const newsTogether = 300

interface Watch {
  readonly abort: AbortController
  readonly over: Promise<void>
  /** Server and sign-in: another one is another watch. */
  readonly place: string
}

export function watchInboxes(parts: WatchParts): Watches {
  const { random = Math.random, timers = machineTimers } = parts
  const watches = new Map<AccountId, Watch>()
  const failures = new Map<AccountId, number>()
  const waiting = new Map<AccountId, () => void>()
  const news = new Map<AccountId, () => void>()
  let running = true

  function lookAround(): void {
    if (!running) return
    const wanted = new Map(parts.accounts.list().filter(isWatched).map((account) => [account.id, account]))
    for (const [id, { place }] of watches) {
      const account = wanted.get(id)
      if (account === undefined || placeOf(account) !== place) end(id)
    }
    for (const account of wanted.values()) if (!watches.has(account.id) && !waiting.has(account.id)) begin(account)
  }

  /** Who wants an account fetched only when asked for is not told in between. */
  function isWatched({ id, incoming, schedule }: Account): boolean {
    return incoming !== null && incoming.protocol !== 'pop3' && schedule.everyMinutes !== null && parts.pauses.of(id, 'incoming') === null
  }

  function begin(account: Account): void {
    const others = parts.accounts.list().filter((other) => watches.has(other.id) && hostOf(other) === hostOf(account))
    if (others.length >= watchesPerServer) return
    const abort = new AbortController()
    const over = run(account.id, abort.signal).then((outcome) => noteEnd(account.id, abort, outcome))
    watches.set(account.id, { abort, over, place: placeOf(account) })
  }

  async function run(id: AccountId, signal: AbortSignal): Promise<Outcome<never>> {
    const route = await parts.accounts.route(id, 'incoming')
    if (!route.ok) return route
    const { server, credentials } = route.value
    if (credentials === null) return { ok: false, failure: { code: 'signin.no-password', evidence: {} } }
    return parts.watch({ ...server, signal }, credentials, () => {
      failures.delete(id)
      noteNews(id)
    })
  }

  function noteNews(id: AccountId): void {
    if (!running || news.has(id)) return
    news.set(id, timers.after(newsTogether, () => {
      news.delete(id)
      if (running && watches.has(id)) parts.jobs.start(parts.fetch(id), 'server')
    }))
  }

  function noteEnd(id: AccountId, abort: AbortController, outcome: Outcome<never>): void {
    if (watches.get(id)?.abort !== abort) return
    watches.delete(id)
    if (!running) return
    // A wrong password is tried once, not by the watch and then by every fetch.
    if (!outcome.ok) parts.pauses.note(id, 'incoming', outcome.failure)
    const count = (failures.get(id) ?? 0) + 1
    failures.set(id, count)
    waiting.set(id, timers.after(delayAfter(count, random()), () => {
      waiting.delete(id)
      lookAround()
    }))
  }

  function end(id: AccountId): void {
    watches.get(id)?.abort.abort()
    watches.delete(id)
  }

  const stopListening = [parts.accounts.onChange(lookAround), parts.pauses.onChange(lookAround)]
  lookAround()

  return {
    renew() {
      for (const callOff of waiting.values()) callOff()
      waiting.clear()
      failures.clear()
      for (const id of watches.keys()) end(id)
      lookAround()
    },
    async stop() {
      running = false
      for (const stop of [...stopListening, ...waiting.values(), ...news.values()]) stop()
      const over = [...watches.values()].map((watch) => watch.over)
      for (const id of watches.keys()) end(id)
      await Promise.all(over)
    },
  }
}

function hostOf({ incoming }: Account): string | null {
  if (incoming?.protocol === 'jmap') return sessionHost(incoming.sessionUrl).toLowerCase()
  return incoming?.protocol === 'imap' ? incoming.host.toLowerCase() : null
}

function placeOf({ incoming }: Account): string {
  return JSON.stringify(incoming)
}
