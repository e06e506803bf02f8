/**
 * Which mails were submitted, and how often, written down a second time outside the database: one line for each time a mail was marked as
 * submitting. It is with the system before the end of the message goes out, and synced soon after: what a power cut takes of the last moment
 * is what the database still knows. A database that is older than its folder (a backup put back, a write-ahead log
 * that was lost) brings back mails as ready that were sent long ago. The journal knows better.
 *
 *   outbox/2026-11/submitted      MAIL TIMES     beside the messages of the same month, so that it grows no further than they do
 *
 * Of several lines about a mail the last counts. The file is as long as it needs to be for a while, empty lines behind the last: a sync that
 * changes no length waits for nothing but its bytes. Only the folder's one owner writes.
 */
import fs from 'node:fs'
import { dirname, join } from 'node:path'
import type { OutgoingId } from '../../shared/model/outgoing-mail.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import { syncFolder } from '../storage/write-durably.ts'

export interface Submitted {
  readonly id: OutgoingId
  /** Of its message, relative to the outbox folder. */
  readonly file: string
  /** This time included. */
  readonly times: number
}

export interface SubmittedJournal {
  /** Throws what the disk says. */
  note(mails: readonly Submitted[]): void
  /** They were not submitted after all, this time. As far as the disk lets it be said. */
  takeBack(mails: readonly Submitted[]): void
  /** Of these, those that were submitted more often than is known, and how often more. */
  missedOf(mails: readonly Pick<Submitted, 'id' | 'file'>[], timesKnown: (id: OutgoingId) => number): readonly { readonly id: OutgoingId; readonly missed: number }[]
}

const entry = /^([\w-]+) (\d{1,9})$/

/** Milliseconds from a line to its sync, which is one for all lines of that time; and how long a journal stays open between mails that follow each other. */
const syncedWithin = 1000
const staysOpen = 5000

/** So far ahead the file is made longer, bytes: some 1,500 mails. */
const room = 64 * 1024
const lineEnd = 0x0a

interface OpenJournal {
  readonly file: number
  size: number
  /** Where the next line goes. */
  end: number
  syncing: NodeJS.Timeout | null
  readonly closing: NodeJS.Timeout
}

export function submittedJournal(root: string): SubmittedJournal {
  const journalOf = (file: string): string => join(root, dirname(file), 'submitted')
  const open = new Map<string, OpenJournal>()

  function opened(path: string): OpenJournal {
    const known = open.get(path)
    if (known !== undefined) return known
    const file = fs.openSync(path, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600)
    const { size } = fs.fstatSync(file)
    // Its name, once.
    void syncFolder(dirname(path)).catch(() => undefined)
    const closing = setTimeout(() => close(path), staysOpen).unref()
    const journal: OpenJournal = { file, size, end: endOf(file, size), syncing: null, closing }
    open.set(path, journal)
    return journal
  }

  function close(path: string): void {
    const journal = open.get(path)
    open.delete(path)
    if (journal === undefined) return
    if (journal.syncing !== null) clearTimeout(journal.syncing)
    fs.fdatasync(journal.file, () => fs.close(journal.file))
  }

  function syncSoon(journal: OpenJournal): void {
    journal.syncing ??= setTimeout(() => {
      journal.syncing = null
      fs.fdatasync(journal.file, () => undefined)
    }, syncedWithin).unref()
  }

  /** A line that a crash cut off ends where the next begins, and counts for nothing. */
  function write(path: string, mails: readonly Pick<Submitted, 'id' | 'times'>[]): void {
    const journal = opened(path)
    const lines = Buffer.from(`\n${mails.map(({ id, times }) => `${id} ${String(times)}\n`).join('')}`)
    if (journal.end + lines.length > journal.size) {
      writeAt(journal.file, Buffer.alloc(lines.length + room, lineEnd), journal.end)
      journal.size = journal.end + lines.length + room
    }
    writeAt(journal.file, lines, journal.end)
    journal.end += lines.length
    journal.closing.refresh()
    syncSoon(journal)
  }

  function read(path: string): ReadonlyMap<OutgoingId, number> {
    const times = new Map<OutgoingId, number>()
    if (!fs.existsSync(path)) return times
    for (const line of fs.readFileSync(path, 'latin1').split('\n')) {
      const [, id, often] = entry.exec(line) ?? []
      if (id !== undefined) times.set(id, Number(often))
    }
    return times
  }

  return {
    note(mails) {
      for (const [path, those] of Map.groupBy(mails, ({ file }) => journalOf(file))) write(path, those)
    },
    takeBack(mails) {
      try {
        for (const { id, file, times } of mails) write(journalOf(file), [{ id, times: times - 1 }])
      } catch (error) {
        storageFailure(error, 'outbox')
      }
    },
    missedOf(mails, timesKnown) {
      return [...Map.groupBy(mails, ({ file }) => journalOf(file))].flatMap(([path, those]) => {
        const noted = read(path)
        return those.filter(({ id }) => noted.has(id)).map(({ id }) => ({ id, missed: (noted.get(id) ?? 0) - timesKnown(id) })).filter(({ missed }) => missed > 0)
      })
    },
  }
}

function writeAt(file: number, bytes: Buffer, position: number): void {
  for (let from = 0; from < bytes.length; ) from += fs.writeSync(file, bytes, from, bytes.length - from, position + from)
}

/** Behind the last line that has something in it. */
function endOf(file: number, size: number): number {
  const start = Math.max(0, size - 2 * room)
  const tail = Buffer.alloc(size - start)
  const length = fs.readSync(file, tail, 0, tail.length, start)
  let end = length
  while (end > 0 && tail[end - 1] === lineEnd) end -= 1
  return start + end
}
