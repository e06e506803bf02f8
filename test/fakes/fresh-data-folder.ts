/** An empty data folder with an open database, on a clock that stands still until a test turns it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dataFolderAt } from '../../electron/storage/data-folder.ts'
import { openDatabase } from '../../electron/storage/open-database.ts'

export function freshDataFolder() {
  const folder = dataFolderAt(mkdtempSync(join(tmpdir(), 'mailroom-test-')))
  const opened = openDatabase(folder)
  if (!opened.ok) throw new Error(opened.failure.code)
  const clock = { at: new Date('2026-11-22T09:00:00.000Z') }
  return {
    folder,
    database: opened.value,
    clock,
    now: () => clock.at,
    remove() {
      opened.value.close()
      rmSync(folder.root, { recursive: true, force: true })
    },
  }
}
