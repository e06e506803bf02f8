import { describe, expect, test } from 'vitest'
import { durationOf, type DayOfAccount, type Job } from '../../../../shared/model/job.ts'
import { failure } from '../../../../shared/failures/failure.ts'
import { filterJobs, groupJobs, noFilter, withJob } from '../../../../renderer/activity/job-list.ts'
import { mailByDay, scaleTop } from '../../../../renderer/activity/mail-by-day.ts'
import { paceOf, withSample, type Paces } from '../../../../renderer/activity/run-pace.ts'
import { fetchDetail } from '../../../fakes/fetch-detail.ts'

const fetchJob = (id: string, endedAt: Date | null, fetched = 0): Job => ({
  id, kind: 'fetch-mail', accountId: 'a', state: endedAt === null ? 'running' : 'done', cause: 'person',
  createdAt: '2026-11-20T10:00:00.000Z', startedAt: '2026-11-20T10:00:01.000Z', endedAt: endedAt?.toISOString() ?? null,
  progress: { done: 0, total: null }, detail: fetchDetail({ fetched }), failure: null,
})
const sendJob = (id: string, endedAt: Date, sent: number, failed: number): Job => ({
  ...fetchJob(id, endedAt), kind: 'send-mail', accountId: 'b', detail: { kind: 'send-mail', sent, failed, unknown: 1 },
})

describe('mail by day', () => {
  const now = new Date(2026, 10, 22, 12)

  test('has every day, also those on which nothing happened, for all accounts or for one', () => {
    const of = (day: string, accountId: string, fetched: number, sent: number): DayOfAccount => ({ day, accountId, fetched, bytes: 0, sent, failed: 1 })
    const history = [of('2026-10-01', 'a', 99, 0), of('2026-11-20', 'a', 4, 2), of('2026-11-22', 'a', 3, 0), of('2026-11-22', 'b', 5, 0)]
    const counts = (accountId: string | null) => mailByDay(history, now, 3, accountId).map(({ day, fetched, sent, failed }) => [day, fetched, sent, failed])
    expect(counts(null)).toEqual([['2026-11-20', 4, 2, 1], ['2026-11-21', 0, 0, 0], ['2026-11-22', 8, 0, 2]])
    expect(counts('b').map(([, fetched]) => fetched)).toEqual([0, 0, 5])
  })

  test('has a scale that ends on a round number no bar exceeds', () => {
    const day = (fetched: number) => [{ day: '', fetched, sent: 0, failed: 0 }]
    expect([0, 4, 7, 11, 39, 1001].map((most) => scaleTop(day(most)))).toEqual([4, 4, 10, 20, 40, 2000])
  })
})

describe('the pace of a run', () => {
  const at = (bytes: number, done: number): Job => ({ ...fetchJob('1', null), progress: { done, total: 100 }, detail: fetchDetail({ bytes, bytesTotal: 10_000 }) })
  const told = (...samples: readonly (readonly [at: number, bytes: number])[]) => samples.reduce<Paces>((paces, [time, bytes]) => withSample(paces, at(bytes, 0), time), new Map())

  test('is not guessed from the first moment, then follows the last seconds', () => {
    expect(paceOf(told([0, 0], [400, 900]), at(900, 0))).toEqual({ bytesPerSecond: null, millisecondsLeft: null })
    expect(paceOf(told([0, 0], [2000, 4000]), at(4000, 0))).toEqual({ bytesPerSecond: 2000, millisecondsLeft: 3000 })
    expect(paceOf(told([0, 0], [2000, 8000], [9000, 8500], [11_000, 9000]), at(9000, 0))).toEqual({ bytesPerSecond: 250, millisecondsLeft: 4000 })
  })

  test('of work without bytes goes by its count, and what is over is forgotten', () => {
    const send = (done: number): Job => ({ ...fetchJob('1', null), kind: 'send-mail', detail: { kind: 'send-mail', sent: done, failed: 0, unknown: 0 }, progress: { done, total: 10 } })
    const paces = withSample(withSample(new Map(), send(0), 0), send(5), 5000)
    expect(paceOf(paces, send(5))).toEqual({ bytesPerSecond: null, millisecondsLeft: 5000 })
    expect(withSample(paces, fetchJob('1', new Date()), 6000).size).toBe(0)
  })
})

describe('the list of jobs', () => {
  test('follows events, and an ended job never runs again', () => {
    const over = fetchJob('1', new Date())
    expect(withJob([over], fetchJob('1', null))).toEqual([over])
    expect(withJob([fetchJob('1', null)], over)).toEqual([over])
    expect(withJob([over], fetchJob('2', null)).map((job) => job.id)).toEqual(['2', '1'])
  })

  test('shows what runs first, then what ended last', () => {
    const groups = groupJobs([fetchJob('old', new Date('2026-11-20T11:00:00Z')), fetchJob('now', null), fetchJob('new', new Date('2026-11-20T12:00:00Z'))])
    expect(groups.running.map((job) => job.id)).toEqual(['now'])
    expect(groups.over.map((job) => job.id)).toEqual(['new', 'old'])
  })

  test('filters by kind, account and trouble, also trouble inside a run that went well', () => {
    const jobs: Job[] = [fetchJob('1', new Date()), sendJob('2', new Date(), 5, 1), { ...fetchJob('3', new Date()), state: 'failed', failure: failure('connect.refused') }]
    const ids = (filter: Parameters<typeof filterJobs>[1]) => filterJobs(jobs, { ...filter, quiet: true }).map((job) => job.id)
    expect(ids(noFilter)).toEqual(['1', '2', '3'])
    expect(ids({ ...noFilter, kind: 'send-mail' })).toEqual(['2'])
    expect(ids({ ...noFilter, accountId: 'a' })).toEqual(['1', '3'])
    expect(ids({ ...noFilter, onlyFailed: true })).toEqual(['2', '3'])
  })

  test('leaves out runs that had nothing to do, unless they are asked for', () => {
    const jobs = [fetchJob('nothing new', new Date()), fetchJob('three new', new Date(), 3), fetchJob('running', null)]
    expect(filterJobs(jobs, noFilter).map(({ id }) => id)).toEqual(['three new', 'running'])
    expect(filterJobs(jobs, { ...noFilter, quiet: true })).toHaveLength(3)
  })

  test('a check of the stored mail that leaves problems is trouble, one that put everything right is not', () => {
    const examined = (id: string, left: number): Job => ({
      ...fetchJob(id, new Date()), kind: 'doctor', accountId: null,
      detail: { kind: 'doctor', rebuild: true, report: { files: 9, found: { 'file-unknown': 2 }, mended: 2 - left, left, named: [] } },
    })
    expect(filterJobs([examined('well', 0), examined('ill', 1)], { ...noFilter, onlyFailed: true }).map((job) => job.id)).toEqual(['ill'])
  })

  test('a job that waits has no duration, one that runs has it until now', () => {
    expect(durationOf({ ...fetchJob('1', null), startedAt: null }, new Date())).toBeNull()
    expect(durationOf(fetchJob('1', null), new Date('2026-11-20T10:00:03.000Z'))).toBe(2000)
  })
})
