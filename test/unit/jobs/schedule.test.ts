import { beforeEach, describe, expect, test } from 'vitest'
import { createSchedule, lookEvery } from '../../../electron/jobs/create-schedule.ts'
import { createPauses, type Pauses } from '../../../electron/jobs/pauses.ts'
import { nothingYet } from '../../../electron/jobs/kinds/receive-messages.ts'
import type { Work } from '../../../electron/jobs/job-engine.ts'
import { failure, type Failure } from '../../../shared/failures/failure.ts'
import type { Job } from '../../../shared/model/job.ts'
import type { FetchDetail } from '../../fakes/fetch-detail.ts'
import { oneAccount } from '../../fakes/one-account.ts'
import { createTurnedClock, type TurnedClock } from '../../fakes/turned-clock.ts'

const minute = 60_000
let clock: TurnedClock
let accounts: ReturnType<typeof oneAccount>
let pauses: Pauses
let started: string[]
let ready: string[]
let lastJobs: Record<string, Failure>
let endJob: (state: Job['state']) => void
let outboxChanged: () => void
let fetchEnded: (reason: Failure | null, told?: Partial<FetchDetail>) => void
let lastFetch: Job | null

beforeEach(() => {
  clock = createTurnedClock()
  accounts = oneAccount({ schedule: { everyMinutes: 10, atStart: true } })
  started = []
  ready = []
  rest = null
  lastJobs = {}
  endJob = () => {}
  outboxChanged = () => {}
  fetchEnded = () => {}
  lastFetch = null
  pauses = createPauses({ jobs: { last: (_id, kind) => (lastJobs[kind] === undefined ? null : ({ failure: lastJobs[kind] } as unknown as Job)) } })
})

let rest: Date | null = null

function endedFetch(reason: Failure | null, told: Partial<FetchDetail>): Job {
  const detail = { ...nothingYet, phase: reason === null ? 'fetch' : 'connect', ...told }
  return { kind: 'fetch-mail', accountId: 'office', state: reason === null ? 'done' : 'failed', failure: reason, detail, endedAt: clock.now().toISOString() } as Job
}

function schedule() {
  return createSchedule({
    accounts,
    outbox: { accountsReady: () => ready, onChange: (listener) => { outboxChanged = () => listener([]); return () => {} } },
    jobs: {
      start: (work, cause) => { started.push(`${work.kind} ${cause}`); return `${started.length}` },
      finished: () => new Promise((resolve) => { endJob = (state) => resolve({ state } as Job) }),
      onChange: (listener) => { fetchEnded = (reason, told = {}) => listener(endedFetch(reason, told)); return () => {} },
      last: () => lastFetch,
    },
    pauses,
    paces: { restsUntil: () => rest },
    fetch: () => ({ kind: 'fetch-mail' }) as Work<'fetch-mail'>,
    send: () => ({ kind: 'send-mail' }) as Work<'send-mail'>,
    now: clock.now,
    random: () => 0.5,
    timers: clock.timers,
  })
}

