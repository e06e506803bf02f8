/**
 * Replaces a small file so that whatever happens, either the old or the new bytes are there, whole: a temporary file beside
 * it, fsync, rename, fsync of the folder. Others on the machine cannot read it (mode 0600).
 */
import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { done, type Outcome, refused } from '../../shared/failures/failure.ts'
import { storageFailure } from './storage-failure.ts'

/** What a killed process may have left of this, and of conf's own way of writing; for `ownDataFolder` to sweep. */
export const leftoverOfWriting = /\.json\.(?:[\da-f]{12}\.tmp|tmp-[\da-f]+)$/

export async function writeDurably(path: string, bytes: string | Uint8Array): Promise<Outcome<void>> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
    await syncFolder(dirname(path))
    return done(undefined)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    return refused(storageFailure(error, basename(path)))
  }
}

/** Makes new, renamed and removed entries of a folder durable. Windows has no such thing and needs none. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
