/**
 * Takes what waits into the search index, newest first. The words are read in a worker thread; only writing them is done here,
 * a few messages at a time, so that no call from a window waits for more than one such group.
 *
 * A message's words and the note that they are in stand in one transaction: none is taken in twice or forgotten, wherever this
 * is cut off. Why not in the thread: docs/decisions/text-index.md.
 */
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { done, failed, type Outcome, refused } from '../../shared/failures/failure.ts'
import { type Database, redoableTransaction } from '../storage/database.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import type { MessageRows, WaitingRow } from './message-rows.ts'
import type { MessageWords } from './read-words.ts'
import type { WordsReader } from './words-reader.ts'

/** `subject`: of a message whose words cannot be had. */
export type IndexNews = { readonly is: 'indexed'; readonly count: number } | { readonly is: 'skipped'; readonly subject: string }

export interface IndexRun {
  readonly signal: AbortSignal
  readonly tell: (news: IndexNews) => void
}

export interface IndexingParts {
  readonly database: Database
  /** The folder of all mail. */
  readonly root: string
  readonly rows: Pick<MessageRows, 'waitingForIndex' | 'writeWords' | 'mergeWords' | 'setAside'>
  readonly reader: WordsReader
}

/** So many are with the thread at a time. */
const batchMessages = 64
/** One transaction takes so many characters and one message more: some milliseconds of work. */
const groupCharacters = 48 * 1024

type Read = { readonly row: WaitingRow; readonly words: MessageWords }

export async function indexWaiting(parts: IndexingParts, { signal, tell }: IndexRun): Promise<Outcome<void>> {
  const { rows, reader, root } = parts
  const close = () => reader.close()
  signal.addEventListener('abort', close, { once: true })
  try {
    let ahead = ask(rows.waitingForIndex(batchMessages))
    while (ahead.length > 0) {
      const batch = ahead
      // The thread has the next ones to read while these are written.
      ahead = ask(rows.waitingForIndex(batchMessages, batch.at(-1)?.row.id))
      await takeIn(batch)
      if (signal.aborted) return failed('job.cancelled')
      if (ahead.length === 0) ahead = ask(rows.waitingForIndex(batchMessages))
    }
    return done(undefined)
  } catch (error) {
    return refused(storageFailure(error, 'mailroom.db'))
  } finally {
    signal.removeEventListener('abort', close)
    close()
  }

  function ask(waiting: readonly WaitingRow[]) {
    return waiting.map((row) => {
      const words = reader.read({ path: join(root, row.file), size: row.size })
      // Whoever waits for it is told; until then a rejection must not count as nobody's.
      words.catch(() => {})
      return { row, words }
    })
  }

  async function takeIn(batch: ReturnType<typeof ask>): Promise<void> {
    let group: Read[] = []
    let characters = 0
    for (const { row, words: reading } of batch) {
      const words = await reading
      if (signal.aborted) return
      if (words === null) {
        if (rows.setAside(row.id)) tell({ is: 'skipped', subject: row.subject })
        continue
      }
      group.push({ row, words })
      characters += words.text.length
      if (characters < groupCharacters) continue
      await write(group)
      group = []
      characters = 0
    }
    if (!signal.aborted) await write(group)
  }

  async function write(group: readonly Read[]): Promise<void> {
    const count = redoableTransaction(parts.database, () => group.filter(({ row, words }) => rows.writeWords(row, words)).length)
    if (count > 0) tell({ is: 'indexed', count })
    do await turn()
    while (!signal.aborted && redoableTransaction(parts.database, rows.mergeWords))
  }
}
