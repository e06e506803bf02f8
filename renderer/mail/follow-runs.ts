/**
 * What "Send/receive" does, as the mail screen shows it: what runs now with how far it is, and what went wrong since the
 * screen was opened, until the next try of the same thing or until it is dismissed.
 */
import { isOver, type Job } from '../../shared/model/job.ts'

export interface Runs {
  readonly running: readonly Job[]
  readonly failed: readonly Job[]
  /** Counted over the runs since nothing ran last. */
  readonly fetched: number
  readonly sent: number
}

export const noRuns: Runs = { running: [], failed: [], fetched: 0, sent: 0 }

const isRun = (job: Job) => job.kind === 'fetch-mail' || job.kind === 'send-mail'
const sameThing = (a: Job, b: Job) => a.kind === b.kind && a.accountId === b.accountId

export function followRun(runs: Runs, job: Job): Runs {
  if (!isRun(job)) return runs
  const others = runs.running.filter((each) => each.id !== job.id)
  if (!isOver(job.state)) {
    const fresh = runs.running.length === 0
    return {
      running: runs.running.some((each) => each.id === job.id) ? runs.running.map((each) => (each.id === job.id ? job : each)) : [...others, job],
      failed: runs.failed.filter((each) => !sameThing(each, job)),
      fetched: fresh ? 0 : runs.fetched,
      sent: fresh ? 0 : runs.sent,
    }
  }
  const fetched = job.detail.kind === 'fetch-mail' ? job.detail.fetched : 0
  const sent = job.detail.kind === 'send-mail' ? job.detail.sent : 0
  const failed = runs.failed.filter((each) => !sameThing(each, job))
  return { running: others, failed: job.state === 'failed' ? [...failed, job] : failed, fetched: runs.fetched + fetched, sent: runs.sent + sent }
}

export function dismissRun(runs: Runs, id: string): Runs {
  return { ...runs, failed: runs.failed.filter((job) => job.id !== id) }
}

/** Several jobs as one bar: the total is known when each one's is. */
export function progressOf(jobs: readonly Job[]): { readonly done: number; readonly total: number | null; readonly bytes: number } {
  return jobs.reduce<{ done: number; total: number | null; bytes: number }>(
    (sum, job) => ({
      done: sum.done + job.progress.done,
      total: sum.total === null || job.progress.total === null ? null : sum.total + job.progress.total,
      bytes: sum.bytes + (job.detail.kind === 'fetch-mail' ? job.detail.bytes : 0),
    }),
    { done: 0, total: 0, bytes: 0 },
  )
}
