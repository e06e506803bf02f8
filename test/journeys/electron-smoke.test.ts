/**
 * The program in the real Electron, wherever its binary is. Where it is not (it comes from a release page on first use, which
 * not every network lets through) this one suite is left out, aloud; the host is then proven against the stand-in only.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from 'playwright-core'
import { expect, test } from 'vitest'

const folders = [process.env['ELECTRON_OVERRIDE_DIST_PATH'], join(import.meta.dirname, '..', '..', 'node_modules', 'electron', 'dist')]
const names = ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron']
const binary = folders.flatMap((folder) => (folder === undefined ? [] : names.map((name) => join(folder, name)))).find((path) => existsSync(path))
if (binary === undefined) console.warn('LEFT OUT: the smoke test with the real Electron, because its binary is not on this machine')

test.runIf(binary !== undefined)('the real Electron shows the window, sandboxed, and ends when asked to', async () => {
  const root = await mkdtemp(join(tmpdir(), 'mailroom-electron-'))
  const program = await _electron.launch({
    executablePath: binary!,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), join(import.meta.dirname, '..', '..', 'dist', 'app', 'electron.js'), '--data', root],
  })
  const window = await program.firstWindow()
  await window.waitForSelector('h1')
  expect(window.url()).toBe('app://mailroom/')
  expect(await window.evaluate(() => [typeof Reflect.get(globalThis, 'require'), typeof Reflect.get(globalThis, 'mailroom')])).toEqual(['undefined', 'object'])
  await program.close()
  await rm(root, { recursive: true, force: true })
})
