/** All rows of a range, also of one far longer than what the window holds: block by block, each row once, until told to stop. */
import type { AskRows } from './paged-list.ts'
import type { Row } from './paged-rows.ts'

/** As many as are answered at once. */
const gatheredAtOnce = 500

/**
 * `from` and `to` are places in the list, both inclusive. null = it was stopped, or a block did not come. What comes or goes above
 * meanwhile moves the range by as many places; a row that is met twice by that counts once.
 */
export async function gatherRows<R extends Row>(ask: AskRows<R>, from: number, to: number, signal: AbortSignal, onDone: (count: number) => void): Promise<ReadonlyMap<R['id'], R> | null> {
  const gathered = new Map<R['id'], R>()
  for (let at = from; at <= to; at += gatheredAtOnce) {
    const outcome = await ask(at, Math.min(gatheredAtOnce, to - at + 1), null)
    if (signal.aborted || !outcome.ok) return null
    for (const row of outcome.value.rows) gathered.set(row.id, row)
    onDone(Math.min(to + 1, at + gatheredAtOnce) - from)
  }
  return gathered
}
