import { expect, test } from 'vitest'
import { done, failed } from '../../../../shared/failures/failure.ts'
import { gatherRows } from '../../../../renderer/list/gather-rows.ts'
import type { AskRows } from '../../../../renderer/list/paged-list.ts'

const rowsFrom = (offset: number, limit: number) => Array.from({ length: limit }, (_, at) => ({ id: offset + at }))
const ask: AskRows<{ readonly id: number }> = async (offset, limit) => done({ rows: rowsFrom(offset, limit), total: 200_000 })
const going = new AbortController().signal

test('every row of a range is chosen, however long it is and whatever of it the window holds', async () => {
  const told: number[] = []
  const rows = await gatherRows(ask, 1200, 3399, going, (count) => told.push(count))
  expect([...(rows ?? []).keys()]).toEqual(rowsFrom(1200, 2200).map(({ id }) => id))
  expect(told).toEqual([500, 1000, 1500, 2000, 2200])
})

test('mail that arrives meanwhile makes no row count twice', async () => {
  let calls = 0
  const shifting: AskRows<{ readonly id: number }> = async (offset, limit) => done({ rows: rowsFrom(offset - (calls += 1), limit), total: 200_000 })
  expect((await gatherRows(shifting, 1000, 2999, going, () => {}))?.size).toBe(1997)
})

test('a choice that was given up, or a part that did not come, chooses nothing more', async () => {
  const stop = new AbortController()
  expect(await gatherRows(ask, 0, 5000, stop.signal, () => stop.abort())).toBeNull()
  expect(await gatherRows<{ readonly id: number }>(async () => failed('storage.failed'), 0, 5000, going, () => {})).toBeNull()
})
