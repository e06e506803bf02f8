/**
 * Deletes what a crash left in a folder of message files: those no row knows, finished or not. Rows are written after their
 * files and deleted before them, so a file without a row was never acknowledged, or is meant to be gone.
 *
 * Only safe before this process writes its first file there, and while it owns the data folder. Folders are read without
 * following links, and only files whose names this program gives are touched.
 */
import type { Dirent } from 'node:fs'
import { readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'

/** `known` answers with the files (relative to `root`, with '/') that rows know in one folder. Resolves with how many are gone. */
export async function removeOrphans(root: string, known: (folder: string) => ReadonlySet<string>): Promise<number> {
  let removed = 0
  const pending = ['']
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const entries = await entriesOf(join(root, folder))
    const path = (entry: Dirent): string => (folder === '' ? entry.name : `${folder}/${entry.name}`)
    pending.push(...entries.filter((entry) => entry.isDirectory()).map(path))
    const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.eml'))
    const rows = files.length === 0 ? new Set<string>() : known(folder ?? '')
    for (const orphan of files.map(path).filter((file) => !rows.has(file))) {
      await unlink(join(root, orphan))
      removed += 1
    }
  }
  return removed
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
