/**
 * The answer to a question that is asked again whenever what it is about changes.
 *
 *   loading ──▶ ready ◀──▶ failed
 *
 * While the same question is asked again the last answer stays, so nothing on screen flickers. Another question starts at
 * `loading`, unless `keepPrevious` says that the old answer may stand meanwhile (a list that is being searched). An answer that was overtaken by a later
 * question is dropped. Events in a burst lead to one more question, not to one each (`spaced.ts`).
 */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { EventName } from '../../shared/contract/events.ts'
import type { MethodName, Params, Result } from '../../shared/contract/methods.ts'
import type { Failure } from '../../shared/failures/failure.ts'
import { spaced } from './spaced.ts'
import { useCaller } from './use-caller.tsx'

export type Answer<T> =
  | { readonly state: 'loading'; readonly value: null; readonly failure: null }
  | { readonly state: 'ready'; readonly value: T; readonly failure: null }
  | { readonly state: 'failed'; readonly value: null; readonly failure: Failure }

export type LiveAnswer<T> = Answer<T> & { readonly refresh: () => void }

const loading = { state: 'loading', value: null, failure: null } as const
const burstMilliseconds = 50
const restMilliseconds = 400

/** `params` null = do not ask yet. */
export function useAnswer<M extends MethodName>(
  method: M,
  params: Params<M> | null,
  options: { readonly refreshOn?: readonly EventName[]; readonly keepPrevious?: boolean } = {},
): LiveAnswer<Result<M>> {
  const caller = useCaller()
  const [{ answer, of }, setAnswer] = useState<{ readonly answer: Answer<Result<M>>; readonly of: string }>({ answer: loading, of: '' })
  const asked = useRef(0)
  const key = JSON.stringify(params)
  const watched = (options.refreshOn ?? []).join(' ')

  const refresh = useCallback(() => {
    const question = JSON.parse(key) as Params<M> | null
    if (question === null) return
    const mine = ++asked.current
    void caller.call(method, question).then((outcome) => {
      if (mine !== asked.current) return
      setAnswer({ of: `${method} ${key}`, answer: outcome.ok ? { state: 'ready', value: outcome.value, failure: null } : { state: 'failed', value: null, failure: outcome.failure } })
    })
  }, [caller, method, key])

  const dropAnswers = useCallback(() => void asked.current++, [])
  useEffect(() => {
    refresh()
    return dropAnswers
  }, [refresh, dropAnswers])

  useEffect(() => {
    const { soon, stop } = spaced(refresh, burstMilliseconds, restMilliseconds)
    const stops = watched.split(' ').filter((name) => name !== '').map((name) => caller.on(name as EventName, soon))
    return () => {
      stops.forEach((stopListening) => stopListening())
      stop()
    }
  }, [caller, watched, refresh])

  const current = of === `${method} ${key}` || options.keepPrevious === true
  return { ...(current ? answer : loading), refresh }
}
