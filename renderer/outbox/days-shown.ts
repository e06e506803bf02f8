/** The figures of the last days, oldest first, also of those on which nothing happened; and their sum. */
import { dateOf } from '../activity/mail-by-day.ts'
import type { DayGroup, OutgoingDay } from '../../shared/model/outgoing-filter.ts'

/** In the order they are stacked and told. */
export const dayGroupNames = ['sent', 'bounced', 'waiting', 'failed'] as const satisfies readonly DayGroup[]

export function filledDays(known: readonly OutgoingDay[], now: Date, days: number): readonly OutgoingDay[] {
  const byDay = new Map(known.map((one) => [one.day, one]))
  return Array.from({ length: days }, (_, index) => {
    const day = dateOf(now, days - 1 - index)
    return byDay.get(day) ?? { day, sent: 0, bounced: 0, waiting: 0, failed: 0 }
  })
}

export function sumOf(days: readonly OutgoingDay[]): Readonly<Record<DayGroup, number>> {
  const sum = (group: DayGroup) => days.reduce((total, one) => total + one[group], 0)
  return { sent: sum('sent'), bounced: sum('bounced'), waiting: sum('waiting'), failed: sum('failed') }
}
