import { afterEach, beforeEach, expect, test } from 'vitest'
import { newsTogether, watchesPerServer, watchInboxes, type Watches } from '../../../electron/jobs/watch-inboxes.ts'
import { accountSchema, type Account } from '../../../shared/model/account.ts'
import { done, failed, failure, type Failure, type Outcome } from '../../../shared/failures/failure.ts'
import { createTurnedClock } from '../../fakes/turned-clock.ts'

const account = (id: string, change: object = {}, incoming: object = {}): Account =>
  accountSchema.parse({
    id, name: id, user: { displayName: id, address: `${id}@example.org` },
    incoming: { protocol: 'imap', host: 'imap.example.org', signIn: { userName: id }, ...incoming }, schedule: { everyMinutes: 15 }, ...change,
  })

interface Connection {
  readonly user: string
  readonly told: () => void
  readonly signal: AbortSignal
  end(reason: Failure): void
}

const clock = createTurnedClock()
let accounts: Account[]
let paused: Set<string>
let open: Connection[]
let fetched: string[]
let listeners: (() => void)[]
let watches: Watches

function start(): Watches {
  return watchInboxes({
    accounts: {
      list: () => accounts,
      route: async (id) => done({ protocol: 'imap', server: { host: 'imap.example.org', port: 993, security: 'tls', trustedCertificate: null, timeoutSeconds: 10 }, credentials: { userName: id, secret: 'x', method: 'password' } }),
      onChange: (listener) => (listeners.push(listener), () => {}),
    },
    pauses: { of: (id) => (paused.has(id) ? failure('signin.rejected') : null), note: (id, _direction, reason) => void (reason?.code === 'signin.rejected' && paused.add(id)), onChange: () => () => {} },
    jobs: { start: (work) => (fetched.push(String(work.accountId)), 'job') },
    fetch: (accountId) => ({ accountId }) as never,
    watch: (target, { userName }, told) =>
      new Promise<Outcome<never>>((resolve) => {
        const connection = { user: userName, told, signal: target.signal, end: (reason: Failure) => (open.splice(open.indexOf(connection), 1), resolve({ ok: false, failure: reason })) }
        target.signal.addEventListener('abort', () => (open.splice(open.indexOf(connection), 1), resolve(failed('job.cancelled'))))
        open.push(connection)
      }),
    random: () => 0.5,
    timers: clock.timers,
  })
}

beforeEach(() => {
  accounts = [account('anna')]
  paused = new Set()
  open = []
  fetched = []
  listeners = []
})
afterEach(() => watches.stop())
const users = () => open.map(({ user }) => user)

test('news in an inbox is fetched at once, and what comes together once', async () => {
  watches = start()
  await clock.pass(0)
  expect(users()).toEqual(['anna'])
  open[0]?.told()
  open[0]?.told()
  await clock.pass(newsTogether)
  expect(fetched).toEqual(['anna'])
  open[0]?.told()
  await clock.pass(newsTogether)
  expect(fetched).toEqual(['anna', 'anna'])
})

test('only inboxes that can tell are watched, and none whose account is paused or fetched only by hand', async () => {
  accounts = [account('pop', {}, { protocol: 'pop3' }), account('paused'), account('by-hand', { schedule: { everyMinutes: null } }), account('anna')]
  paused.add('paused')
  watches = start()
  await clock.pass(0)
  expect(users()).toEqual(['anna'])
})

test('a connection that ends is opened again after a growing while, at once when the machine woke', async () => {
  watches = start()
  await clock.pass(0)
  open[0]?.end(failure('connect.lost'))
  await clock.pass(59_000)
  expect(users()).toEqual([])
  await clock.pass(1000)
  expect(users()).toEqual(['anna'])
  open[0]?.end(failure('connect.lost'))
  await clock.pass(299_000)
  expect(users()).toEqual([])
  watches.renew()
  await clock.pass(0)
  expect(users()).toEqual(['anna'])
})

test('a wrong password is tried once', async () => {
  watches = start()
  await clock.pass(0)
  open[0]?.end(failure('signin.rejected'))
  await clock.pass(24 * 60 * 60_000)
  expect(users()).toEqual([])
})

test('an account that is removed, or signs in elsewhere, is let go of', async () => {
  watches = start()
  await clock.pass(0)
  const before = open[0]
  accounts = [account('anna', {}, { host: 'other.example.org' })]
  for (const listener of listeners) listener()
  await clock.pass(0)
  expect(before?.signal.aborted).toBe(true)
  expect(users()).toEqual(['anna'])
  accounts = []
  for (const listener of listeners) listener()
  await clock.pass(0)
  expect(users()).toEqual([])
})

test('to one server there are only so many, and none is left after the end', async () => {
  accounts = Array.from({ length: watchesPerServer + 3 }, (_, index) => account(`user-${index}`))
  watches = start()
  await clock.pass(0)
  expect(open).toHaveLength(watchesPerServer)
  open[0]?.told()
  await watches.stop()
  await clock.pass(newsTogether)
  expect([users(), fetched]).toEqual([[], []])
})
