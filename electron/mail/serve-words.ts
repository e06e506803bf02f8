/** The worker thread's side of reading messages' words: files named by the main thread are answered in order. */
import { closeSync, openSync, readSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import type { MessageWords, readWords } from './read-words.ts'

export interface WordsRequest {
  /** Absolute. */
  readonly path: string
  /** Bytes. */
  readonly size: number
}

/** `ready` once, at the start; then one answer per request. null = it cannot be read. */
export type WordsAnswer = 'ready' | MessageWords | null

/** So much of a message is looked at for its words, bytes. */
export const readLimit = 32 * 1024 * 1024

export function serveWords(read: typeof readWords): void {
  const answer = (words: WordsAnswer) => parentPort?.postMessage(words)
  parentPort?.on('message', ({ path, size }: WordsRequest) => {
    try {
      answer(read(startOf(path, size)))
    } catch {
      // A library that throws, or a file that is gone.
      answer(null)
    }
  })
  answer('ready')
}

function startOf(path: string, size: number): Uint8Array {
  const bytes = new Uint8Array(Math.min(size, readLimit))
  const file = openSync(path, 'r')
  try {
    let length = 0
    for (let read = -1; read !== 0 && length < bytes.length; length += read) read = readSync(file, bytes, length, bytes.length - length, length)
    return bytes.subarray(0, length)
  } finally {
    closeSync(file)
  }
}
