/** The chosen rows of a paged list. A row that is gone to before it has come (End in a long list) is chosen when it comes. */
import { useCallback, useState } from 'react'
import { indexOf, type PagedRows, type Row, rowAt } from './paged-rows.ts'
import { choose, type ChooseMode, nothingChosen, type RowSelection } from './row-selection.ts'

export interface LiveSelection<R extends Row> {
  readonly selection: RowSelection
  /** Those of the chosen rows that are loaded. */
  readonly rows: readonly R[]
  /** The id of the only chosen one. */
  readonly only: R['id'] | null
  chooseAt(index: number, mode: ChooseMode): void
  clear(): void
  /** The chosen rows are going: the one after them is chosen, or the one before. */
  moveOn(): void
}

export function useRowSelection<R extends Row>(state: PagedRows<R>): LiveSelection<R> {
  const [selection, setSelection] = useState(nothingChosen)
  const idAt = (index: number) => rowAt(state, index)?.id ?? null
  const awaited = selection.ids.size === 0 && selection.cursor !== null && state.total !== null && selection.cursor < state.total ? selection.cursor : null
  if (awaited !== null && idAt(awaited) !== null) setSelection(choose(selection, awaited, 'one', idAt))

  const [only = null] = selection.ids.size === 1 ? [...selection.ids] : []
  const onlyAt = only === null ? null : indexOf(state, only)
  return {
    // New mail above it moves the row that is being read; the keys go on from where it is now.
    selection: { ...selection, cursor: onlyAt ?? selection.cursor },
    rows: [...selection.ids].flatMap((id) => rowAt(state, indexOf(state, id) ?? -1) ?? []),
    only,
    chooseAt: (index, mode) => setSelection(choose({ ...selection, cursor: onlyAt ?? selection.cursor, anchor: onlyAt ?? selection.anchor }, index, mode, idAt)),
    clear: useCallback(() => setSelection(nothingChosen), []),
    moveOn: () => {
      const at = [...selection.ids].flatMap((id) => indexOf(state, id) ?? [])
      const next = [Math.max(...at) + 1, Math.min(...at) - 1].find((index) => Number.isFinite(index) && idAt(index) !== null)
      setSelection(next === undefined ? nothingChosen : choose(nothingChosen, next, 'one', idAt))
    },
  }
}
