/** What a batch in the window does beside its steps: reads the table, hands over PDFs, starts the jobs, and clears up at the end. */
import { useCallback, useEffect, useReducer, useRef } from 'react'
import type { TemplateId } from '../../shared/model/template.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useJob } from '../bridge/use-job.ts'
import { handOverFile } from '../outbox/hand-over-file.ts'
import { afterBatch, type BatchState, newBatch, orderOf } from './batch-state.ts'

/** So many files are on their way at once. */
const atOnce = 4

export function useBatch(templateId: TemplateId | null) {
  const caller = useCaller()
  const [state, act] = useReducer(afterBatch, templateId, newBatch)
  const job = useJob(state.jobId)
  const files = useRef<readonly File[]>([])
  /** By the file itself: one that was handed over is not handed over again. */
  const handed = useRef(new Map<File, string>())
  const stop = useRef(new AbortController())

  const discard = useCallback((keep: ReadonlySet<File> = new Set()) => {
    for (const [file, handle] of handed.current) {
      if (keep.has(file)) continue
      handed.current.delete(file)
      void caller.call('files.discard', { handle })
    }
  }, [caller])
  const tableId = state.table?.id ?? null
  useEffect(() => () => {
    if (tableId !== null) void caller.call('batches.close', { id: tableId })
  }, [caller, tableId])
  useEffect(() => {
    const all = stop
    return () => {
      all.current.abort()
      discard()
    }
  }, [discard])

  const openTable = async (file: File) => {
    act({ do: 'reading' })
    const arrived = await handOverFile(caller, file, { signal: stop.current.signal, onProgress: () => undefined })
    if (!arrived.ok) return act({ do: 'failed', failure: arrived.failure })
    const opened = await caller.call('batches.open', { handle: arrived.value.handle })
    void caller.call('files.discard', { handle: arrived.value.handle })
    act(opened.ok ? { do: 'opened', table: opened.value } : { do: 'failed', failure: opened.failure })
  }
  const choosePdfs = (chosen: readonly File[]) => {
    const pdfs = chosen.filter(({ name }) => /\.pdf$/i.test(name))
    files.current = pdfs
    discard(new Set(pdfs))
    act({ do: 'pdfs', pdfs: pdfs.map(({ name, size }) => ({ name, size })) })
  }
  /** null = one could not be handed over; why is in the state. */
  const handOverAll = async (): Promise<readonly string[] | null> => {
    const waiting = files.current.filter((file) => !handed.current.has(file))
    let failed = false
    const next = async (): Promise<void> => {
      for (let file = waiting.shift(); file !== undefined && !failed; file = waiting.shift()) {
        const arrived = await handOverFile(caller, file, { signal: stop.current.signal, onProgress: () => undefined })
        if (!arrived.ok) {
          failed = true
          return act({ do: 'failed', failure: arrived.failure.code === 'job.cancelled' ? null : arrived.failure })
        }
        handed.current.set(file, arrived.value.handle)
        if (handed.current.size % 10 === 0) act({ do: 'handing', files: handed.current.size })
      }
    }
    await Promise.all(Array.from({ length: atOnce }, next))
    return failed ? null : files.current.map((file) => handed.current.get(file)).filter((handle) => handle !== undefined)
  }
  const start = async (step: 'check' | 'queue', change: Partial<Pick<BatchState, 'without' | 'corrections'>> = {}) => {
    if (state.table === null) return
    act({ do: 'rows', change })
    act({ do: 'go', step })
    const attached = state.rule.trim() === '' ? [] : files.current
    if (attached.length > 0) act({ do: 'handing', files: handed.current.size })
    const handles = attached.length === 0 ? [] : await handOverAll()
    const order = handles === null ? null : orderOf({ ...state, ...change }, handles)
    if (order === null) return
    const started = await caller.call(step === 'check' ? 'batches.check' : 'batches.queue', { id: state.table.id, order })
    act(started.ok ? { do: 'started', step, jobId: started.value.jobId } : { do: 'failed', failure: started.failure })
  }
  const cancel = () => {
    stop.current.abort()
    stop.current = new AbortController()
    if (state.jobId !== null) void caller.call('jobs.cancel', { id: state.jobId })
  }
  const leaveOut = (index: number, isOut: boolean) => start('check', { without: isOut ? [...state.without, index] : state.without.filter((one) => one !== index) })
  const correct = (corrections: BatchState['corrections']) => start('check', { corrections })
  const leaveOutProblems = async () => {
    if (state.table === null) return
    const wrong: number[] = []
    for (;;) {
      const page = await caller.call('batches.rows', { id: state.table.id, only: 'problems', offset: wrong.length, limit: 200 })
      if (!page.ok) return act({ do: 'failed', failure: page.failure })
      wrong.push(...page.value.rows.map(({ index }) => index))
      if (page.value.rows.length === 0 || wrong.length >= page.value.total) break
    }
    await start('check', { without: [...state.without, ...wrong] })
  }
  const anew = () => {
    discard()
    files.current = []
    act({ do: 'anew' })
  }
  return { state, act, job, openTable, choosePdfs, start, leaveOut, leaveOutProblems, correct, cancel, anew }
}

export type Batch = ReturnType<typeof useBatch>