describe('fetching by itself', () => {
  test('happens at the start and then every so many minutes', async () => {
    schedule().start()
    await clock.pass(1000)
    expect(started).toEqual(['fetch-mail start'])
    await clock.pass(9 * minute)
    expect(started).toHaveLength(1)
    await clock.pass(minute + lookEvery)
    expect(started).toEqual(['fetch-mail start', 'fetch-mail schedule'])
  })

  test('does not happen at the start where the account says so', async () => {
    accounts = oneAccount({ schedule: { everyMinutes: 10, atStart: false } })
    schedule().start()
    await clock.pass(9 * minute)
    expect(started).toEqual([])
    await clock.pass(minute + lookEvery)
    expect(started).toEqual(['fetch-mail schedule'])
  })

  test('leaves a paused account alone until it is resumed, then comes at once', async () => {
    const running = schedule()
    running.start()
    await clock.pass(1000)
    pauses.note('office', 'incoming', failure('signin.rejected'))
    await clock.pass(60 * minute)
    expect(started).toHaveLength(1)
    pauses.resume('office')
    await clock.pass(100)
    expect(started).toHaveLength(2)
  })

  test('comes at once when the machine wakes up, and never after the schedule was stopped', async () => {
    const running = schedule()
    running.start()
    await clock.pass(1000)
    running.notice('wake')
    await clock.pass(0)
    expect(started).toEqual(['fetch-mail start', 'fetch-mail wake'])
    running.stop()
    running.notice('wake')
    await clock.pass(60 * minute)
    expect(started).toHaveLength(2)
  })

  test('comes at once when the network is back where it failed for want of one, and only there', async () => {
    const running = schedule()
    running.start()
    await clock.pass(1000)
    running.notice('network')
    await clock.pass(0)
    expect(started).toEqual(['fetch-mail start'])
    fetchEnded(failure('dns.unavailable'))
    running.notice('network')
    await clock.pass(0)
    expect(started).toEqual(['fetch-mail start', 'fetch-mail network'])
    fetchEnded(null)
    running.notice('network')
    await clock.pass(0)
    expect(started).toHaveLength(2)
  })

  describe('from a server that wants time between two sign-ins (LOGIN-DELAY)', () => {
    const told: Partial<FetchDetail> = { advice: [{ kind: 'login-delay', seconds: 1800 }] }

    test('waits that long, however short the pace and whatever happens meanwhile', async () => {
      const running = schedule()
      running.start()
      await clock.pass(1000)
      fetchEnded(null, told)
      expect(running.nextFetch('office')).toEqual(new Date(clock.now().getTime() + 30 * minute))
      await clock.pass(20 * minute)
      running.notice('wake')
      await clock.pass(9 * minute)
      expect(started).toHaveLength(1)
      await clock.pass(minute + lookEvery)
      expect(started).toEqual(['fetch-mail start', 'fetch-mail wake'])
    })

    test('waits after a start of the program for what the last run was told', async () => {
      lastFetch = endedFetch(null, told)
      await clock.pass(10 * minute)
      schedule().start()
      await clock.pass(19 * minute)
      expect(started).toEqual([])
      await clock.pass(minute + lookEvery)
      expect(started).toEqual(['fetch-mail start'])
    })

    test('waits that long again where it was refused all the same, and comes at its pace again once nothing is announced', async () => {
      const running = schedule()
      running.start()
      fetchEnded(null, told)
      await clock.pass(31 * minute)
      fetchEnded(failure('policy.too-fast'))
      expect(running.nextFetch('office')).toEqual(new Date(clock.now().getTime() + 30 * minute))
      fetchEnded(failure('connect.lost'))
      await clock.pass(31 * minute)
      fetchEnded(null)
      expect(running.nextFetch('office')).toEqual(new Date(clock.now().getTime() + 10 * minute))
    })

    test('that refuses without saying for how long is left alone for 5, 10, 20, 40, 60 minutes', async () => {
      accounts = oneAccount({ schedule: { everyMinutes: 1, atStart: true } })
      const running = schedule()
      running.start()
      for (const minutes of [5, 10, 20, 40, 60, 60]) {
        fetchEnded(failure('policy.too-fast'))
        expect((running.nextFetch('office')?.getTime() ?? 0) - clock.now().getTime()).toBe(minutes * minute)
        await clock.pass(minutes * minute)
      }
    })
  })

  test('of a mailbox that another program is in is tried again after 1, 5 and 15 minutes, not when the network is back', async () => {
    accounts = oneAccount({ schedule: { everyMinutes: 60, atStart: true } })
    const running = schedule()
    running.start()
    for (const minutes of [1, 5, 15]) {
      fetchEnded(failure('mailbox.in-use'))
      running.notice('network')
      expect((running.nextFetch('office')?.getTime() ?? 0) - clock.now().getTime()).toBe(minutes * minute)
    }
  })

  test.each(['wake', 'network'] as const)('of a paused account is not begun by %s, nor by the start of the program', async (event) => {
    pauses.note('office', 'incoming', failure('signin.rejected'))
    const running = schedule()
    running.start()
    fetchEnded(failure('connect.lost'))
    running.notice(event)
    await clock.pass(24 * 60 * minute)
    expect(started).toEqual([])
    expect(running.nextFetch('office')).toBeNull()
  })

  test('says when it comes next', async () => {
    const running = schedule()
    expect(running.nextFetch('office')).toBeNull()
    running.start()
    await clock.pass(1000)
    fetchEnded(null)
    expect(running.nextFetch('office')).toEqual(new Date(clock.now().getTime() + 10 * minute))
  })

  /** Minutes between the ends of failed runs and the runs that follow them by themselves. */
  async function waitsAfter(reason: Failure, count: number): Promise<number[]> {
    schedule().start()
    await clock.pass(1000)
    const waits: number[] = []
    for (let at = 0; at < count; at += 1) {
      const before = started.length
      fetchEnded(reason)
      const from = clock.now().getTime()
      for (let steps = 0; started.length === before && steps < 1000; steps += 1) await clock.pass(lookEvery)
      waits.push(Math.floor((clock.now().getTime() - from) / minute))
    }
    return waits
  }

  test.each([
    [1, 'connect.timeout', [1, 5, 15, 15, 15]],
    [60, 'dns.unavailable', [1, 5, 15, 60, 60]],
    [1, 'tls.expired-certificate', [1, 2, 4, 8, 16, 32, 60, 60]],
    [120, 'server.unavailable', [120, 120]],
  ] as const)('every %i minutes, after %s tries again after %o minutes', async (everyMinutes, code, waits) => {
    accounts = oneAccount({ schedule: { everyMinutes, atStart: true } })
    expect(await waitsAfter(failure(code), waits.length)).toEqual(waits)
  })

  test('where there is no schedule, is tried three times more when the start found no network, then again when that is back', async () => {
    accounts = oneAccount({ schedule: { everyMinutes: null, atStart: true } })
    const running = schedule()
    running.start()
    for (let tries = 0; tries < 6; tries += 1) {
      await clock.pass(60 * minute)
      fetchEnded(failure('connect.unreachable'))
    }
    expect(started).toEqual(['fetch-mail start', 'fetch-mail schedule', 'fetch-mail schedule', 'fetch-mail schedule'])
    running.notice('network')
    await clock.pass(0)
    expect(started.at(-1)).toBe('fetch-mail network')
  })
})

