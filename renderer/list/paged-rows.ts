/**
 * The part of a long list that the window holds: pages around what is in view, never the whole list, so that a mailbox of
 * 200,000 messages costs the window as little as one of 100. Knows nothing of what its rows are.
 *
 *   empty ── asked ──▶ (page arrives) shown ── something changed ──▶ stale, still shown ──▶ (page arrives) shown
 */
export interface Row {
  readonly id: number | string
}

export const pageSize = 100
/** Pages kept at most; those farthest from the newest answer go first. */
export const pagesKept = 24

export interface PagedRows<R extends Row> {
  /** null = no answer has come yet. */
  readonly total: number | null
  /** Where a row is not known yet, there is a hole. */
  readonly pages: ReadonlyMap<number, readonly (R | undefined)[]>
  /** Shown, but something has changed since they were asked for. */
  readonly stale: ReadonlySet<number>
  /** By how many places, in all, what is in view has been moved by rows that came or went above it. */
  readonly moved: number
}

export const noRows: PagedRows<never> = { total: null, pages: new Map(), stale: new Set(), moved: 0 }

/** The pages that must be asked for so that rows `first` to `last` (inclusive) can be shown. */
export function pagesWanted(state: PagedRows<Row>, first: number, last: number): readonly number[] {
  if (state.total === null) return [0]
  const end = Math.min(last, state.total - 1)
  const wanted: number[] = []
  for (let page = Math.floor(Math.max(0, first) / pageSize); page * pageSize <= end; page += 1) {
    if (!state.pages.has(page) || state.stale.has(page)) wanted.push(page)
  }
  // An empty list has no rows in view, but whether it is still empty must be asked again after a change.
  if (wanted.length === 0 && state.total === 0 && state.stale.has(0)) wanted.push(0)
  return wanted
}

export function withPage<R extends Row>(state: PagedRows<R>, page: number, rows: readonly R[], total: number): PagedRows<R> {
  const pages = new Map(state.pages).set(page, rows)
  const stale = new Set(state.stale)
  stale.delete(page)
  const beyond = Math.max(0, Math.ceil(total / pageSize) - 1)
  const byDistance = [...pages.keys()].filter((key) => key <= beyond || key === page).toSorted((a, b) => Math.abs(a - page) - Math.abs(b - page))
  const kept = new Set(byDistance.slice(0, pagesKept))
  for (const key of [...pages.keys()]) if (!kept.has(key)) pages.delete(key)
  for (const key of [...stale]) if (!kept.has(key)) stale.delete(key)
  return { ...state, total, pages, stale }
}

/** Rows have come (or, `by` < 0, gone) above: all that is held stands so many places further down, and is asked for again. */
export function withMoved<R extends Row>(state: PagedRows<R>, by: number): PagedRows<R> {
  const pages = new Map<number, (R | undefined)[]>()
  for (const [page, rows] of state.pages) {
    rows.forEach((row, at) => {
      const place = page * pageSize + at + by
      if (row === undefined || place < 0) return
      const key = Math.floor(place / pageSize)
      const whole = pages.get(key) ?? []
      whole[place % pageSize] = row
      pages.set(key, whole)
    })
  }
  return { ...state, pages, stale: new Set(pages.keys()), moved: state.moved + by }
}

/** After a change in the store: everything stays on screen until its newer version arrives. */
export function allStale<R extends Row>(state: PagedRows<R>): PagedRows<R> {
  return { ...state, stale: new Set(state.total === 0 ? [0] : state.pages.keys()) }
}

export function rowAt<R extends Row>(state: PagedRows<R>, index: number): R | null {
  return state.pages.get(Math.floor(index / pageSize))?.[index % pageSize] ?? null
}

/** Where a row stands among the rows that are loaded; null when it is not among them. */
export function indexOf<R extends Row>(state: PagedRows<R>, id: Row['id']): number | null {
  for (const [page, rows] of state.pages) {
    const at = rows.findIndex((row) => row?.id === id)
    if (at >= 0) return page * pageSize + at
  }
  return null
}

/** What is shown differently at once, before the store's answer. */
export function withChanged<R extends Row>(state: PagedRows<R>, ids: ReadonlySet<Row['id']>, change: Partial<R>): PagedRows<R> {
  const pages = new Map([...state.pages].map(([page, rows]) => [page, rows.map((row) => (row !== undefined && ids.has(row.id) ? { ...row, ...change } : row))]))
  return { ...state, pages }
}
