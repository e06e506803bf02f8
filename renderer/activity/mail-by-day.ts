/** How much mail came in, went out and was refused on each of the last days, oldest first, also those on which nothing happened. */
import type { DayOfAccount } from '../../shared/model/job.ts'

export interface DayCount {
  /** Local date, YYYY-MM-DD. */
  readonly day: string
  readonly fetched: number
  readonly sent: number
  readonly failed: number
}

/** `accountId` null = of all. */
export function mailByDay(history: readonly DayOfAccount[], now: Date, days: number, accountId: string | null = null): readonly DayCount[] {
  const counts = new Map<string, { fetched: number; sent: number; failed: number }>()
  for (const { day, fetched, sent, failed, ...of } of history) {
    if (accountId !== null && of.accountId !== accountId) continue
    const count = counts.get(day) ?? { fetched: 0, sent: 0, failed: 0 }
    counts.set(day, { fetched: count.fetched + fetched, sent: count.sent + sent, failed: count.failed + failed })
  }
  return Array.from({ length: days }, (_, index) => {
    const day = dateOf(now, days - 1 - index)
    return { day, ...(counts.get(day) ?? { fetched: 0, sent: 0, failed: 0 }) }
  })
}

/** YYYY-MM-DD, so many days before. By the calendar and not by 24 hours: a day on which clocks change is 23 or 25 long. */
export function dateOf(now: Date, daysBefore: number): string {
  const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysBefore)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** Noon of that day, here: for naming it. */
export function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00`)
}

/** The top of the scale: the next 1, 2 or 5 times a power of ten, so that its half is a plain number too; at least 4. */
export function scaleTop(counts: readonly DayCount[]): number {
  const most = Math.max(4, ...counts.flatMap((count) => [count.fetched, count.sent, count.failed]))
  const power = 10 ** Math.floor(Math.log10(most))
  const step = [1, 2, 4, 5, 10].find((factor) => factor * power >= most) ?? 10
  return step * power
}
