/**
 * Writes messages that are coming in, in a thread of its own (docs/decisions/filing-thread.md). Their bytes are copied once,
 * from the socket's pieces into a tray; full trays go to the thread and come back empty. There are few of them: when all are
 * under way, whoever writes waits, and through them the server.
 *
 *   write … ─▶ tray ── full, or flush ──▶ thread: file written, header read, file synced ──▶ `filed`
 *
 * The thread starts with the first message and ends when it has had nothing to do for a while.
 */
import { Worker } from 'node:worker_threads'
import { done, failed, type Outcome, refused } from '../../shared/failures/failure.ts'
import { systemFailure } from '../storage/storage-failure.ts'
import type { MessageHeaders } from './message-headers.ts'
import type { Filed, FilingAnswer, FilingRequest, FilingStep } from './serve-filing.ts'

export interface FiledMessage {
  readonly size: number
  readonly headers: MessageHeaders
}

/** A message on its way into a file. One call at a time. */
export interface MessageOnItsWay {
  write(piece: Uint8Array): void | Promise<void>
  /** All of it was written. */
  finish(): void
  /** Closed and deleted when it resolves. */
  drop(): Promise<void>
  /** Resolves when it is finished and all its bytes are synced, or with why that can't be; then there is no file. */
  readonly filed: Promise<Outcome<FiledMessage>>
}

export interface MessageFiling {
  /** Messages are about to come: the thread starts while the server is still being asked for them. */
  prepare(): void
  /** A new file; fails when the path is taken. */
  begin(path: string): MessageOnItsWay
  /** What was written so far goes to the thread: nothing waits for a tray to be full. */
  flush(): void
}

export interface MessageFilingOptions {
  /** The thread's program. */
  readonly thread?: URL
  /** A thread that has nothing to do for so long ends, milliseconds. */
  readonly patience?: number
}

/** Bytes; and how many trays there are at most. Together they are what may wait for the disk. */
const traySize = 256 * 1024
const mostTrays = 24

export function createMessageFiling({ thread = new URL('./filing-thread.ts', import.meta.url), patience = 5000 }: MessageFilingOptions = {}): MessageFiling {
  const underway = new Map<number, PromiseWithResolvers<Outcome<FiledMessage>>>()
  let worker: Worker | null = null
  let idle: NodeJS.Timeout | undefined
  let count = 0
  let steps: FilingStep[] = []
  /** The tray that is being filled. */
  let tray: Uint8Array<ArrayBuffer> | null = null
  let used = 0
  let empty: ArrayBuffer[] = []
  let made = 0
  const waiting: (() => void)[] = []

  function start(): Worker {
    // A small young generation: what this thread makes is mostly a few strings per message.
    const started = new Worker(thread, { resourceLimits: { maxYoungGenerationSizeMb: 8 } })
    started.on('message', (answer: FilingAnswer) => take(answer))
    started.on('error', (error: Error) => goOnWithout(started, error))
    started.on('exit', () => goOnWithout(started, new Error('the filing thread ended')))
    return started
  }

  function take({ tray: back, filed }: FilingAnswer): void {
    if (back !== null) {
      empty.push(back)
      for (const goOn of waiting.splice(0)) goOn()
    }
    for (const news of filed) {
      underway.get(news.message)?.resolve(outcomeOf(news))
      underway.delete(news.message)
    }
    if (underway.size === 0) rest()
  }

  /** Nothing but a disk's refusal is expected to go wrong in there: this is a bug, and everybody who waits is told. */
  function goOnWithout(ended: Worker, error: Error): void {
    if (worker !== ended) return
    worker = null
    tray = null
    steps = []
    empty = []
    made = 0
    for (const { reject } of underway.values()) reject(error)
    underway.clear()
    for (const goOn of waiting.splice(0)) goOn()
  }

  function rest(): void {
    worker?.unref()
    clearTimeout(idle)
    idle = setTimeout(() => {
      const ended = worker
      worker = null
      empty = []
      made = 0
      void ended?.terminate()
    }, patience).unref()
  }

  function wake(): Worker {
    clearTimeout(idle)
    worker ??= start()
    worker.ref()
    return worker
  }

  function flush(): void {
    if (steps.length === 0) return
    const request: FilingRequest = { tray: tray?.buffer ?? null, steps }
    wake().postMessage(request, tray === null ? [] : [tray.buffer])
    tray = null
    used = 0
    steps = []
  }

  /** Null = all are under way. */
  function takeTray(): Uint8Array<ArrayBuffer> | null {
    const free = empty.pop()
    if (free !== undefined) return new Uint8Array(free)
    if (made === mostTrays) return null
    made += 1
    return new Uint8Array(traySize)
  }

  /** Answers with what did not fit. */
  function fill(message: number, bytes: Uint8Array): Uint8Array {
    tray ??= takeTray()
    if (tray === null) return bytes
    const fits = bytes.subarray(0, traySize - used)
    tray.set(fits, used)
    const last = steps.at(-1)
    if (last?.do === 'write' && last.message === message) last.length += fits.byteLength
    else steps.push({ do: 'write', message, from: used, length: fits.byteLength })
    used += fits.byteLength
    if (used === traySize) flush()
    return bytes.subarray(fits.byteLength)
  }

  function begin(path: string): MessageOnItsWay {
    wake()
    const message = (count += 1)
    const ending = Promise.withResolvers<Outcome<FiledMessage>>()
    // Whoever waits for it is told; until then a bug must not count as nobody's.
    ending.promise.catch(() => undefined)
    underway.set(message, ending)
    steps.push({ do: 'open', message, path })

    function write(piece: Uint8Array): void | Promise<void> {
      let left = piece
      while (left.byteLength > 0 && underway.has(message)) {
        const before = left.byteLength
        left = fill(message, left)
        if (left.byteLength === before) return new Promise<void>((resolve) => waiting.push(resolve)).then(() => write(left))
      }
    }

    return {
      write,
      finish: () => void steps.push({ do: 'finish', message }),
      async drop() {
        if (underway.has(message)) steps.push({ do: 'drop', message })
        flush()
        await ending.promise
      },
      filed: ending.promise,
    }
  }

  function prepare(): void {
    wake()
    if (underway.size === 0) rest()
  }

  return { prepare, begin, flush }
}

function outcomeOf(news: Filed): Outcome<FiledMessage> {
  if ('headers' in news) return done(news)
  return news.refusal === null ? failed('job.cancelled') : refused(systemFailure(news.refusal, 'mail'))
}
