/**
 * Keeps what is being written as a draft, a moment after the last change; saves follow one another, so the last one wins. What
 * was never touched is never kept.
 */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { OutgoingId } from '../../shared/model/outgoing-mail.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { draftOf } from './compose-draft.ts'
import type { ComposeState } from './compose-state.ts'

const restMilliseconds = 700

export interface Draft {
  readonly kept: 'not-yet' | 'saved' | 'failed'
  /** Saves at once what is not saved yet. False = it could not be kept. */
  keep(): Promise<boolean>
  /** Ends the saving, and answers with the draft that is there. */
  release(): Promise<OutgoingId | null>
  /** Goes on saving after all. */
  resume(): void
  discard(): Promise<void>
}

export function useDraft(state: ComposeState, opened: OutgoingId | null): Draft {
  const caller = useCaller()
  const id = useRef(opened)
  const last = useRef<Promise<boolean>>(Promise.resolve(true))
  const released = useRef(false)
  const [kept, setKept] = useState<Draft['kept']>(opened === null ? 'not-yet' : 'saved')
  const content = state.touched ? draftOf(state) : null
  const text = JSON.stringify(content)
  const latest = useRef({ content, text })
  const saved = useRef(opened === null ? 'null' : text)
  useEffect(() => {
    latest.current = { content, text }
  })

  const keep = useCallback(() => {
    last.current = last.current.then(async () => {
      const { content: draft, text: key } = latest.current
      if (released.current || draft === null || saved.current === key) return true
      const outcome = await caller.call('drafts.save', { id: id.current, ...draft })
      setKept(outcome.ok ? 'saved' : 'failed')
      if (outcome.ok) {
        id.current = outcome.value.id
        saved.current = key
        // Taken away on another screen meanwhile: what is still being written becomes a new one.
      } else if (outcome.failure.code.startsWith('outbox.')) id.current = null
      return outcome.ok
    })
    return last.current
  }, [caller])

  useEffect(() => {
    if (text === 'null') return
    const timer = setTimeout(() => void keep(), restMilliseconds)
    return () => clearTimeout(timer)
  }, [text, keep])

  return {
    kept,
    keep,
    async release() {
      released.current = true
      await last.current
      return id.current
    },
    resume() {
      released.current = false
    },
    async discard() {
      released.current = true
      await last.current
      if (id.current !== null) await caller.call('drafts.discard', { id: id.current })
    },
  }
}
