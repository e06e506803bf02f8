/**
 * How much mail came in, went out and was refused on each of the last days, counted from the jobs the window knows.
 * Days are the user's own (local midnight to midnight), oldest first, also those on which nothing happened.
 */
import type { Job } from '../../shared/model/job.ts'

export interface DayCount {
  /** Local midnight, ISO 8601. */
  readonly day: string
  readonly fetched: number
  readonly sent: number
  readonly failed: number
}

export function mailByDay(jobs: readonly Job[], now: Date, days: number): readonly DayCount[] {
  const counts = new Map<string, { fetched: number; sent: number; failed: number }>()
  for (const job of jobs) {
    const at = job.endedAt ?? job.startedAt
    if (at === null) continue
    const key = midnight(new Date(at), 0).toISOString()
    const count = counts.get(key) ?? { fetched: 0, sent: 0, failed: 0 }
    if (job.detail.kind === 'fetch-mail') count.fetched += job.detail.fetched
    if (job.detail.kind === 'send-mail') {
      count.sent += job.detail.sent
      count.failed += job.detail.failed + job.detail.unknown
    }
    counts.set(key, count)
  }
  return Array.from({ length: days }, (_, index) => {
    const day = midnight(now, days - 1 - index).toISOString()
    return { day, ...(counts.get(day) ?? { fetched: 0, sent: 0, failed: 0 }) }
  })
}

/** By the calendar and not by 24 hours: a day on which clocks change is 23 or 25 long. */
function midnight(date: Date, daysBefore: number): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - daysBefore)
}

/** The top of the scale: the next 1, 2 or 5 times a power of ten, so that its half is a plain number too; at least 4. */
export function scaleTop(counts: readonly DayCount[]): number {
  const most = Math.max(4, ...counts.flatMap((count) => [count.fetched, count.sent, count.failed]))
  const power = 10 ** Math.floor(Math.log10(most))
  const step = [1, 2, 4, 5, 10].find((factor) => factor * power >= most) ?? 10
  return step * power
}
