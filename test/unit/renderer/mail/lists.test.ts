import { describe, expect, test } from 'vitest'
import { failure } from '../../../../shared/failures/failure.ts'
import type { Job } from '../../../../shared/model/job.ts'
import { dismissRun, followRun, noRuns, progressOf } from '../../../../renderer/mail/follow-runs.ts'
import { choose, cursorAfter, nothingChosen } from '../../../../renderer/list/row-selection.ts'
import { viewOf } from '../../../../renderer/list/use-rows-in-view.ts'
import { fileNameFrom } from '../../../../renderer/mail/save-file.ts'
import { canComeBack, serverCopyAfterDelete } from '../../../../renderer/mail/server-copies.ts'
import { fetchDetail } from '../../../fakes/fetch-detail.ts'

describe('choosing rows', () => {
  const idAt = (index: number) => (index < 10 ? index + 100 : null)

  test('one, several with Ctrl, a range with Shift from where it began', () => {
    const one = choose(nothingChosen, 2, 'one', idAt)
    expect([...one.ids]).toEqual([102])
    expect([...choose(one, 5, 'toggle', idAt).ids]).toEqual([102, 105])
    expect([...choose(choose(one, 5, 'toggle', idAt), 5, 'toggle', idAt).ids]).toEqual([102])
    const range = choose(choose(one, 4, 'range', idAt), 1, 'range', idAt)
    expect([...range.ids]).toEqual([101, 102])
  })

  test('a row that has not come yet is gone to but not chosen', () => {
    expect(choose(nothingChosen, 50, 'one', idAt)).toEqual({ ids: new Set(), cursor: 50, anchor: 50 })
    expect([...choose(choose(nothingChosen, 8, 'one', idAt), 12, 'range', idAt).ids]).toEqual([108, 109])
  })

  test('keys never leave the list', () => {
    expect(cursorAfter('ArrowDown', null, 3, 10)).toBe(0)
    expect(cursorAfter('ArrowUp', 0, 3, 10)).toBe(0)
    expect(cursorAfter('PageDown', 1, 3, 10)).toBe(2)
    expect(cursorAfter('End', 0, 3, 10)).toBe(2)
    expect(cursorAfter('ArrowDown', null, 0, 10)).toBeNull()
    expect(cursorAfter('x', 0, 3, 10)).toBeNull()
  })
})

describe('sending and receiving as it is followed', () => {
  const job = (id: string, state: Job['state'], accountId = 'a', fetched = 0, total: number | null = 10): Job => ({
    id, kind: 'fetch-mail', accountId, state, cause: 'person', createdAt: '', startedAt: '', endedAt: null, progress: { done: fetched, total },
    detail: fetchDetail({ fetched, bytes: fetched * 100 }), failure: state === 'failed' ? failure('connect.refused') : null,
  })
  const follow = (...jobs: readonly Job[]) => jobs.reduce(followRun, noRuns)

  test('several jobs are one bar, whose end is known when each one’s is', () => {
    expect(progressOf(follow(job('1', 'running', 'a', 3), job('2', 'running', 'b', 4)).running)).toEqual({ done: 7, total: 20, bytes: 700 })
    expect(progressOf([job('1', 'running', 'a', 3, null), job('2', 'running', 'b', 4)]).total).toBeNull()
  })

  test('what went wrong stays until the next try of the same thing, or until it is dismissed', () => {
    const failed = follow(job('1', 'running'), job('1', 'failed'))
    expect(failed.failed.map(({ id }) => id)).toEqual(['1'])
    expect(followRun(failed, job('2', 'running', 'b')).failed.length).toBe(1)
    expect(followRun(failed, job('2', 'running', 'a')).failed).toEqual([])
    expect(dismissRun(failed, '1').failed).toEqual([])
  })

  test('news are counted over one round, and a check of an account is no part of it', () => {
    const round = follow(job('1', 'running'), job('2', 'running', 'b'), job('1', 'done', 'a', 3), job('2', 'done', 'b', 4))
    expect(round).toMatchObject({ running: [], fetched: 7 })
    expect(followRun(round, job('3', 'running')).fetched).toBe(0)
    expect(followRun(noRuns, { ...job('9', 'running'), kind: 'check-account' })).toEqual(noRuns)
  })
})

