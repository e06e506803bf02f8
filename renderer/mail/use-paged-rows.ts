/**
 * A long list, page by page: asks for what comes into view, again after a change, and never for more. Another question
 * (`key`) starts anew: answers to the old one are dropped, and the old rows stand until the first new ones are here, so
 * that nothing flickers while somebody types a search.
 */
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { EventName } from '../../shared/contract/events.ts'
import type { Failure, Outcome } from '../../shared/failures/failure.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { allStale, noRows, type PagedRows, pageSize, pagesWanted, type Row, withChanged, withPage } from './paged-rows.ts'

export interface LivePagedRows<R extends Row> {
  readonly state: PagedRows<R>
  /** Why the last page that was asked for did not come. */
  readonly failure: Failure | null
  show(first: number, last: number): void
  refresh(): void
  /** Shows a change before the store's answer. */
  change(ids: ReadonlySet<Row['id']>, change: Partial<R>): void
}

const burstMilliseconds = 80

export function usePagedRows<R extends Row>(
  key: string,
  ask: (offset: number, limit: number) => Promise<Outcome<{ readonly rows: readonly R[]; readonly total: number }>>,
  refreshOn: EventName,
): LivePagedRows<R> {
  const caller = useCaller()
  const [state, setState] = useState<PagedRows<R>>(noRows)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [shownKey, setShownKey] = useState(key)
  const [before, setBefore] = useState<PagedRows<R>>(noRows)
  const view = useRef({ first: 0, last: 0 })
  const asking = useRef(new Set<number>())
  const generation = useRef(0)

  if (shownKey !== key) {
    setShownKey(key)
    if (state.total !== null) setBefore(state)
    setState(noRows)
    setFailure(null)
  }

  const fill = useEffectEvent(() => {
    for (const page of pagesWanted(state, view.current.first, view.current.last)) {
      if (asking.current.has(page)) continue
      asking.current.add(page)
      const mine = generation.current
      void ask(page * pageSize, pageSize).then((outcome) => {
        if (mine !== generation.current) return
        asking.current.delete(page)
        setFailure(outcome.ok ? null : outcome.failure)
        if (outcome.ok) setState((last) => withPage(last, page, outcome.value.rows, outcome.value.total))
      })
    }
  })

  useEffect(() => {
    generation.current += 1
    asking.current = new Set()
    view.current = { first: 0, last: 0 }
    fill()
    const current = generation
    return () => void current.current++
  }, [key])

  // A failed page is asked again when the view moves, on a change, or on request, and not in a circle.
  useEffect(() => fill(), [state])

  const refresh = useCallback(() => {
    generation.current += 1
    asking.current = new Set()
    setState((last) => allStale({ ...last }))
  }, [])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const stop = caller.on(refreshOn, () => {
      timer ??= setTimeout(() => {
        timer = null
        refresh()
      }, burstMilliseconds)
    })
    return () => {
      stop()
      if (timer !== null) clearTimeout(timer)
    }
  }, [caller, refreshOn, refresh])

  const show = useCallback((first: number, last: number) => {
    if (view.current.first === first && view.current.last === last) return
    view.current = { first, last }
    setState((current) => (pagesWanted(current, first, last).length === 0 ? current : { ...current }))
  }, [])

  const change = useCallback((ids: ReadonlySet<Row['id']>, what: Partial<R>) => setState((last) => withChanged(last, ids, what)), [])

  return { state: state.total === null && failure === null ? before : state, failure, show, refresh, change }
}
