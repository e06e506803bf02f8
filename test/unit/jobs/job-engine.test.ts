import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, test } from 'vitest'
import { createJobEngine, tellEvery, usualPatience } from '../../../electron/jobs/create-job-engine.ts'
import { kept } from '../../../electron/jobs/job-rows.ts'
import type { JobContext, Work } from '../../../electron/jobs/job-engine.ts'
import { jobTables } from '../../../electron/storage/migrations/003-jobs.ts'
import { runLog } from '../../../electron/storage/migrations/010-run-log.ts'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import { isNews, type Job } from '../../../shared/model/job.ts'
import { fetchDetail, type FetchDetail } from '../../fakes/fetch-detail.ts'
import { createTurnedClock, settle } from '../../fakes/turned-clock.ts'

let database: DatabaseSync
const clock = createTurnedClock()

beforeEach(() => {
  database = new DatabaseSync(':memory:')
  database.exec(jobTables)
  database.exec(runLog)
})

const counts = (sent: number) => ({ kind: 'send-mail', sent, failed: 0, unknown: 0 }) as const
type Run = (context: JobContext<'send-mail'>) => Promise<Outcome<void>>
const work = (run: Run, lane: string | null = null, accountId: string | null = null): Work<'send-mail'> => ({ kind: 'send-mail', accountId, begin: counts(0), lane, run })
const engine = (options = {}) => createJobEngine({ database, now: clock.now, timers: clock.timers, ...options })
const ended = async (): Promise<Outcome<void>> => done(undefined)

/** Work that ends when the test says so, or when it is cancelled. */
function held(lane: string | null = null) {
  const gate = Promise.withResolvers<Outcome<void>>()
  const began = Promise.withResolvers<JobContext<'send-mail'>>()
  const run: Run = (context) => {
    began.resolve(context)
    context.signal.addEventListener('abort', () => gate.resolve(failed('job.cancelled')))
    return gate.promise
  }
  return { work: work(run, lane), began: began.promise, end: gate.resolve }
}

describe('a job', () => {
  test('goes from queued over running to done, and every state is told in order', async () => {
    const jobs = engine()
    const states: string[] = []
    jobs.onChange(({ state }) => states.push(state))
    const job = await jobs.finished(jobs.start(work(ended), 'person'))
    expect(states).toEqual(['queued', 'running', 'done'])
    expect(job).toMatchObject({ state: 'done', cause: 'person', failure: null, startedAt: clock.now().toISOString(), endedAt: clock.now().toISOString() })
  })

  test('that fails as expected keeps its failure, also for the next start of the program', async () => {
    const jobs = engine()
    const id = jobs.start(work(async () => failed('connect.refused', { host: 'mail.example' })), 'schedule')
    await jobs.finished(id)
    expect(engine().get(id)).toMatchObject({ ok: true, value: { state: 'failed', failure: { code: 'connect.refused', evidence: { host: 'mail.example' } } } })
  })

  test('that throws is a bug: program.error, told aloud, and the next job runs', async () => {
    const unexpected: unknown[] = []
    const jobs = engine({ onUnexpected: (error: unknown) => unexpected.push(error) })
    const bug = new Error('bug')
    const first = jobs.start(work(async () => { throw bug }, 'lane'), 'person')
    await Promise.resolve()
    const second = jobs.start(work(ended, 'lane'), 'person')
    expect((await jobs.finished(first)).failure).toEqual({ code: 'program.error', evidence: {} })
    expect((await jobs.finished(second)).state).toBe('done')
    expect(unexpected).toEqual([bug])
  })

  test('ends and is told although the disk takes nothing, says so of what failed for that, and is written down when there is room again', async () => {
    const unexpected: unknown[] = []
    const jobs = engine({ onUnexpected: (error: unknown) => unexpected.push(error) })
    const told: string[] = []
    jobs.onChange(({ state }) => told.push(state))
    database.exec('PRAGMA query_only = ON')
    const one = jobs.start(work(ended), 'person')
    expect((await jobs.finished(one)).state).toBe('done')
    const other = jobs.start(work(async () => {
      database.exec("INSERT INTO job (id) VALUES ('x')")
      return done(undefined)
    }), 'person')
    expect((await jobs.finished(other)).failure).toMatchObject({ code: 'storage.failed', evidence: { name: 'mailroom.db' } })
    expect(told).toEqual(['queued', 'running', 'done', 'queued', 'running', 'failed'])
    expect(jobs.get(one)).toMatchObject({ ok: true, value: { state: 'done' } })
    expect(unexpected.length).toBeGreaterThan(0)
    database.exec('PRAGMA query_only = OFF')
    await jobs.finished(jobs.start(work(ended), 'person'))
    expect(engine().list({ limit: 10 }).map(({ state }) => state)).toEqual(['done', 'failed', 'done'])
    await jobs.stop()
  })

  test('left queued or running by a dead process is failed as interrupted at the next start', async () => {
    const dead = engine()
    const running = dead.start(held('lane').work, 'person')
    await settle()
    const queued = dead.start(work(ended, 'lane'), 'person')
    const jobs = engine()
    for (const id of [running, queued]) expect(jobs.get(id)).toMatchObject({ value: { state: 'failed', failure: { code: 'job.interrupted' }, endedAt: clock.now().toISOString() } })
  })
})

