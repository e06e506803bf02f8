/**
 * A long list, page by page (`paged-list.ts`), and asked again after a change: soon after the first one, then not oftener than
 * `restMilliseconds`, however many there are while mail comes in. Another question (`key`) starts anew: the old rows stand until
 * the first new ones are here, so that nothing flickers while somebody types a search.
 */
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { EventName } from '../../shared/contract/events.ts'
import type { Failure } from '../../shared/failures/failure.ts'
import { spaced } from '../bridge/spaced.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { type AskRows, createPagedList, type PagedListState, type RowsInView } from './paged-list.ts'
import { noRows, type PagedRows, type Row } from './paged-rows.ts'

export interface LivePagedRows<R extends Row> {
  readonly state: PagedRows<R>
  /** The key of the question that `state` is the answer to. */
  readonly of: string
  /** Why the last page that was asked for did not come. */
  readonly failure: Failure | null
  /** Asks the same question about any part of the list. */
  readonly ask: AskRows<R>
  show(view: RowsInView): void
  refresh(): void
  /** Shows a change before the store's answer. */
  change(ids: ReadonlySet<Row['id']>, change: Partial<R>): void
}

const burstMilliseconds = 80
const restMilliseconds = 500

/** `ask` stays the same function for as long as `key` is the same. */
export function usePagedRows<R extends Row>(key: string, ask: AskRows<R>, refreshOn: EventName): LivePagedRows<R> {
  const caller = useCaller()
  const list = useMemo(() => createPagedList(ask), [ask])
  const current = useSyncExternalStore<PagedListState<R>>(list.subscribe, list.state)
  const [shown, setShown] = useState<{ readonly of: string; readonly rows: PagedRows<R> }>({ of: key, rows: noRows })
  if (current.rows.total !== null && (shown.rows !== current.rows || shown.of !== key)) setShown({ of: key, rows: current.rows })

  useEffect(() => {
    list.show({ first: 0, last: 0 })
    return () => list.stop()
  }, [list])

  useEffect(() => {
    const { soon, stop } = spaced(() => list.refresh(), burstMilliseconds, restMilliseconds)
    const stopListening = caller.on(refreshOn, soon)
    return () => {
      stopListening()
      stop()
    }
  }, [caller, refreshOn, list])

  const failed = current.failure !== null && current.rows.total === null
  const { of, rows } = failed || current.rows.total !== null ? { of: key, rows: current.rows } : shown
  return { state: rows, of, failure: current.failure, ask, show: list.show, refresh: list.refresh, change: list.change }
}
