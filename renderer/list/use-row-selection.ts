/**
 * The chosen rows of a paged list. A row that is gone to before it has come (End in a long list) is chosen when it comes. Of a range
 * that reaches over rows the window does not hold, all of them are brought; until then it looks chosen, and nothing can be
 * done with it.
 */
import { useCallback, useEffect, useMemo, useState } from 'react'
import { gatherRows } from './gather-rows.ts'
import type { AskRows } from './paged-list.ts'
import { pageSize, type Row, rowAt } from './paged-rows.ts'
import { choose, type ChooseMode, nothingChosen, type RowSelection } from './row-selection.ts'
import type { LivePagedRows } from './use-paged-rows.ts'

export interface LiveSelection<R extends Row> {
  readonly selection: RowSelection
  /** The chosen rows; none while some of them are on their way. */
  readonly rows: readonly R[]
  /** The id of the only chosen one. */
  readonly only: R['id'] | null
  chooseAt(index: number, mode: ChooseMode): void
  clear(): void
  /** The chosen rows are going: the one after them is chosen, or the one before. */
  moveOn(): void
  /** Shows a change before the store's answer, in the list and in what is chosen. */
  change(ids: ReadonlySet<R['id']>, change: Partial<R>): void
}

interface Range<R extends Row> {
  readonly from: number
  readonly to: number
  /** The question whose list it is a range of. */
  readonly ask: AskRows<R>
}

const none: readonly never[] = []

export function useRowSelection<R extends Row>(live: LivePagedRows<R>): LiveSelection<R> {
  const { state, ask } = live
  const [selection, setSelection] = useState(nothingChosen)
  /** Chosen rows that the window would not hold otherwise. */
  const [held, setHeld] = useState<ReadonlyMap<R['id'], R>>(new Map())
  const [range, setRange] = useState<Range<R> | null>(null)
  const [brought, setBrought] = useState(0)
  if (range !== null && range.ask !== ask) setRange(null)

  useEffect(() => {
    if (range === null) return
    const stop = new AbortController()
    void gatherRows(range.ask, range.from, range.to, stop.signal, setBrought).then((rows) => {
      if (stop.signal.aborted) return
      setRange(null)
      if (rows === null) return // What could be brought of the list is chosen, and why the rest did not come is said above it.
      setHeld(rows)
      setSelection((before) => ({ ...before, ids: new Set(rows.keys()) }))
    })
    return () => stop.abort()
  }, [range])

  const { pages } = state
  const places = useMemo(() => new Map([...pages].flatMap(([page, rows]) => rows.flatMap((row, at): [R['id'], number][] => (row === undefined ? [] : [[row.id, page * pageSize + at]])))), [pages])
  const idAt = (index: number) => rowAt(state, index)?.id ?? null
  const awaited = range === null && selection.ids.size === 0 && selection.cursor !== null && state.total !== null && selection.cursor < state.total ? selection.cursor : null
  if (awaited !== null && idAt(awaited) !== null) setSelection(choose(selection, awaited, 'one', idAt))

  const rows = useMemo(() => (range !== null ? none : [...selection.ids].flatMap((id) => rowAt(state, places.get(id) ?? -1) ?? held.get(id) ?? [])), [range, selection.ids, state, places, held])
  const [only = null] = range === null && selection.ids.size === 1 ? [...selection.ids] : []
  const onlyAt = only === null ? null : (places.get(only) ?? null)
  const put = (next: RowSelection) => {
    setRange(null)
    setSelection(next)
  }
  return {
    // New mail above it moves the row that is being read; the keys go on from where it is now.
    selection: { ...selection, cursor: onlyAt ?? selection.cursor, coming: range === null ? null : { from: range.from, to: range.to, done: brought } },
    rows,
    only,
    chooseAt(index, mode) {
      const before = { ...selection, cursor: onlyAt ?? selection.cursor, anchor: onlyAt ?? selection.anchor }
      const { anchor } = before
      put(choose(before, index, mode, idAt))
      if (mode !== 'toggle') setHeld(new Map())
      if (mode !== 'range' || anchor === null) return
      const [from, to] = [Math.min(anchor, index), Math.max(anchor, index)]
      if (!isHere(pages, from, to)) {
        setBrought(0)
        setRange({ from, to, ask })
      }
    },
    clear: useCallback(() => {
      setRange(null)
      setSelection(nothingChosen)
    }, []),
    moveOn() {
      const at = [...selection.ids].flatMap((id) => places.get(id) ?? [])
      const next = [Math.max(...at) + 1, Math.min(...at) - 1].find((index) => Number.isFinite(index) && idAt(index) !== null)
      put(next === undefined ? nothingChosen : choose(nothingChosen, next, 'one', idAt))
    },
    change(ids, what) {
      live.change(ids, what)
      setHeld((before) => new Map([...before].map(([id, row]) => [id, ids.has(id) ? { ...row, ...what } : row])))
    },
  }
}

/** Every row from one place to another is held. */
function isHere(pages: ReadonlyMap<number, readonly (Row | undefined)[]>, from: number, to: number): boolean {
  for (let page = Math.floor(from / pageSize); page * pageSize <= to; page += 1) {
    const rows = pages.get(page)
    for (let at = Math.max(from, page * pageSize); at <= Math.min(to, (page + 1) * pageSize - 1); at += 1) if (rows?.[at % pageSize] === undefined) return false
  }
  return true
}
