/**
 * Has a worker thread take in what waits, and stands by while it does:
 *
 *   thread ── begun ─▶ … ─▶ ends ───────────────────────────────────▶ nothing waits any more
 *               └── dies, runs out of memory, 10 s without a word ──▶ that message is set aside, a new thread goes on
 *
 * So one message costs at most one thread, once, and there are never more threads than messages.
 */
import { Worker } from 'node:worker_threads'
import { failed, done, type Outcome, refused } from '../../shared/failures/failure.ts'
import type { Database } from '../storage/database.ts'
import type { DataFolder } from '../storage/data-folder.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import { type IndexNews, setAside } from './index-waiting.ts'

export interface IndexRun {
  readonly signal: AbortSignal
  readonly tell: (news: Exclude<IndexNews, { is: 'begun' }>) => void
}

export interface IndexInThreadOptions {
  readonly database: Database
  readonly folder: Pick<DataFolder, 'database' | 'mail'>
  /** The thread's program. */
  readonly thread?: URL
  /** The longest one message may take, milliseconds. */
  readonly patience?: number
}

/** A thread that needs more than this is in trouble, MB. A message's bytes, at most 32, come on top. */
const memoryLimit = 256

export async function indexInThread(options: IndexInThreadOptions, { signal, tell }: IndexRun): Promise<Outcome<void>> {
  for (;;) {
    const ended = await runThread(options, signal, tell)
    if (signal.aborted) return failed('job.cancelled')
    if (ended.well) return done(undefined)
    const outcome = judge(ended.error)
    if (outcome !== null) return outcome
    // With no message in hand it would die again and again.
    if (ended.inHand === null) throw ended.error
    if (setAside(options.database, ended.inHand.id)) tell({ is: 'skipped', subject: ended.inHand.subject })
  }
}

type InHand = Extract<IndexNews, { is: 'begun' }>
type Ended = { readonly well: true } | { readonly well: false; readonly inHand: InHand | null; readonly error: Error }

/** A full or broken disk is no message's fault; null for what is. */
function judge(error: Error): Outcome<void> | null {
  try {
    return refused(storageFailure(error, 'mailroom.db'))
  } catch {
    return null
  }
}

function runThread({ folder, thread = new URL('./index-thread.ts', import.meta.url), patience = 10_000 }: IndexInThreadOptions, signal: AbortSignal, tell: IndexRun['tell']): Promise<Ended> {
  if (signal.aborted) return Promise.resolve({ well: true })
  return new Promise((resolve) => {
    const worker = new Worker(thread, { workerData: { database: folder.database, mail: folder.mail }, resourceLimits: { maxOldGenerationSizeMb: memoryLimit } })
    let inHand: InHand | null = null
    let error: Error | null = null
    const end = () => void worker.terminate()
    /** Runs from the first message on: how long a thread takes to start says nothing about one. */
    let timer: NodeJS.Timeout | undefined
    signal.addEventListener('abort', end, { once: true })
    worker.on('message', (news: IndexNews) => {
      clearTimeout(timer)
      timer = setTimeout(end, patience)
      if (news.is === 'begun') inHand = news
      else tell(news)
    })
    worker.on('error', (thrown: Error) => {
      error = thrown
    })
    worker.on('exit', (code) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve(code === 0 ? { well: true } : { well: false, inHand, error: error ?? new Error(`the thread ended with ${code}`) })
    })
  })
}