describe('lanes', () => {
  test('jobs of one lane run one after the other, jobs of others beside them', async () => {
    const jobs = engine()
    const [first, other] = [held('a'), held('b')]
    jobs.start(first.work, 'person')
    await first.began
    let ranSecond = false
    const second = jobs.start(work(async () => { ranSecond = true; return done(undefined) }, 'a'), 'person')
    jobs.start(other.work, 'person')
    await other.began
    expect(ranSecond).toBe(false)
    first.end(done(undefined))
    await jobs.finished(second)
    expect(ranSecond).toBe(true)
    await jobs.stop()
  })

  test('a second waiting job of the same kind and lane is the first one', async () => {
    const jobs = engine()
    const running = held('a')
    const first = jobs.start(running.work, 'person')
    await running.began
    const second = jobs.start(work(ended, 'a'), 'person')
    expect(second).not.toBe(first)
    expect(jobs.start(work(ended, 'a'), 'person')).toBe(second)
    await jobs.stop()
  })
})

describe('a second request', () => {
  const sameRun = (first: ReturnType<typeof held>, serves: boolean) => ({ ...first.work, serves: () => serves })

  test.each(['schedule', 'start', 'network', 'wake'] as const)('by itself (%s) is content with the run that is going on', async (cause) => {
    const jobs = engine()
    const running = held('a')
    const first = jobs.start(running.work, 'person')
    await running.began
    expect(jobs.start(work(ended, 'a'), cause)).toBe(first)
    expect(jobs.open().map(({ id }) => id)).toEqual([first])
    await jobs.stop()
  })

  test('of a person joins a run that will still see everything, and follows one that may not', async () => {
    const jobs = engine()
    const running = held('a')
    const first = jobs.start(sameRun(running, true), 'schedule')
    await running.began
    expect(jobs.start(work(ended, 'a'), 'person')).toBe(first)
    await jobs.stop()

    const others = engine()
    const late = held('a')
    const going = others.start(sameRun(late, false), 'schedule')
    await late.began
    const next = others.start(work(ended, 'a'), 'person')
    expect(next).not.toBe(going)
    expect(others.get(next)).toMatchObject({ value: { state: 'queued', cause: 'person' } })
    late.end(done(undefined))
    expect((await others.finished(next)).state).toBe('done')
  })

  test('never joins one that is being cancelled', async () => {
    const jobs = engine()
    const stubborn = stubbornWork('a')
    const first = jobs.start({ ...stubborn.work, serves: () => true }, 'person')
    await stubborn.began
    void jobs.cancel(first)
    expect(jobs.start(work(ended, 'a'), 'schedule')).not.toBe(first)
    stubborn.end(done(undefined))
    await jobs.stop()
  })
})

/** Work that hears nothing of a cancel, as a round of fsync or a keychain that asks does. */
function stubbornWork(lane: string) {
  const gate = Promise.withResolvers<Outcome<void>>()
  const began = Promise.withResolvers<JobContext<'send-mail'>>()
  const run: Run = (context) => {
    began.resolve(context)
    return gate.promise
  }
  return { work: work(run, lane, 'office'), began: began.promise, end: gate.resolve }
}

