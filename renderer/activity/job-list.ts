/** The jobs as the screen shows them: kept up to date by events, filtered, in groups, newest first. */
import { isNews, isOver, type Job, type JobKind } from '../../shared/model/job.ts'

export type KindFilter = JobKind | 'all'

export interface JobFilter {
  readonly kind: KindFilter
  readonly accountId: string | null
  readonly onlyFailed: boolean
  /** Also runs that went well and had nothing to do. */
  readonly quiet: boolean
}

export const noFilter: JobFilter = { kind: 'all', accountId: null, onlyFailed: false, quiet: false }

/** Puts the newer state of one job in; an ended job never runs again, so an older state that comes late is dropped. */
export function withJob(jobs: readonly Job[], changed: Job): readonly Job[] {
  const known = jobs.find((job) => job.id === changed.id)
  if (known === undefined) return [changed, ...jobs]
  if (isOver(known.state) && !isOver(changed.state)) return jobs
  return jobs.map((job) => (job.id === changed.id ? changed : job))
}

export function filterJobs(jobs: readonly Job[], filter: JobFilter): readonly Job[] {
  return jobs.filter(
    (job) =>
      (filter.kind === 'all' || job.kind === filter.kind) &&
      (filter.quiet || isNews(job)) &&
      (filter.accountId === null || job.accountId === filter.accountId) &&
      (!filter.onlyFailed || job.state === 'failed' || troubleOf(job) > 0),
  )
}

/** What did not make it, or is not as it should be, in a job that itself went well. */
export function troubleOf(job: Job): number {
  if (job.detail.kind === 'fetch-mail') return job.detail.skippedTotal
  if (job.detail.kind === 'send-mail') return job.detail.failed + job.detail.unknown
  if (job.detail.kind === 'index') return job.detail.skipped.length
  if (job.detail.kind === 'doctor') return job.detail.report.left
  return 0
}

export interface JobGroups {
  readonly running: readonly Job[]
  readonly over: readonly Job[]
}

export function groupJobs(jobs: readonly Job[]): JobGroups {
  const newestFirst = jobs.toSorted((a, b) => timeOf(b).localeCompare(timeOf(a)))
  return { running: newestFirst.filter((job) => !isOver(job.state)), over: newestFirst.filter((job) => isOver(job.state)) }
}

function timeOf(job: Job): string {
  return job.endedAt ?? job.startedAt ?? job.createdAt
}
