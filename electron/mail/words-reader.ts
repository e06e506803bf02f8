/**
 * Has messages' words read in a worker thread, in order, and stands by while that goes on:
 *
 *   request ─▶ thread ── answers ─────────────────────────────────────▶ words, or null: it cannot be read
 *                └────── dies, runs out of memory, or 10 s of silence ─▶ null for the message in hand; a new thread does the rest
 *
 * So a message costs at most one thread, and never the main one.
 */
import { Worker } from 'node:worker_threads'
import type { MessageWords } from './read-words.ts'
import type { WordsAnswer, WordsRequest } from './serve-words.ts'

export interface WordsReader {
  /** Rejects only where no thread can be started at all. */
  read(request: WordsRequest): Promise<MessageWords | null>
  /** What is still asked for is answered with null. */
  close(): void
}

export interface WordsReaderOptions {
  /** The thread's program. */
  readonly thread?: URL
  /** The longest one message may take, milliseconds. */
  readonly patience?: number
}

interface Asked {
  readonly request: WordsRequest
  readonly resolve: (words: MessageWords | null) => void
  readonly reject: (error: Error) => void
}

/** A thread that needs more than this is in trouble, MB; a message's own bytes come on top. */
const memoryLimit = 128

export function createWordsReader({ thread = new URL('./words-thread.ts', import.meta.url), patience = 10_000 }: WordsReaderOptions = {}): WordsReader {
  const asked: Asked[] = []
  let worker: Worker | null = null
  let ready = false
  let closed = false
  let timer: NodeJS.Timeout | undefined

  function start(): Worker {
    const started = new Worker(thread, { resourceLimits: { maxOldGenerationSizeMb: memoryLimit } })
    let error = new Error('the thread ended')
    ready = false
    started.on('message', (answer: WordsAnswer) => {
      if (answer === 'ready') ready = true
      else asked.shift()?.resolve(answer)
      watch()
    })
    started.on('error', (thrown: Error) => {
      error = thrown
    })
    started.on('exit', () => goOnWithout(error))
    return started
  }

  /** How long a thread takes to start says nothing about a message. */
  function watch(): void {
    clearTimeout(timer)
    if (ready && asked.length > 0) timer = setTimeout(() => void worker?.terminate(), patience)
  }

  function goOnWithout(error: Error): void {
    clearTimeout(timer)
    worker = null
    if (closed) return
    if (!ready) for (const { reject } of asked.splice(0)) reject(error)
    asked.shift()?.resolve(null)
    if (asked.length === 0) return
    worker = start()
    for (const { request } of asked) worker.postMessage(request)
  }

  return {
    read: (request) =>
      new Promise((resolve, reject) => {
        if (closed) return resolve(null)
        asked.push({ request, resolve, reject })
        worker ??= start()
        worker.postMessage(request)
        if (asked.length === 1) watch()
      }),
    close() {
      closed = true
      clearTimeout(timer)
      void worker?.terminate()
      for (const { resolve } of asked.splice(0)) resolve(null)
    },
  }
}
