/**
 * A long list as its screen follows it: asks for what comes into view, a little ahead of it, again after a change, and never
 * for more. Whoever drags through 200,000 rows is answered where they are, not everywhere they have been: few questions are on
 * their way at once, and the next one is about what is in view then.
 *
 * Whoever has scrolled down keeps in view what they look at: the row at the top is the anchor, each answer says where it stands
 * now, and the list moves along (`PagedRows.moved`). At the very top there is no anchor: new mail is meant to be seen there.
 */
import type { Failure, Outcome } from '../../shared/failures/failure.ts'
import { allStale, indexOf, noRows, type PagedRows, pageSize, pagesWanted, type Row, rowAt, withChanged, withMoved, withPage } from './paged-rows.ts'

/** Places in the list, both inclusive. */
export interface RowsInView {
  readonly first: number
  readonly last: number
}

/** `place`: of the row `placeOf`; left out or null = not in the list, or the store does not tell. */
export type AskRows<R extends Row> = (
  offset: number,
  limit: number,
  placeOf: R['id'] | null,
) => Promise<Outcome<{ readonly rows: readonly R[]; readonly total: number; readonly place?: number | null }>>

export interface PagedListState<R extends Row> {
  readonly rows: PagedRows<R>
  /** Why the last page that was asked for did not come. */
  readonly failure: Failure | null
}

export interface PagedList<R extends Row> {
  readonly state: () => PagedListState<R>
  readonly subscribe: (listener: () => void) => () => void
  show(view: RowsInView): void
  refresh(): void
  /** Shows a change before the store's answer. */
  change(ids: ReadonlySet<Row['id']>, change: Partial<R>): void
  /** Answers that are still on their way are dropped. */
  stop(): void
}

const askedAtOnce = 2
/** Rows before and after those in view that are fetched once nothing in view is missing. */
const ahead = 60

export function createPagedList<R extends Row>(ask: AskRows<R>): PagedList<R> {
  const listeners = new Set<() => void>()
  const asking = new Set<number>()
  let state: PagedListState<R> = { rows: noRows, failure: null }
  let view: RowsInView = { first: 0, last: 0 }
  let generation = 0

  function put(next: Partial<PagedListState<R>>): void {
    state = { ...state, ...next }
    listeners.forEach((listener) => listener())
  }

  function fill(): void {
    const { rows } = state
    const inView = pagesWanted(rows, view.first, view.last)
    const wanted = inView.length > 0 ? inView : pagesWanted(rows, view.first - ahead, view.last + ahead)
    for (const page of wanted) {
      if (asking.size >= askedAtOnce) return
      if (!asking.has(page)) void bring(page)
    }
  }

  async function bring(page: number): Promise<void> {
    const mine = generation
    const anchor = view.first > 0 ? (rowAt(state.rows, view.first)?.id ?? null) : null
    asking.add(page)
    const outcome = await ask(page * pageSize, pageSize, anchor)
    if (mine !== generation) return
    asking.delete(page)
    // A failed page is asked again when the view moves, on a change, or on request, and not in a circle.
    if (!outcome.ok) return put({ failure: outcome.failure })
    const { rows, total, place = null } = outcome.value
    const before = anchor === null || place === null ? null : indexOf(state.rows, anchor)
    const by = before === null || place === null ? 0 : place - before
    if (by !== 0) view = { first: view.first + by, last: view.last + by }
    put({ failure: null, rows: withPage(by === 0 ? state.rows : withMoved(state.rows, by), page, rows, total) })
    fill()
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    show(next) {
      view = next
      fill()
    },
    refresh() {
      generation += 1
      asking.clear()
      put({ rows: allStale(state.rows) })
      fill()
    },
    change(ids, what) {
      put({ rows: withChanged(state.rows, ids, what) })
    },
    stop() {
      generation += 1
      asking.clear()
    },
  }
}
