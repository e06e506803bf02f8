import { describe, expect, test } from 'vitest'
import { failed, done } from '../../../../shared/failures/failure.ts'
import { createPagedList } from '../../../../renderer/list/paged-list.ts'
import { pageSize, rowAt } from '../../../../renderer/list/paged-rows.ts'

interface Letter {
  readonly id: number
}

/** A store of letters, the newest first, whose answers come when the test lets them. */
function storeOf(count: number) {
  let letters: readonly Letter[] = Array.from({ length: count }, (_, at) => ({ id: count - at }))
  const asked: { readonly page: number; readonly answer: (refuse?: boolean) => Promise<void> }[] = []
  const list = createPagedList<Letter>((offset, limit, placeOf) => {
    const { promise, resolve } = Promise.withResolvers<Awaited<ReturnType<Parameters<typeof createPagedList<Letter>>[0]>>>()
    const answer = async (refuse = false) => {
      asked.splice(asked.findIndex((each) => each.answer === answer), 1)
      const place = letters.findIndex(({ id }) => id === placeOf)
      resolve(refuse ? failed('storage.failed') : done({ rows: letters.slice(offset, offset + limit), total: letters.length, place: place < 0 ? null : place }))
      await promise
      await Promise.resolve()
    }
    asked.push({ page: offset / pageSize, answer })
    return promise
  })
  const answerAll = async () => {
    for (let first = asked[0]; first !== undefined; first = asked[0]) await first.answer()
  }
  return {
    list,
    asked,
    answerAll,
    at: (index: number) => rowAt(list.state().rows, index)?.id ?? null,
    arrive(more: number) {
      letters = [...Array.from({ length: more }, (_, at) => ({ id: count + more - at })), ...letters]
      list.refresh()
    },
    leave(ids: readonly number[]) {
      letters = letters.filter(({ id }) => !ids.includes(id))
      list.refresh()
    },
  }
}

async function shown(count: number, first: number) {
  const store = storeOf(count)
  store.list.show({ first, last: first + 20 })
  await store.answerAll()
  store.list.show({ first, last: first + 20 })
  await store.answerAll()
  return store
}

describe('a long list', () => {
  test('does not jump when mail arrives above what is in view', async () => {
    const store = await shown(200_000, 5000)
    const inView = store.at(5000)
    store.arrive(7)
    expect(store.at(5000)).toBe(inView)
    await store.answerAll()
    expect(store.list.state().rows.moved).toBe(7)
    expect(store.at(5007)).toBe(inView)
    store.leave([200_007, 200_006])
    await store.answerAll()
    expect(store.list.state().rows).toMatchObject({ moved: 5, total: 200_005 })
    expect(store.at(5005)).toBe(inView)
  })

  test('shows new mail at once to whoever looks at its top', async () => {
    const store = await shown(1000, 0)
    store.arrive(3)
    await store.answerAll()
    expect(store.list.state().rows).toMatchObject({ moved: 0, total: 1003 })
    expect(store.at(0)).toBe(1003)
  })

  test('keeps its place when the row at the top of the view is the one that goes', async () => {
    const store = await shown(1000, 500)
    store.leave([500])
    await store.answerAll()
    expect(store.list.state().rows).toMatchObject({ moved: 0, total: 999 })
    expect(store.at(500)).toBe(499)
  })

  test('is asked where somebody is, not everywhere they have dragged through', async () => {
    const store = await shown(200_000, 0)
    for (let first = 1000; first <= 150_000; first += 1000) store.list.show({ first, last: first + 20 })
    expect(store.asked.length).toBeLessThanOrEqual(2)
    const questions: number[] = []
    for (let next = store.asked[0]; next !== undefined; next = store.asked[0]) {
      questions.push(next.page)
      await next.answer()
    }
    expect(questions.length).toBeLessThanOrEqual(6)
    expect(questions.slice(2).every((page) => Math.abs(page - 1500) <= 1)).toBe(true)
    expect(store.at(150_000)).toBe(50_000)
  })

  test('fetches the rows next to those in view ahead, once they are all there', async () => {
    const store = await shown(1000, 190)
    expect([...store.list.state().rows.pages.keys()].toSorted()).toEqual([0, 1, 2])
  })

  test('says why an answer did not come, and asks again when the view moves, not in a circle', async () => {
    const store = storeOf(1000)
    store.list.show({ first: 0, last: 20 })
    await store.asked[0]!.answer(true)
    expect(store.list.state().failure?.code).toBe('storage.failed')
    expect(store.asked).toEqual([])
    store.list.show({ first: 0, last: 20 })
    await store.answerAll()
    expect(store.list.state()).toMatchObject({ failure: null, rows: { total: 1000 } })
  })

  test('drops the answers to what was asked before a change', async () => {
    const store = await shown(1000, 0)
    store.list.show({ first: 400, last: 420 })
    const [late] = store.asked
    store.leave([1000])
    await late!.answer()
    expect(store.at(400)).toBeNull()
    await store.answerAll()
    expect(store.at(400)).toBe(599)
  })
})
