import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, test } from 'vitest'
import { createJobEngine, tellEvery } from '../../../electron/jobs/create-job-engine.ts'
import { keptJobs } from '../../../electron/jobs/job-rows.ts'
import type { JobContext, Work } from '../../../electron/jobs/job-engine.ts'
import { jobTables } from '../../../electron/storage/migrations/003-jobs.ts'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import type { Job } from '../../../shared/model/job.ts'
import { createTurnedClock, settle } from '../../fakes/turned-clock.ts'

let database: DatabaseSync
const clock = createTurnedClock()

beforeEach(() => {
  database = new DatabaseSync(':memory:')
  database.exec(jobTables)
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
    expect(jobs.start(work(ended, 'a'), 'schedule')).toBe(second)
    await jobs.stop()
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
  test('keeps the last thousand, and of every account the last job of each kind', async () => {
    const jobs = engine()
    const first = jobs.start(work(ended, null, 'old-account'), 'person')
    await jobs.finished(first)
    for (let count = 0; count < keptJobs + 20; count += 1) await jobs.finished(jobs.start(work(ended), 'schedule'))
    const kept = database.prepare('SELECT count(*) AS count FROM job').get()
    expect(kept).toEqual({ count: keptJobs + 1 })
    expect(jobs.last('old-account', 'send-mail')?.id).toBe(first)
    expect(jobs.last('old-account', 'fetch-mail')).toBeNull()
    expect(jobs.list(5)).toHaveLength(5)
  })

  test('a row that cannot be read is left out and does no harm', async () => {
    const jobs = engine()
    const id = jobs.start(work(ended), 'person')
    await jobs.finished(id)
    database.prepare(`UPDATE job SET detail = '{"kind":' WHERE id = ?`).run(id)
    expect(jobs.list(10)).toEqual([])
    expect(jobs.get(id)).toMatchObject({ failure: { code: 'job.unknown' } })
  })
})
