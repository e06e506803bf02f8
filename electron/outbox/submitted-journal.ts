/**
 * Which mails were submitted, and how often, written down a second time outside the database: one line for each time a mail was marked as
 * submitting, synced before the end of its message goes out. A database that is older than its folder (a backup put back, a write-ahead log
 * that was lost) brings back mails as ready that were sent long ago. The journal knows better.
 *
 *   outbox/2026-11/submitted      MAIL TIMES     beside the messages of the same month, so that it grows no further than they do
 */
import fs from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { done, type Outcome, refused } from '../../shared/failures/failure.ts'
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
  /** Durable when it resolves. */
  note(mails: readonly Submitted[]): Promise<Outcome<void>>
  /** Of these, those that were submitted more often than is known, and how often more. */
  missedOf(mails: readonly Pick<Submitted, 'id' | 'file'>[], timesKnown: (id: OutgoingId) => number): readonly { readonly id: OutgoingId; readonly missed: number }[]
}

const entry = /^([\w-]+) (\d{1,9})$/

const open = promisify(fs.open)
const write = promisify(fs.write) as unknown as (file: number, bytes: Uint8Array) => Promise<{ bytesWritten: number }>
const sync = promisify(fs.fdatasync)
const close = promisify(fs.close)

export function submittedJournal(root: string): SubmittedJournal {
  const journalOf = (file: string): string => join(root, dirname(file), 'submitted')
  /** Journals whose names are known to be durable. */
  const named = new Set<string>()

  async function append(path: string, mails: readonly Submitted[]): Promise<void> {
    // A line that a crash cut off ends here, and counts for nothing.
    const lines = Buffer.from(mails.map(({ id, times }) => `\n${id} ${String(times)}`).join('') + '\n')
    const file = await open(path, 'a', 0o600)
    try {
      for (let from = 0; from < lines.length; ) from += (await write(file, lines.subarray(from))).bytesWritten
      await sync(file)
    } finally {
      await close(file)
    }
    if (named.has(path)) return
    await syncFolder(dirname(path))
    named.add(path)
  }

  function read(path: string): ReadonlyMap<OutgoingId, number> {
    const times = new Map<OutgoingId, number>()
    if (!fs.existsSync(path)) return times
    for (const line of fs.readFileSync(path, 'latin1').split('\n')) {
      const [, id, often] = entry.exec(line) ?? []
      if (id !== undefined) times.set(id, Math.max(times.get(id) ?? 0, Number(often)))
    }
    return times
  }

  return {
    async note(mails) {
      try {
        for (const [path, those] of Map.groupBy(mails, ({ file }) => journalOf(file))) await append(path, those)
        return done(undefined)
      } catch (error) {
        return refused(storageFailure(error, 'outbox'))
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