describe('work that cannot be left off', () => {
  test('counts as cancelled after 150 ms; its lane stays taken until it has ended, and its figures are completed', async () => {
    const jobs = engine()
    const stubborn = stubbornWork('a')
    const id = jobs.start(stubborn.work, 'person')
    const { report } = await stubborn.began
    const cancelled = jobs.cancel(id)
    await clock.pass(usualPatience - 1)
    expect(jobs.get(id)).toMatchObject({ value: { state: 'running' } })
    await clock.pass(1)
    expect(await cancelled).toMatchObject({ value: { state: 'cancelled', detail: counts(0) } })
    const next = jobs.start(work(ended, 'a'), 'person')
    await settle()
    expect(jobs.get(next)).toMatchObject({ value: { state: 'queued' } })

    const states: string[] = []
    jobs.onChange((job) => job.id === id && states.push(`${job.state} ${job.progress.done}`))
    report({ done: 7, total: 9 }, counts(7))
    stubborn.end(done(undefined))
    expect((await jobs.finished(next)).state).toBe('done')
    expect(states).toEqual(['cancelled 7'])
    expect(engine().get(id)).toMatchObject({ value: { state: 'cancelled', detail: counts(7) } })
  })

  test('is waited for where a kind of work says so', async () => {
    const jobs = engine()
    const stubborn = stubbornWork('a')
    const id = jobs.start({ ...stubborn.work, patience: Number.POSITIVE_INFINITY }, 'person')
    await stubborn.began
    const cancelled = jobs.cancel(id)
    await clock.pass(60_000)
    expect(jobs.get(id)).toMatchObject({ value: { state: 'running' } })
    stubborn.end(done(undefined))
    expect(await cancelled).toMatchObject({ value: { state: 'done' } })
  })

  test('is waited for by the end of the program, and by whoever ends all work of its account', async () => {
    const jobs = engine()
    const stubborn = stubbornWork('a')
    const id = jobs.start(stubborn.work, 'person')
    await stubborn.began
    void jobs.cancel(id)
    await clock.pass(usualPatience)
    const over: string[] = []
    const ending = Promise.all([jobs.endAll('office').then(() => over.push('account')), jobs.stop().then(() => over.push('program'))])
    await settle()
    expect(over).toEqual([])
    stubborn.end(done(undefined))
    await ending
    expect(over).toHaveLength(2)
  })
})

describe('cancelling', () => {
  test('a running job hears it through its signal and ends as cancelled', async () => {
    const jobs = engine()
    const running = held()
    const id = jobs.start(running.work, 'person')
    await running.began
    expect(await jobs.cancel(id)).toMatchObject({ ok: true, value: { state: 'cancelled', failure: null } })
  })

  test('a waiting job never runs', async () => {
    const jobs = engine()
    const running = held('a')
    jobs.start(running.work, 'person')
    await running.began
    let ran = false
    const id = jobs.start(work(async () => { ran = true; return done(undefined) }, 'a'), 'person')
    expect(await jobs.cancel(id)).toMatchObject({ value: { state: 'cancelled', startedAt: null } })
    running.end(done(undefined))
    await settle()
    expect(ran).toBe(false)
  })

  test('what was done all the same is not denied', async () => {
    const jobs = engine()
    const id = jobs.start(work(async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      return done(undefined)
    }), 'person')
    await settle()
    expect(await jobs.cancel(id)).toMatchObject({ value: { state: 'done' } })
  })

  test('a job that is over stays as it is, and one that never was is unknown', async () => {
    const jobs = engine()
    const id = jobs.start(work(ended), 'person')
    await jobs.finished(id)
    expect(await jobs.cancel(id)).toMatchObject({ value: { state: 'done' } })
    expect(await jobs.cancel('none')).toMatchObject({ ok: false, failure: { code: 'job.unknown' } })
  })

  test('the end of the program cancels what runs and what waits, and starts nothing more', async () => {
    const jobs = engine()
    const running = held('a')
    const ids = [jobs.start(running.work, 'person')]
    await running.began
    ids.push(jobs.start(work(ended, 'a'), 'person'))
    await jobs.stop()
    ids.push(jobs.start(work(ended), 'person'))
    for (const id of ids) expect(jobs.get(id)).toMatchObject({ value: { state: 'cancelled' } })
  })
})

describe('progress', () => {
  test('is told at most every 100 ms, and the last one always', async () => {
    const jobs = engine()
    const told: Job[] = []
    const running = held()
    jobs.start(running.work, 'person')
    const { report } = await running.began
    jobs.onChange((job) => told.push(job))
    for (let sent = 1; sent <= 50; sent += 1) report({ done: sent, total: 100 }, counts(sent))
    expect(told.map(({ progress }) => progress.done)).toEqual([1])
    await clock.pass(tellEvery)
    expect(told.map(({ progress }) => progress.done)).toEqual([1, 50])
    report({ done: 99, total: 100 }, counts(99))
    await clock.pass(tellEvery - 1)
    report({ done: 100, total: 100 }, counts(100))
    expect(told).toHaveLength(2)
    running.end(done(undefined))
    await settle()
    expect(told.at(-1)).toMatchObject({ state: 'done', progress: { done: 100, total: 100 }, detail: counts(100) })
    expect(told).toHaveLength(3)
  })

  test('a listener that throws disturbs neither the job nor the other listeners', async () => {
    const jobs = engine()
    const states: string[] = []
    jobs.onChange(() => { throw new Error('listener') })
    jobs.onChange(({ state }) => states.push(state))
    expect((await jobs.finished(jobs.start(work(ended), 'person'))).state).toBe('done')
    expect(states).toEqual(['queued', 'running', 'done'])
  })
})

