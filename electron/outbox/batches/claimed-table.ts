/**
 * A table that one program has taken for itself. Two that watch the same folder, on two machines, would both read it, and all its mails
 * would go out twice; so whoever takes it renames it first: `may.csv` → `may.csv.1a2b3c4d.taken`. Only one can. The mark is a program's own,
 * and stays: after a crash it finds what it had taken, and leaves alone what others have.
 */
import { lstat, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCodeOf } from '../../storage/system-code.ts'

export function claimName(table: string, mark: string): string {
  return `${table}.${mark}.taken`
}

/** The table that was taken under this name, by whoever has that mark; null = it is none of theirs. */
export function tableClaimed(name: string, mark: string): string | null {
  const end = `.${mark}.taken`
  return name.endsWith(end) && name.length > end.length ? name.slice(0, -end.length) : null
}

/** Answers with its path; null = it is gone, or another program was first. */
export async function claimTable(root: string, table: string, mark: string): Promise<string | null> {
  const claimed = join(root, claimName(table, mark))
  if (await isThere(claimed)) return claimed
  try {
    await rename(join(root, table), claimed)
    return claimed
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return null
    throw error
  }
}

/** For a later time. A table that was put there under its name meanwhile stays, and this one keeps its mark. */
export async function returnTable(root: string, table: string, mark: string): Promise<void> {
  if (!(await isThere(join(root, table)))) await rename(join(root, claimName(table, mark)), join(root, table))
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(() => true, () => false)
}
