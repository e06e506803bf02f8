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

/** `data-folder.in-use` where another process owns it, `data-folder.of-others` where something else is kept in it that could come to harm, or do some, `storage.failed` / `storage.full` where the disk refuses. */
export function ownDataFolder(folder: DataFolder): Outcome<OwnedDataFolder> {
  let lock: DatabaseSync | null = null
  try {
    const isShared = holdsOthers(folder.root)
    if (isShared && wouldHarm(folder.root)) return failed('data-folder.of-others', { name: folder.root })
    if (!isShared) makePrivateFolder(folder.root)
    for (const path of [folder.mail, folder.outbox, folder.spool, folder.log]) makePrivateFolder(path)
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
/** The folders it makes private and works in. */
const workplaces: ReadonlySet<string> = new Set(['mail', 'outbox', 'spool', 'drafts', 'log'])
/** `lost+found`: of a disk that holds nothing else. */
const own = /^(?:mail|outbox|spool|drafts|log|browser|vault\.json|lost\+found|(?:lock|mailroom|search)\.db.*|settings\..*|\..*)$/

/** What somebody else keeps in it is none of Mailroom's business: such a folder stays open to whom it was. Ours in it are closed each by itself. */
function holdsOthers(root: string): boolean {
  return existsSync(root) && statSync(root).isDirectory() && readdirSync(root).some((name) => !own.test(name) && !leftoverOfWriting.test(name))
}

/** `--data /var` must not empty the spool a system keeps there; and where others may rename what is ours, nothing of it is safe. */
function wouldHarm(root: string): boolean {
  const names = readdirSync(root)
  const isFirst = !names.some((name) => marks.has(name))
  return (isFirst && names.some((name) => workplaces.has(name))) || (statSync(root).mode & 0o022) !== 0
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