test('an attachment’s name becomes a harmless file name', () => {
  expect(fileNameFrom('../../etc/passwd', 'x')).toBe('_.._etc_passwd')
  expect(fileNameFrom('C:\\a\\b.exe', 'x')).toBe('C__a_b.exe')
  expect(fileNameFrom('invoice\u202Efdp.exe', 'x')).toBe('invoicefdp.exe')
  expect(fileNameFrom('.bashrc', 'x')).toBe('bashrc')
  expect(fileNameFrom(' \u0000 .. ', 'attachment')).toBe('attachment')
  expect(fileNameFrom(`${'a'.repeat(400)}.pdf`, 'x')).toMatch(/^a{146}\.pdf$/)
})

test('deleting says what becomes of the copy on the server', () => {
  const delivery = { leaveCopy: true, removeAfterDays: null, removeWhenDeleted: false }
  expect(serverCopyAfterDelete(delivery, false)).toEqual({ is: 'kept' })
  expect(serverCopyAfterDelete({ ...delivery, removeAfterDays: 14 }, false)).toEqual({ is: 'kept-for-days', days: 14 })
  expect(serverCopyAfterDelete({ ...delivery, removeAfterDays: 14, removeWhenDeleted: true }, false)).toEqual({ is: 'removed' })
  expect(serverCopyAfterDelete({ ...delivery, leaveCopy: false, removeWhenDeleted: true }, false)).toEqual({ is: 'gone' })
  expect(serverCopyAfterDelete({ ...delivery, removeWhenDeleted: true }, true)).toEqual({ is: 'waits' })
})

test('a deletion is not asked for where the server still has its copy, and is where it may be the last one', () => {
  const now = Date.parse('2026-11-22T12:00:00Z')
  const row = { notOnServer: false, storedAt: '2026-11-20T12:00:00.000Z' }
  const delivery = { leaveCopy: true, removeAfterDays: null, removeWhenDeleted: false }
  const under = (change: Partial<typeof delivery> | { readonly removeAfterDays: number }, unconfirmedRemovals: number | null = null) =>
    ({ account: { incoming: {}, delivery: { ...delivery, ...change } }, unconfirmedRemovals }) as unknown as Parameters<typeof canComeBack>[1]
  expect(canComeBack(row, under({}), now)).toBe(true)
  expect(canComeBack(row, under({ removeWhenDeleted: true }), now)).toBe(true)
  expect(canComeBack(row, under({ removeAfterDays: 14 }), now)).toBe(true)
  expect(canComeBack(row, under({ removeAfterDays: 2 }), now)).toBe(false)
  expect(canComeBack(row, under({ removeAfterDays: 2 }, 5), now)).toBe(true)
  expect(canComeBack(row, under({ leaveCopy: false }), now)).toBe(false)
  expect(canComeBack({ ...row, notOnServer: true }, under({}), now)).toBe(false)
  expect(canComeBack(row, null, now)).toBe(false)
})

describe('the rows in view', () => {
  test('are those that a piece of the list shows, whole or in part', () => {
    expect(viewOf(0, 640, 200_000, 64)).toMatchObject({ first: 0, last: 9, drawnFirst: 0, drawnLast: 15, offset: 0 })
    expect(viewOf(100, 640, 200_000, 64)).toMatchObject({ first: 1, last: 11 })
    expect(viewOf(64 * 200_000 - 640, 640, 200_000, 64)).toMatchObject({ first: 199_990, last: 199_999, drawnLast: 199_999 })
  })

  test('reach the end of a list that is higher than a page can be', () => {
    expect(viewOf(16_000_000 - 640, 640, 1_000_000, 64)).toMatchObject({ first: 999_990, last: 999_999 })
    const middle = viewOf(8_000_000, 640, 1_000_000, 64)
    // Its first row stands where the scroll bar is.
    expect(Math.abs(middle.first * 64 + middle.offset - 8_000_000)).toBeLessThan(64)
  })
})
