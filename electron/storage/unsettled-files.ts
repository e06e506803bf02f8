/**
 * The journal of files in motion, for the rooms that keep one file per row. A file that no row knows proves nothing: the
 * database may be new, or an older copy. So files are only deleted when this journal says that they are unfinished or were
 * given up, and never because a row is missing.
 *
 *   arriving: announce (noted, marker beside the files) ─▶ files PREFIX….eml ─▶ settle: their rows are written, the note goes
 *   leaving:  settle: their rows are deleted, each file is noted ─▶ file deleted, folder synced ─▶ the note goes
 *
 * A crash leaves notes, and what they stand for is cleared away at the next start. An arrival's files are deleted only where
 * its marker is still there too: a copy of the database made in mid-arrival knows nothing of how that ended, the folder does.
 * Prefixes and names are drawn anew each time and never used again, so an old note cannot hit a newer file.
 */
import { readdir, unlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { done, type Outcome, refused } from '../../shared/failures/failure.ts'
import type { DataFolder } from './data-folder.ts'
import { type Database, transaction } from './database.ts'
import { makeFolder } from './durable-files.ts'
import { storageFailure } from './storage-failure.ts'
import { systemCodeOf } from './system-code.ts'
import { syncFolder } from './write-durably.ts'

/** All paths here are relative to the room's folder, with '/'. */
export interface UnsettledFiles {
  /** Makes the folder. Once it is done, files may be written whose paths are `prefix`, anything, `.eml`. */
  announce(prefix: string): Promise<Outcome<void>>
  /**
   * What `work` does to the rows, the end of this arrival, and the notes of the files `work` lets go, in one transaction; those
   * files are deleted when it resolves. A failure says that the transaction failed.
   */
  settle<T>(arrived: string | null, work: (letGo: (files: readonly string[]) => void) => T): Promise<Outcome<T>>
  /** The arrival is given up: its files are deleted, except those a row knows. */
  withdraw(prefix: string): Promise<void>
  /** Does a note cover this file? Then it may be without a row, or go at any moment. */
  isInMotion(file: string): boolean
  /** What the last process left is cleared away, as far as it can be. */
  readonly swept: Promise<void>
}

export interface UnsettledFilesOptions {
  readonly database: Database
  readonly folder: DataFolder
  readonly room: 'mail' | 'outbox'
  /** Is there a row for this file? Then it stays, whatever was noted. */
  readonly isKnown: (file: string) => boolean
}

/** A note comes from a file on disk: none leads out of the room, or to anything that was not made here. */
const notedPrefix = /^(?:[\w-]+\/)+[\w-]+[-.]$/
const notedFile = /^(?:[\w-]+\/)+[\w-]+(?:\.eml|[-.]arriving)$/

/** So many are deleted before their notes go: others want the disk too. */
const atOnce = 256

/** Clears away what the last process left, at once but in the background; the first announcement waits for it. */
export function unsettledFiles({ database, folder, room, isKnown }: UnsettledFilesOptions): UnsettledFiles {
  const note = database.prepare('INSERT OR IGNORE INTO unsettled_file (room, path, motion) SELECT ?, value, ? FROM json_each(?)')
  const forget = database.prepare('DELETE FROM unsettled_file WHERE room = ? AND path IN (SELECT value FROM json_each(?))')
  const noted = database.prepare('SELECT path FROM unsettled_file WHERE room = ? AND motion = ? ORDER BY path')
  const covering = database.prepare(
    `SELECT 1 FROM unsettled_file WHERE room = ?1 AND (motion = 'leaving' AND path = ?2 OR motion = 'arriving' AND substr(?2, 1, length(path)) = path)`,
  )
  const absolute = (path: string): string => join(folder[room], path)
  const markerOf = (prefix: string): string => `${prefix}arriving`

  const pathsIn = (motion: 'arriving' | 'leaving', ours: RegExp): readonly string[] =>
    noted.all(room, motion).map((row) => String(row['path'])).filter((path) => ours.test(path))

  // Read before anything new can be noted.
  const swept = sweep(pathsIn('arriving', notedPrefix), pathsIn('leaving', notedFile))

  async function sweep(prefixes: readonly string[], files: readonly string[]): Promise<void> {
    for (const prefix of prefixes) await withdraw(prefix)
    await remove(files)
  }

  async function announce(prefix: string): Promise<Outcome<void>> {
    await swept
    try {
      await makeFolder(dirname(absolute(prefix)), folder.root)
      note.run(room, 'arriving', JSON.stringify([prefix]))
      await writeFile(absolute(markerOf(prefix)), '', { flag: 'wx', mode: 0o600 })
      return done(undefined)
    } catch (error) {
      await withdraw(prefix)
      return refused(storageFailure(error, room))
    }
  }

  async function settle<T>(arrived: string | null, work: (letGo: (files: readonly string[]) => void) => T): Promise<Outcome<T>> {
    let leaving: readonly string[] = []
    function letGo(files: readonly string[]): void {
      const ours = files.filter((file) => notedFile.test(file))
      note.run(room, 'leaving', JSON.stringify(ours))
      leaving = leaving.concat(ours)
    }
    try {
      const result = transaction(database, () => {
        const worked = work(letGo)
        if (arrived !== null) {
          forget.run(room, JSON.stringify([arrived]))
          letGo([markerOf(arrived)])
        }
        return worked
      })
      await remove(leaving)
      return done(result)
    } catch (error) {
      return refused(storageFailure(error, room))
    }
  }

  function withdraw(prefix: string): Promise<void> {
    return orAtNextStart(async () => {
      const place = dirname(prefix)
      const files = (await filesIn(place)).filter((file) => file.startsWith(prefix))
      if (files.includes(markerOf(prefix))) {
        const unfinished = files.filter((file) => file.endsWith('.eml') && !isKnown(file))
        await Promise.all(unfinished.map((file) => unlinkIfThere(absolute(file))))
        // Last: without it, the others would stay for ever.
        await unlinkIfThere(absolute(markerOf(prefix)))
        await syncFolder(absolute(place))
      }
      forget.run(room, JSON.stringify([prefix]))
    })
  }

  async function remove(files: readonly string[]): Promise<void> {
    for (let from = 0; from < files.length; from += atOnce) {
      await orAtNextStart(async () => {
        const some = files.slice(from, from + atOnce)
        const unknown = some.filter((file) => !isKnown(file))
        await Promise.all(unknown.map((file) => unlinkIfThere(absolute(file))))
        await Promise.all([...new Set(unknown.map((file) => dirname(absolute(file))))].map(syncFolderIfThere))
        forget.run(room, JSON.stringify(some))
      })
    }
  }

  /** What cannot be done now keeps its note. */
  async function orAtNextStart(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      // Closed while this was under way: the program ends.
      if (database.isOpen) storageFailure(error, room)
    }
  }

  async function filesIn(place: string): Promise<readonly string[]> {
    const entries = await unlessGone(readdir(absolute(place), { withFileTypes: true }), [])
    return entries.filter((entry) => entry.isFile()).map(({ name }) => `${place}/${name}`)
  }

  return { announce, settle, withdraw, isInMotion: (file) => covering.get(room, file) !== undefined, swept }
}

function unlinkIfThere(path: string): Promise<void> {
  return unlessGone(unlink(path), undefined)
}

function syncFolderIfThere(path: string): Promise<void> {
  return unlessGone(syncFolder(path), undefined)
}

async function unlessGone<T>(work: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return otherwise
    throw error
  }
}
