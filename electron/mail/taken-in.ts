/**
 * Which messages are in the search index, as stretches of ids: every message whose id is in one of them was taken in, or was gone
 * by then. Ids are given in the order in which messages become visible, so between two of them nothing can turn up later.
 *
 * There is one stretch, and a gap above it after every fetch; more only where work on a gap was cut off.
 */
import type { MessageKey } from '../../shared/model/message.ts'
import type { Database } from '../storage/database.ts'

/** Ids between the two, neither of them included. */
export interface Gap {
  readonly after: MessageKey
  readonly before: MessageKey
}

/** Above the highest id there is. */
export const noEnd = Number.MAX_SAFE_INTEGER

export type TakenIn = ReturnType<typeof takenIn>

export function takenIn(index: Database) {
  const newestFirst = index.prepare('SELECT first, last FROM taken_in ORDER BY first DESC')
  const touching = index.prepare('SELECT coalesce(min(first), ?1) AS first, coalesce(max(last), ?2) AS last FROM taken_in WHERE last >= ?1 - 1 AND first <= ?2 + 1')
  const forget = index.prepare('DELETE FROM taken_in WHERE first BETWEEN ? AND ?')
  const insert = index.prepare('INSERT INTO taken_in VALUES (?, ?)')

  return {
    /** What is not in yet, the newest first. */
    gaps(): readonly Gap[] {
      const gaps: Gap[] = []
      let before = noEnd
      for (const { first, last } of newestFirst.all()) {
        if (Number(last) + 1 < before) gaps.push({ after: Number(last), before })
        before = Number(first)
      }
      return before > 1 ? [...gaps, { after: 0, before }] : gaps
    },
    /** Both ends included. */
    add(first: MessageKey, last: MessageKey): void {
      const stretch = touching.get(first, last)
      const [from, to] = [Math.min(first, Number(stretch?.['first'])), Math.max(last, Number(stretch?.['last']))]
      forget.run(from, to)
      insert.run(from, to)
    },
  }
}
