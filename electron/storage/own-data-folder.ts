/**
 * Makes the data folder, readable by this user only, and this process its one owner.
 *
 * The lock is a SQLite database held in an exclusive transaction: the operating system's own file lock under it ends with
 * the process, however it ends, so there is no stale lock and no process id to guess about. Whoever finds it taken is
 * answered at once.
 */
import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { done, failed, type Outcome, refused } from '../../shared/failures/failure.ts'
import type { DataFolder } from './data-folder.ts'
import { isHeldByAnother, storageFailure } from './storage-failure.ts'
import { leftoverOfWriting } from './write-durably.ts'

export interface OwnedDataFolder {
  /** Gives the folder free. Safe to call twice. */
  release(): void
}

/** `data-folder.in-use` where another process owns it, `storage.failed` / `storage.full` where the disk refuses. */
export function ownDataFolder(folder: DataFolder): Outcome<OwnedDataFolder> {
  let lock: DatabaseSync | null = null
  try {
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
  mkdirSync(path, { recursive: true, mode: 0o700 })
  // A folder that was there before, or a umask, may have other ideas.
  chmodSync(path, 0o700)
}

/** What a process that was killed left half written: never the only copy of anything. */
function sweep(folder: DataFolder): void {
  for (const name of readdirSync(folder.spool)) rmSync(join(folder.spool, name), { recursive: true, force: true })
  for (const name of readdirSync(folder.root)) {
    if (leftoverOfWriting.test(name)) rmSync(join(folder.root, name), { force: true })
  }
}
