/**
 * Takes what waits into the search index, newest first: reads each file, and writes the words of a few messages at a time.
 *
 * A message's words and the note that they are in stand in one transaction, so that none is taken in twice or forgotten,
 * wherever this is cut off. Transactions are small, with a rest after each: the window's own writes wait for them.
 */
import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { mailboxAddressSchema, type MessageKey } from '../../shared/model/message.ts'
import { type Database, transaction } from '../storage/database.ts'
import type { MessageWords, readWords } from './read-words.ts'
import { searchWords } from './search-words.ts'

/** What the thread says while it works. `begun`: from now on, whatever happens to the thread is this message's doing. */
export type IndexNews =
  | { readonly is: 'begun'; readonly id: MessageKey; readonly subject: string }
  | { readonly is: 'indexed'; readonly count: number }
  | { readonly is: 'skipped'; readonly subject: string }

export interface IndexingParts {
  readonly database: Database
  /** The folder of all mail. */
  readonly root: string
  readonly readWords: typeof readWords
  readonly tell: (news: IndexNews) => void
}

/** So much of a message is looked at for its words, bytes. */
export const readLimit = 32 * 1024 * 1024
/** One transaction takes so many characters or messages, whatever comes first: about 10 ms of work. */
const groupCharacters = 64 * 1024
const groupMessages = 32
/** After each, milliseconds for others to write. */
const rest = 2

const columns = z.object({
  id: z.number(),
  file: z.string(),
  size: z.number(),
  subject: z.string(),
  from_name: z.string().nullable(),
  from_address: z.string().nullable(),
  recipients: z.string(),
})
const addresses = z.array(mailboxAddressSchema)
type Waiting = z.infer<typeof columns>

export function indexWaiting({ database, root, readWords, tell }: IndexingParts): void {
  const waiting = database.prepare('SELECT id, file, size, subject, from_name, from_address, recipients FROM message WHERE indexed = 0 ORDER BY id DESC LIMIT 256')
  const note = database.prepare('UPDATE message SET indexed = 1 WHERE id = ? AND indexed = 0')
  const removeWords = database.prepare('DELETE FROM message_search WHERE rowid = ?')
  const insertWords = database.prepare('INSERT INTO message_search (rowid, subject, sender, recipients, text, attachments) VALUES (?, ?, ?, ?, ?, ?)')
  const clock = new Int32Array(new SharedArrayBuffer(4))

  let group: { readonly row: Waiting; readonly words: MessageWords }[] = []
  let characters = 0

  function writeGroup(): void {
    if (group.length === 0) return
    const count = transaction(database, () => group.filter(({ row, words }) => write(row, words)).length)
    group = []
    characters = 0
    tell({ is: 'indexed', count })
    Atomics.wait(clock, 0, 0, rest)
  }

  /** Nothing for a message that was deleted meanwhile. */
  function write(row: Waiting, { text, attachments }: MessageWords): boolean {
    if (note.run(row.id).changes === 0) return false
    const header = searchWords(row.subject, { name: row.from_name ?? '', address: row.from_address ?? '' }, addresses.parse(JSON.parse(row.recipients)))
    removeWords.run(row.id)
    insertWords.run(row.id, ...header, text, attachments)
    return true
  }

  function takeIn(row: Waiting): void {
    tell({ is: 'begun', id: row.id, subject: row.subject })
    let words: MessageWords
    try {
      words = readWords(startOf(join(root, row.file), row.size))
    } catch {
      // A library that throws, a file that cannot be read: that one message is found by its header only.
      if (setAside(database, row.id)) tell({ is: 'skipped', subject: row.subject })
      return
    }
    group.push({ row, words })
    characters += words.text.length
    if (characters >= groupCharacters || group.length >= groupMessages) writeGroup()
  }

  for (;;) {
    const rows = waiting.all()
    if (rows.length === 0) return
    for (const row of rows) takeIn(columns.parse(row))
    writeGroup()
  }
}

/** Found by its header only, from now on. Answers with whether it was still waiting. */
export function setAside(database: Database, id: MessageKey): boolean {
  return database.prepare('UPDATE message SET indexed = 2 WHERE id = ? AND indexed = 0').run(id).changes > 0
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
