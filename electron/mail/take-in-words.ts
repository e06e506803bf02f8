/**
 * The side of the worker thread that writes the search index: reads the words of what is not in, the newest message first, and
 * writes them, many messages a transaction. The stretch of ids they make up is noted in the same transaction, so whenever this is
 * cut off, no message's words are forgotten or in twice.
 */
import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { type Failure, failure } from '../../shared/failures/failure.ts'
import type { MessageKey } from '../../shared/model/message.ts'
import { transaction } from '../storage/database.ts'
import { openForIndexing, type SearchPlaces } from '../storage/search-file.ts'
import { isDamaged, storageFailure } from '../storage/storage-failure.ts'
import { accountWord, headerWords } from './header-words.ts'
import type { MessageWords, readWords } from './read-words.ts'
import { type Gap, noEnd, takenIn } from './taken-in.ts'

/** The thread's `workerData`. */
export interface IndexOrder {
  readonly places: SearchPlaces
  /** The folder of all mail. */
  readonly root: string
  /** Messages no thread survives: they get their header words only. */
  readonly setAside: readonly MessageKey[]
}

export type IndexReport =
  | { readonly is: 'waiting'; readonly count: number }
  /** The message in hand, from before it is opened until the next; null = none. */
  | { readonly is: 'reading'; readonly id: MessageKey | null }
  /** In the index from now on, `skipped` with their header words only: their subjects. */
  | { readonly is: 'taken-in'; readonly count: number; readonly skipped: readonly string[] }
  /** Words of messages that are gone are out of the index. */
  | { readonly is: 'let-go'; readonly ids: readonly MessageKey[] }
  | { readonly is: 'failed'; readonly failure: Failure }
  | { readonly is: 'done' }

/** One transaction takes so many messages, characters and milliseconds, whichever comes first: what is lost when the thread is. */
const groupMessages = 500
const groupCharacters = 4 * 1024 * 1024
const groupTime = 500

/** So much of a message is looked at for its words, bytes. */
const readLimit = 32 * 1024 * 1024

interface Row {
  readonly id: MessageKey
  readonly file: string
  readonly size: number
  readonly header: readonly [subject: string, sender: string, recipients: string]
  readonly account: string
}

export function takeInWords(read: typeof readWords): void {
  const report = (news: IndexReport) => parentPort?.postMessage(news)
  try {
    takeIn(workerData as IndexOrder, read, report)
    report({ is: 'done' })
  } catch (error) {
    const name = 'search.db'
    report({ is: 'failed', failure: isDamaged(error) ? failure('storage.damaged', { name }) : storageFailure(error, name) })
  }
}

function takeIn({ places, root, setAside }: IndexOrder, read: typeof readWords, report: (news: IndexReport) => void): void {
  const { messages, index } = openForIndexing(places)
  const taken = takenIn(index)
  const countIn = messages.prepare('SELECT count(*) AS n FROM message WHERE id > ? AND id < ?')
  const newestIn = messages.prepare(`SELECT id, file, size, ${headerWords}, ${accountWord} FROM message WHERE id > ? AND id < ? ORDER BY id DESC LIMIT ?`)
  const leftovers = messages.prepare('SELECT id FROM search_leftover LIMIT ?')
  const insert = index.prepare('INSERT INTO message_words (rowid, subject, sender, recipients, text, attachments, account) VALUES (?, ?, ?, ?, ?, ?, ?)')
  const countLetGo = index.prepare('UPDATE whose SET let_go = let_go + 1')
  const remove = index.prepare('DELETE FROM message_words WHERE rowid = ?')

  report({ is: 'waiting', count: taken.gaps().reduce((sum, { after, before }) => sum + Number(countIn.get(after, before)?.['n']), 0) })
  letGo()
  for (let gap = newestGap(); gap !== null; gap = newestGap()) takeGroup(gap)
  index.close()
  messages.close()

  /** Before anything is read: what a leftover names was not there any more when the rows below are looked at. */
  function letGo(): void {
    const ids = leftovers.all(-1).map(({ id }) => Number(id))
    for (let from = 0; from < ids.length; from += groupMessages) {
      const some = ids.slice(from, from + groupMessages)
      transaction(index, () => {
        some.forEach((id) => remove.run(id))
        countLetGo.run()
      })
      report({ is: 'let-go', ids: some })
    }
  }

  /** The gap above all that is in has no end: it is one only while there is a message in it. */
  function newestGap(): Gap | null {
    return taken.gaps().find(({ after, before }) => before !== noEnd || newestIn.get(after, before, 1) !== undefined) ?? null
  }

  function takeGroup({ after, before }: Gap): void {
    const rows = newestIn.all(after, before, groupMessages).map(toRow)
    const end = performance.now() + groupTime
    const skipped: string[] = []
    let count = 0
    let characters = 0
    transaction(index, () => {
      for (const row of rows) {
        if (count > 0 && (characters > groupCharacters || performance.now() > end)) break
        const words = wordsOf(row)
        if (words === null) skipped.push(row.header[0])
        insert.run(row.id, ...row.header, words?.text ?? '', words?.attachments ?? '', row.account)
        count += 1
        characters += words?.text.length ?? 0
      }
      report({ is: 'reading', id: null })
      const isWholeGap = count === rows.length && rows.length < groupMessages
      const lowest = rows[count - 1]?.id ?? before
      taken.add(isWholeGap ? after + 1 : lowest, before === noEnd ? (rows[0]?.id ?? 0) : before - 1)
    })
    report({ is: 'taken-in', count, skipped })
  }

  /** null: it cannot be read. */
  function wordsOf({ id, file, size }: Row): MessageWords | null {
    if (setAside.includes(id)) return null
    report({ is: 'reading', id })
    try {
      return read(startOf(join(root, file), size))
    } catch {
      // A library that throws, or a file that is gone.
      return null
    }
  }
}

function toRow(row: Readonly<Record<string, unknown>>): Row {
  return { id: Number(row['id']), file: String(row['file']), size: Number(row['size']), header: [String(row['subject']), String(row['sender']), String(row['recipients'])], account: String(row['account']) }
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
