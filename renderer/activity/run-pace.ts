/** How fast running work goes and how long it will still take, from what it told in the last seconds. */
import { isOver, type Job, type JobId } from '../../shared/model/job.ts'

interface Sample {
  /** Milliseconds of a clock that only goes on. */
  readonly at: number
  readonly bytes: number
  readonly done: number
}

export type Paces = ReadonlyMap<JobId, readonly Sample[]>

export interface Pace {
  /** null = not known yet, or nothing that has bytes. */
  readonly bytesPerSecond: number | null
  readonly millisecondsLeft: number | null
}

/** Long enough to be steady, short enough to follow a line that gets slower. */
const remembered = 6000
const soonest = 1000

/** What is over is forgotten. */
export function withSample(paces: Paces, job: Job, at: number): Paces {
  const next = new Map(paces)
  if (isOver(job.state)) next.delete(job.id)
  else if (job.state === 'running') {
    const before = (paces.get(job.id) ?? []).filter((sample) => sample.at > at - remembered)
    next.set(job.id, [...before, { at, bytes: bytesOf(job).done, done: job.progress.done }])
  }
  return next
}

export function paceOf(paces: Paces, job: Job): Pace {
  const samples = paces.get(job.id) ?? []
  const [first, last] = [samples[0], samples.at(-1)]
  const unknown: Pace = { bytesPerSecond: null, millisecondsLeft: null }
  if (first === undefined || last === undefined || last.at - first.at < soonest) return unknown
  const milliseconds = last.at - first.at
  const { done, total } = bytesOf(job)
  const bytes = last.bytes - first.bytes
  if (total !== null && bytes > 0) return { bytesPerSecond: (bytes * 1000) / milliseconds, millisecondsLeft: (Math.max(0, total - done) * milliseconds) / bytes }
  const count = last.done - first.done
  if (job.progress.total === null || count <= 0) return unknown
  return { bytesPerSecond: null, millisecondsLeft: (Math.max(0, job.progress.total - job.progress.done) * milliseconds) / count }
}

function bytesOf({ detail }: Job): { readonly done: number; readonly total: number | null } {
  return detail.kind === 'fetch-mail' ? { done: detail.bytes, total: detail.bytesTotal } : { done: 0, total: null }
}
