import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import { dataFolderAt, type DataFolder } from '../../electron/storage/data-folder.ts'
import { openSettings } from '../../electron/storage/open-settings.ts'
import { ownDataFolder } from '../../electron/storage/own-data-folder.ts'
import { settingsSchema } from '../../electron/storage/settings.ts'

const kills = 50

/** Lets a child change settings, kills it somewhere after its `changes`th change, and answers with the last number it said was durable. */
async function changeAndKill(folder: DataFolder, changes: number, delayMicroseconds: number): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'change-settings-for-ever.ts'), folder.root], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  let said = 0
  let seen = 0
  createInterface({ input: child.stdout }).on('line', (line) => {
    said = Number(line)
    if (++seen === changes) {
      // A few hundred microseconds more or less decide which step of a change is hit.
      const until = performance.now() + delayMicroseconds / 1000
      while (performance.now() < until);
      child.kill('SIGKILL')
    }
  })
  const [, signal] = await ended
  // Anything else than our kill is a failure of the child's own, and it has said which.
  expect(`${String(signal)}${errors.replaceAll(/^.*(?:ExperimentalWarning|--trace-warnings).*\n/gm, '')}`).toBe('SIGKILL')
  return said
}

it(`a kill -9 at any moment leaves settings that parse and hold every change that was acknowledged (${kills} kills)`, { timeout: 300_000 }, async () => {
  const folder = dataFolderAt(await mkdtemp(join(tmpdir(), 'mailroom-crash-settings-')))
  for (let kill = 0; kill < kills; kill++) {
    const said = await changeAndKill(folder, 1 + Math.floor(Math.random() * 8), Math.random() * 6000)
    const settings = settingsSchema.parse(JSON.parse(await readFile(folder.settings, 'utf8')))
    // One more than was said may be there: the change was durable and the process died before it could say so.
    expect(Number(settings.organization.name)).toBeGreaterThanOrEqual(said)
  }
  const owned = ownDataFolder(folder)
  expect(owned.ok).toBe(true)
  const opened = await openSettings(folder)
  expect(opened).toMatchObject({ ok: true, value: { setAside: null } })
  expect((await readdir(folder.root)).filter((name) => /tmp|damaged/.test(name))).toEqual([])
  if (owned.ok) owned.value.release()
  await rm(folder.root, { recursive: true, force: true })
})
