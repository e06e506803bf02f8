/**
 * A folder that electron-builder takes for an unpacked Electron: what it copies, renames and patches is there, a program is
 * not. The executable carries the fuse wire (sentinel, version, length, one byte a fuse), so that fuses are really set in it.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX' // as in @electron/fuses
const fuses = 8

export function makeElectronStandIn(folder: string): string {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'resources'), { recursive: true })
  mkdirSync(join(folder, 'locales'))
  const wire = Buffer.concat([Buffer.from(fuseSentinel), Buffer.from([1, fuses]), Buffer.from('0'.repeat(fuses))])
  const program = Buffer.concat([Buffer.from('#!/bin/sh\necho "mailroom: a stand-in for Electron" >&2\nexit 69\n'), wire])
  writeFileSync(join(folder, 'electron'), program, { mode: 0o755 })
  for (const locale of ['en-US', 'nl']) writeFileSync(join(folder, 'locales', `${locale}.pak`), '')
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'chrome-sandbox', 'chrome_crashpad_handler']) writeFileSync(join(folder, name), '')
  return folder
}
