/** The last twelve months of a record, also those without mail, the oldest first. */
import type { ContactView } from '../../shared/model/contact.ts'

export interface Month {
  /** Its first day, ISO 8601, UTC. */
  readonly at: string
  readonly received: number
  readonly sent: number
}

const shown = 12

export function lastMonths(months: ContactView['months'], now: Date): readonly Month[] {
  const known = new Map(months.map((one) => [one.month, one]))
  return Array.from({ length: shown }, (_, index) => {
    const at = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - shown + 1 + index, 1)).toISOString()
    const found = known.get(at.slice(0, 7))
    return { at, received: found?.received ?? 0, sent: found?.sent ?? 0 }
  })
}
