/**
 * Makes the data folder, readable by this user only, and this process its one owner.
 *
 * The lock is a SQLite database held in an exclusive transaction: the operating system's own file lock under it ends with
 * the process, however it ends, so there is no stale lock and no process id to guess about. Whoever finds it taken is
 * answered at once.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { done, failed, type Outcome, refused } from '../../shared/failures/failure.ts'
import type { DataFolder } from './data-folder.ts'
import { isHeldByAnother, storageFailure } from './storage-failure.ts'
import { leftoverOfWriting } from './write-durably.ts'

export interface OwnedDataFolder {
  /** Gives the folder free. Safe to call twice. */
  release(): void
}

/** `data-folder.in-use` where another process owns it, `data-folder.of-others` where something else is kept in it, `storage.failed` / `storage.full` where the disk refuses. */
export function ownDataFolder(folder: DataFolder): Outcome<OwnedDataFolder> {
  let lock: DatabaseSync | null = null
  try {
    if (isOfOthers(folder.root)) return failed('data-folder.of-others', { name: folder.root })
    for (const path of [folder.root, folder.mail, folder.outbox, folder.spool, folder.log]) makePrivateFolder(path)
    // Never open, copy or back up this file by other means in the process that holds it: closing any handle of it drops a POSIX lock.
    lock = new DatabaseSync(folder.lock, { timeout: 0 })
    lock.exec('BEGIN EXCLUSIVE')
    chmodSync(folder.lock, 0o600)
    sweep(folder)
  } catch (error) {
    if (lock?.isOpen) lock.close()
    if (isHeldByAnother(error)) return failed('data-folder.in-use', { name: folder.root })
    return refused(storageFailure(error, basename(folder.root)))
  }
  const held = lock
  return done({
    release() {
      if (held.isOpen) held.close()
    },
  })
}

function makePrivateFolder(path: string): void {
  makeFolderAt(path)
  // A folder that was there before, or a umask, may have other ideas.
  chmodSync(path, 0o700)
}

/** Each Mailroom that ran in a folder left one of these there. */
const marks: ReadonlySet<string> = new Set(['lock.db', 'settings.json', 'mailroom.db'])
/** What may stand in a folder that Mailroom has only just begun with, or that was put back by hand. */
const own: ReadonlySet<string> = new Set(['mail', 'outbox', 'spool', 'drafts', 'log', 'browser', 'vault.json', 'lost+found'])

/** It is closed to everybody else, and its spool is emptied: `--data /var` must not do that to what a system keeps there. */
function isOfOthers(root: string): boolean {
  if (!existsSync(root) || !statSync(root).isDirectory()) return false
  const names = readdirSync(root)
  return !names.some((name) => marks.has(name)) && names.some((name) => !own.has(name) && !name.startsWith('.') && !name.startsWith('settings.'))
}

/** With what is missing above it. Node's own way to do so never ends where a folder takes no other, such as below /proc (24.9). */
function makeFolderAt(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && statSync(path).isDirectory()) return
    if (code !== 'ENOENT' || existsSync(dirname(path))) throw error
    makeFolderAt(dirname(path))
    mkdirSync(path, { mode: 0o700 })
  }
}

/** What a process that was killed left half written: never the only copy of anything. */
function sweep(folder: DataFolder): void {
  for (const name of readdirSync(folder.spool)) rmSync(join(folder.spool, name), { recursive: true, force: true })
  for (const name of readdirSync(folder.root)) {
    if (leftoverOfWriting.test(name)) rmSync(join(folder.root, name), { force: true })
  }
}
