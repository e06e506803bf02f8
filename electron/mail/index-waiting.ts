/**
 * Has a worker thread take what waits into the search index, and stands by while it does:
 *
 *   thread ── ends its work ──────────────────────────────────▶ done
 *     │  └─── finds the index damaged ──▶ it is thrown away; a new thread makes it from the beginning, once
 *     └────── dies, runs out of memory, or 10 s over one message ─▶ that message is set aside; a new thread goes on
 *
 * So a message costs at most one thread, and never the main one, which does nothing here but pass on what it is told.
 * Why the thread writes a file of its own: docs/decisions/text-index.md.
 */
import { Worker } from 'node:worker_threads'
import { assertNever, done, failed, type Failure, type Outcome, refused } from '../../shared/failures/failure.ts'
import type { MessageKey } from '../../shared/model/message.ts'
import type { SearchPlaces } from '../storage/search-file.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import type { SearchIndex } from './search-index.ts'
import type { IndexOrder, IndexReport } from './take-in-words.ts'

/** `subject`: of a message whose words cannot be had. `waiting`: so many are to be taken in, once at the beginning. */
export type IndexNews =
  | { readonly is: 'waiting'; readonly count: number }
  | { readonly is: 'indexed'; readonly count: number }
  | { readonly is: 'skipped'; readonly subject: string }

export interface IndexRun {
  readonly signal: AbortSignal
  readonly tell: (news: IndexNews) => void
}

export interface IndexThreadOptions {
  /** The thread's program. */
  readonly thread?: URL
  /** The longest one message may take, milliseconds. */
  readonly patience?: number
}

export interface IndexingParts {
  readonly places: SearchPlaces
  /** The folder of all mail. */
  readonly root: string
  readonly index: Pick<SearchIndex, 'prepare' | 'grown' | 'giveUp' | 'letGo'>
  readonly options: IndexThreadOptions
}

/** A thread that needs more than this is in trouble, MB; a message's own bytes come on top, and SQLite's memory. */
const memoryLimit = 128

type End = { readonly is: 'done' | 'stopped' } | { readonly is: 'failed'; readonly failure: Failure } | { readonly is: 'died'; readonly over: MessageKey }

export async function indexWaiting(parts: IndexingParts, run: IndexRun): Promise<Outcome<void>> {
  const setAside: MessageKey[] = []
  let isRemade = false
  for (;;) {
    parts.index.prepare()
    const end = run.signal.aborted ? ({ is: 'stopped' } as const) : await runThread(parts, setAside, run)
    switch (end.is) {
      case 'done':
        return done(undefined)
      case 'stopped':
        return failed('job.cancelled')
      case 'died':
        setAside.push(end.over)
        break
      case 'failed':
        if (end.failure.code !== 'storage.damaged' || isRemade) return refused(end.failure)
        parts.index.giveUp()
        isRemade = true
        break
      default:
        assertNever(end)
    }
  }
}

/** Rejects where no message is to blame: the thread could not even begin, or has a bug. */
function runThread({ places, root, index, options }: IndexingParts, setAside: readonly MessageKey[], { signal, tell }: IndexRun): Promise<End> {
  const { thread = new URL('./index-thread.ts', import.meta.url), patience = 10_000 } = options
  const workerData: IndexOrder = { places: { database: places.database, search: places.search }, root, setAside }
  const worker = new Worker(thread, { workerData, resourceLimits: { maxOldGenerationSizeMb: memoryLimit }, execArgv: ['--disable-warning=ExperimentalWarning'] }) // node:sqlite's
  const end = () => void worker.terminate()
  let timer: NodeJS.Timeout | undefined
  let inHand: MessageKey | null = null
  let over: End | null = null
  let thrown: unknown = null

  function hear(report: IndexReport): void {
    switch (report.is) {
      case 'reading':
        inHand = report.id
        clearTimeout(timer)
        if (inHand !== null) timer = setTimeout(end, patience)
        return
      case 'waiting':
        return tell(report)
      case 'taken-in':
        index.grown()
        for (const subject of report.skipped) tell({ is: 'skipped', subject })
        if (report.count > report.skipped.length) tell({ is: 'indexed', count: report.count - report.skipped.length })
        return
      case 'let-go':
        return index.letGo(report.ids)
      case 'failed':
      case 'done':
        over ??= report
        return
      default:
        assertNever(report)
    }
  }

  /** What was heard could not be noted. */
  function stopOver(error: unknown): void {
    end()
    try {
      over ??= { is: 'failed', failure: storageFailure(error, 'mailroom.db') }
    } catch (bug) {
      thrown ??= bug
    }
  }

  signal.addEventListener('abort', end, { once: true })
  return new Promise((resolve, reject) => {
    worker.on('message', (report: IndexReport) => {
      try {
        hear(report)
      } catch (error) {
        stopOver(error)
      }
    })
    worker.on('error', (error: Error) => {
      if (!isOutOfMemory(error)) thrown = error
    })
    // Only now are its files closed.
    worker.on('exit', () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      if (over !== null) resolve(over)
      else if (signal.aborted) resolve({ is: 'stopped' })
      else if (inHand !== null && thrown === null) resolve({ is: 'died', over: inHand })
      else reject(thrown ?? new Error('the thread ended'))
    })
  })
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}
