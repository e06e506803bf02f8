/**
 * Puts a finished build in the place of the last one while programs may be running from it: every file arrives by one rename;
 * files with a hash in their name first, those that refer to them last. What older builds left stays for a week, because a
 * program that is running may still import it late.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

const keepOldFor = 7 * 24 * 3600 * 1000

export function publish(from: string, to: string): void {
  const files = filesBelow(from)
  const hashed = (file: string) => /-[\w-]{8}\.\w+$/.test(file)
  for (const file of [...files].sort((a, b) => Number(hashed(b)) - Number(hashed(a)))) {
    mkdirSync(dirname(join(to, file)), { recursive: true })
    renameSync(join(from, file), join(to, file))
  }
  const current = new Set(files)
  for (const file of filesBelow(to)) {
    if (!current.has(file) && Date.now() - statSync(join(to, file)).mtimeMs > keepOldFor) rmSync(join(to, file), { force: true })
  }
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
}