describe('sending by itself', () => {
  beforeEach(() => {
    accounts = oneAccount({ incoming: null, outgoing: { server: { use: 'own', host: 'smtp.shop.example' }, signIn: { use: 'none' } } })
    ready = ['office']
  })

  test('begins soon after a mail was queued, one run at a time', async () => {
    ready = []
  rest = null
    schedule().start()
    await clock.pass(1000)
    ready = ['office']
    outboxChanged()
    await clock.pass(100)
    outboxChanged()
    await clock.pass(100)
    expect(started).toEqual(['send-mail schedule'])
    endJob('done')
    ready = []
  rest = null
    await clock.pass(minute)
    expect(started).toHaveLength(1)
  })

  test('leaves alone what waits of an account that was removed: a person is told, and says what becomes of it', async () => {
    ready = ['removed']
    schedule().start()
    await clock.pass(60 * minute)
    expect(started).toEqual([])
  })

  test('a stream of changes does not put it off for ever', async () => {
    ready = []
  rest = null
    schedule().start()
    await clock.pass(1000)
    ready = ['office']
    for (let count = 0; count < 20; count += 1) {
      outboxChanged()
      await clock.pass(10)
    }
    expect(started).toEqual(['send-mail schedule'])
  })

  test('a run that failed as a whole is tried again after 1, 5 and 15 minutes', async () => {
    schedule().start()
    const waits: number[] = []
    for (let count = 1; count <= 3; count += 1) {
      await clock.pass(1000)
      const before = started.length
      endJob('failed')
      const from = clock.now().getTime()
      for (let steps = 0; started.length === before && steps < 500; steps += 1) await clock.pass(lookEvery)
      waits.push(Math.round((clock.now().getTime() - from) / minute))
    }
    expect(waits).toEqual([1, 5, 15])
  })

  test('says when what waits is tried again: after a failed run, after a rest, and never of a paused account', async () => {
    const running = schedule()
    running.start()
    await clock.pass(1000)
    expect(running.nextSend('office')).toBeNull()
    endJob('failed')
    await clock.pass(0)
    expect(running.nextSend('office')).toEqual(new Date(clock.now().getTime() + minute))
    rest = new Date(clock.now().getTime() + 7 * minute)
    expect(running.nextSend('office')).toEqual(rest)
    pauses.note('office', 'outgoing', failure('signin.rejected'))
    expect(running.nextSend('office')).toBeNull()
    running.stop()
  })

  test('the network coming back starts over at once', async () => {
    const running = schedule()
    running.start()
    await clock.pass(1000)
    endJob('failed')
    await clock.pass(1000)
    running.notice('wake')
    await clock.pass(0)
    expect(started).toHaveLength(2)
  })

  test('what a person cancelled does not begin again the next moment', async () => {
    schedule().start()
    await clock.pass(1000)
    endJob('cancelled')
    await clock.pass(10 * minute)
    expect(started).toHaveLength(1)
  })

  test('a paused account sends nothing by itself', async () => {
    pauses.note('office', 'outgoing', failure('signin.rejected'))
    schedule().start()
    await clock.pass(60 * minute)
    expect(started).toEqual([])
  })
})

describe('pauses', () => {
  test('follow from the last job after a start of the program', () => {
    lastJobs = { 'fetch-mail': failure('signin.rejected'), 'send-mail': failure('connect.refused') }
    expect(pauses.of('office')).toEqual(failure('signin.rejected'))
    expect(pauses.of('office', 'outgoing')).toBeNull()
  })

  test('a failure that says nothing about the sign-in neither begins nor ends one', () => {
    pauses.note('office', 'incoming', failure('connect.refused'))
    expect(pauses.of('office')).toBeNull()
    pauses.note('office', 'incoming', failure('signin.rejected'))
    pauses.note('office', 'incoming', failure('connect.refused'))
    expect(pauses.of('office')).toEqual(failure('signin.rejected'))
    pauses.note('office', 'incoming', null)
    expect(pauses.of('office')).toBeNull()
  })
})
