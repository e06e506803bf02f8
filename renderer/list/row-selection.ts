/**
 * Which rows of a long list are chosen: one, or several with Ctrl and Shift as everywhere. The cursor is the row the keys
 * act from; it keeps its place in the list when its row disappears, so that deleting goes on to the next one.
 */
import type { Row } from './paged-rows.ts'

export interface RowSelection {
  readonly ids: ReadonlySet<Row['id']>
  readonly cursor: number | null
  /** Where a range begins. */
  readonly anchor: number | null
  /** A range whose rows are on their way, `done` of them here: it looks chosen already. */
  readonly coming?: { readonly from: number; readonly to: number; readonly done: number } | null
}

export const nothingChosen: RowSelection = { ids: new Set(), cursor: null, anchor: null }

export type ChooseMode = 'one' | 'toggle' | 'range'

/** `idAt` answers null for rows that are not loaded: they are left out of a range, and for whoever holds the list to bring. */
export function choose(selection: RowSelection, index: number, mode: ChooseMode, idAt: (index: number) => Row['id'] | null): RowSelection {
  const id = idAt(index)
  if (mode === 'toggle' && id !== null) {
    const ids = new Set(selection.ids)
    if (!ids.delete(id)) ids.add(id)
    return { ids, cursor: index, anchor: index }
  }
  if (mode === 'range' && selection.anchor !== null) {
    const [from, to] = [Math.min(selection.anchor, index), Math.max(selection.anchor, index)]
    const ids = Array.from({ length: to - from + 1 }, (_, at) => idAt(from + at)).filter((each) => each !== null)
    return { ids: new Set(ids), cursor: index, anchor: selection.anchor }
  }
  return { ids: new Set(id === null ? [] : [id]), cursor: index, anchor: index }
}

/** Where a key moves the cursor to in a list of `total` rows, `perPage` of them in view; null = it is no key of the list. */
export function cursorAfter(key: string, cursor: number | null, total: number, perPage: number): number | null {
  const within = (index: number) => Math.max(0, Math.min(total - 1, index))
  if (total === 0) return null
  switch (key) {
    case 'ArrowDown':
      return cursor === null ? 0 : within(cursor + 1)
    case 'ArrowUp':
      return cursor === null ? 0 : within(cursor - 1)
    case 'PageDown':
      return within((cursor ?? 0) + perPage)
    case 'PageUp':
      return within((cursor ?? 0) - perPage)
    case 'Home':
      return 0
    case 'End':
      return total - 1
    default:
      return null
  }
}
