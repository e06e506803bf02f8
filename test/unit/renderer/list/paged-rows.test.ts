import { describe, expect, test } from 'vitest'
import type { MessageRow } from '../../../../shared/model/message.ts'
import { allStale, indexOf, noRows, type PagedRows, pageSize, pagesKept, pagesWanted, rowAt, withChanged, withMoved, withPage } from '../../../../renderer/list/paged-rows.ts'

const row = (id: number): MessageRow => ({
  id, accountId: 'a', folder: 'INBOX', from: null, to: [], subject: `#${id}`, date: null, storedAt: '2026-01-01T00:00:00.000Z',
  size: 1, seen: false, flagged: false, answered: false, notOnServer: false, private: false, hasAttachments: false, readable: true,
})
const rows = (page: number, count = pageSize) => Array.from({ length: count }, (_, at) => row(page * pageSize + at + 1))

describe('pages of a long list', () => {
  test('before anything is known the first page is asked for', () => {
    expect(pagesWanted(noRows, 0, 40)).toEqual([0])
  })

  test('only pages in view that are not here are asked for', () => {
    const state = withPage<MessageRow>(noRows, 0, rows(0), 100_000)
    expect(pagesWanted(state, 0, 99)).toEqual([])
    expect(pagesWanted(state, 90, 250)).toEqual([1, 2])
    expect(pagesWanted(state, 99_980, 100_050)).toEqual([999])
  })

  test('a jump through 100,000 messages never keeps more than a few pages', () => {
    let state: PagedRows<MessageRow> = noRows
    for (let page = 0; page < 1000; page += 7) state = withPage(state, page, rows(page), 100_000)
    expect(state.pages.size).toBeLessThanOrEqual(pagesKept)
    expect(rowAt(state, 994 * pageSize)?.id).toBe(994 * pageSize + 1)
  })

  test('after a change the old rows stay until the new ones are here', () => {
    const stale = allStale(withPage<MessageRow>(noRows, 0, rows(0), 100))
    expect(rowAt(stale, 0)?.id).toBe(1)
    expect(pagesWanted(stale, 0, 30)).toEqual([0])
    expect(pagesWanted(withPage(stale, 0, rows(0), 100), 0, 30)).toEqual([])
  })

  test('an empty mailbox is asked again after a change, and only then', () => {
    const empty = withPage<MessageRow>(noRows, 0, [], 0)
    expect(pagesWanted(empty, 0, -1)).toEqual([])
    expect(pagesWanted(allStale(empty), 0, -1)).toEqual([0])
  })

  test('a list that became shorter forgets the pages beyond its end', () => {
    const long = withPage(withPage<MessageRow>(noRows, 0, rows(0), 1000), 9, rows(9), 1000)
    expect([...withPage(long, 0, rows(0, 50), 50).pages.keys()]).toEqual([0])
  })

  test('rows that come above move all that is held, and leave holes that are asked for', () => {
    const state = withPage<MessageRow>(withPage<MessageRow>(noRows, 3, rows(3), 1000), 7, rows(7), 1000)
    const moved = withMoved(state, 30)
    expect(indexOf(moved, 301)).toBe(330)
    expect(indexOf(moved, 400)).toBe(429)
    expect(rowAt(moved, 310)).toBeNull()
    expect(pagesWanted(moved, 330, 430)).toEqual([3, 4])
    expect(indexOf(withMoved(moved, -30), 301)).toBe(300)
    expect(withMoved(withPage<MessageRow>(noRows, 0, rows(0), 100), -20)).toMatchObject({ moved: -20 })
    expect(indexOf(withMoved(withPage<MessageRow>(noRows, 0, rows(0), 100), -20), 20)).toBeNull()
  })

  test('a message is found by its id where it is loaded, and marked at once', () => {
    const state = withPage<MessageRow>(noRows, 3, rows(3), 1000)
    expect(indexOf(state, 305)).toBe(304)
    expect(indexOf(state, 1)).toBeNull()
    expect(rowAt(withChanged(state, new Set([305]), { seen: true }), 304)?.seen).toBe(true)
    expect(rowAt(withChanged(state, new Set([305]), { seen: true }), 305)?.seen).toBe(false)
  })
})
