import { describe, expect, test } from 'vitest'
import { durationOf, type Job } from '../../../../shared/model/job.ts'
import { failure } from '../../../../shared/failures/failure.ts'
import { filterJobs, groupJobs, noFilter, withJob } from '../../../../renderer/activity/job-list.ts'
import { mailByDay, scaleTop } from '../../../../renderer/activity/mail-by-day.ts'
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

  test('counts each job on the day it ended, by the local calendar, with the empty days too', () => {
    const jobs = [fetchJob('1', new Date(2026, 10, 22, 0, 5), 3), fetchJob('2', new Date(2026, 10, 21, 23, 55), 4), sendJob('3', new Date(2026, 10, 21, 9), 2, 1), fetchJob('4', new Date(2026, 9, 1), 99)]
    expect(mailByDay(jobs, now, 3).map(({ fetched, sent, failed }) => [fetched, sent, failed])).toEqual([[0, 0, 0], [4, 2, 2], [3, 0, 0]])
  })

  test('has a scale that ends on a round number no bar exceeds', () => {
    const day = (fetched: number) => [{ day: '', fetched, sent: 0, failed: 0 }]
    expect([0, 4, 7, 11, 39, 1001].map((most) => scaleTop(day(most)))).toEqual([4, 4, 10, 20, 40, 2000])
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
    const ids = (filter: Parameters<typeof filterJobs>[1]) => filterJobs(jobs, filter).map((job) => job.id)
    expect(ids(noFilter)).toEqual(['1', '2', '3'])
    expect(ids({ ...noFilter, kind: 'send-mail' })).toEqual(['2'])
    expect(ids({ ...noFilter, accountId: 'a' })).toEqual(['1', '3'])
    expect(ids({ ...noFilter, onlyFailed: true })).toEqual(['2', '3'])
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