describe('history', () => {
  const quiet = (lane: string | null = null, accountId: string | null = null) => work(ended, lane, accountId)
  const busy = (accountId: string | null = null) => work(async (context) => {
    context.report({ done: 1, total: 1 }, counts(1))
    return done(undefined)
  }, null, accountId)
  async function ran(jobs: ReturnType<typeof engine>, count: number, one: Work<'send-mail'>): Promise<void> {
    for (let made = 0; made < count; made += 1) await jobs.finished(jobs.start(one, 'schedule'))
  }
  const count = (accountId: string) => database.prepare('SELECT count(*) AS count FROM job WHERE account_id = ?').get(accountId)?.['count']

  test('keeps what had something to tell, and of runs with nothing to do the latest 50 of each account', async () => {
    const jobs = engine()
    await ran(jobs, 3, busy('office'))
    await ran(jobs, kept.quiet + 40, quiet(null, 'office'))
    await ran(jobs, 10, quiet(null, 'home'))
    expect([count('office'), count('home')]).toEqual([kept.quiet + 3, 10])
    expect(jobs.list({ limit: 500, accountId: 'office', news: true })).toHaveLength(3)
    expect(jobs.list({ limit: 500, accountId: 'home', kind: 'send-mail' })).toHaveLength(10)
    expect(jobs.list({ limit: 500, kind: 'fetch-mail' })).toEqual([])
  })

  test.each([[kept.quietDays, 3], [kept.newsDays, 1]])('after %d days, what is that old goes, but never the last run of an account', async (days, left) => {
    const later = createTurnedClock()
    const jobs = engine({ now: later.now })
    await ran(jobs, 2, busy('office'))
    await ran(jobs, 4, quiet(null, 'office'))
    await later.pass(days * 24 * 60 * 60 * 1000 + 1000)
    await ran(jobs, 44, busy('home'))
    expect([count('office'), count('home')]).toEqual([left, 44])
    expect(jobs.last('office', 'send-mail')).not.toBeNull()
    expect(jobs.last('office', 'fetch-mail')).toBeNull()
  })

  test('leaves runs out that had nothing to tell, where asked', async () => {
    const jobs = engine()
    const fetching = (detail: FetchDetail): Work<'fetch-mail'> => ({ kind: 'fetch-mail', accountId: 'office', begin: detail, lane: null, run: ended })
    for (const change of [{}, { known: 5 }, { fetched: 1 }, { removed: 1 }, { skippedTotal: 1 }]) await jobs.finished(jobs.start(fetching(fetchDetail(change)), 'schedule'))
    await jobs.finished(jobs.start(work(async () => failed('connect.refused')), 'schedule'))
    await ran(jobs, 1, quiet())
    await ran(jobs, 1, busy())
    const all = jobs.list({ limit: 50 })
    expect(jobs.list({ limit: 50, news: true })).toEqual(all.filter(isNews))
    expect(all.filter(isNews)).toHaveLength(5)
  })

  test('counts what came and went by day and account', async () => {
    const later = createTurnedClock('2026-11-20T12:00:00.000Z')
    const jobs = engine({ now: later.now })
    const fetching = (fetched: number): Work<'fetch-mail'> => ({ kind: 'fetch-mail', accountId: 'office', begin: fetchDetail({ fetched, bytes: 1000 }), lane: null, run: ended })
    await jobs.finished(jobs.start(fetching(9), 'schedule'))
    await later.pass(2 * 24 * 60 * 60 * 1000)
    for (const fetched of [2, 3]) await jobs.finished(jobs.start(fetching(fetched), 'schedule'))
    await ran(jobs, 1, busy('home'))
    const day = new Intl.DateTimeFormat('sv').format(later.now())
    expect(jobs.history(2)).toEqual([
      { day, accountId: 'home', fetched: 0, bytes: 0, sent: 1, failed: 0 },
      { day, accountId: 'office', fetched: 5, bytes: 2000, sent: 0, failed: 0 },
    ])
    expect(jobs.history(3)).toHaveLength(3)
  })

  test('a row that cannot be read is left out and does no harm', async () => {
    const jobs = engine()
    const id = jobs.start(work(ended), 'person')
    await jobs.finished(id)
    database.prepare(`UPDATE job SET detail = '{"kind":' WHERE id = ?`).run(id)
    expect(jobs.list({ limit: 10 })).toEqual([])
    expect(jobs.get(id)).toMatchObject({ failure: { code: 'job.unknown' } })
  })
})
