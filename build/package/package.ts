/**
 * `npm run package`: a clean, complete build, and of it
 *   dist/package/electron/linux-unpacked/    the Electron host as electron-builder packs it (electron-builder.yml)
 *   dist/package/mailroom_VERSION_ARCH.deb   the Chromium and the terminal host for Debian and its relatives, with Node in it
 *
 * Neither needs the network. Where Electron's binary is not here, electron-builder packs around a stand-in: everything about
 * the package can be looked at but its running, and the last line says so. `--deb` or `--electron` makes one of the two;
 * `--target AppImage` and the like are handed to electron-builder, which downloads what they need.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundlePart } from '../bundle/bundle.ts'
import { packDeb } from './deb.ts'
import { makeElectronStandIn } from './electron-stand-in.ts'

const root = join(import.meta.dirname, '..', '..')
const output = join(root, 'dist', 'package')
const stage = join(output, 'stage')
const { values } = parseArgs({ options: { deb: { type: 'boolean' }, electron: { type: 'boolean' }, target: { type: 'string', multiple: true, default: ['dir'] } } })
const both = values.deb !== true && values.electron !== true

process.env['NODE_ENV'] = 'production'
rmSync(stage, { recursive: true, force: true })
mkdirSync(stage, { recursive: true })
await bundlePart('app', { dist: stage, complete: true })
await bundlePart('renderer', { dist: stage, complete: true })

const made: string[] = []
if (both || values.electron === true) made.push(packElectron(values.target))
if (both || values.deb === true) made.push(packDeb({ root, stage, output }))
for (const line of made) console.log(line)

function packElectron(targets: readonly string[]): string {
  const unpacked = join(root, 'node_modules', 'electron', 'dist')
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const real = [override, unpacked].find((folder) => folder !== undefined && existsSync(join(folder, 'resources')))
  const standIn = real === undefined && process.platform === 'linux' ? makeElectronStandIn(join(output, 'electron-stand-in')) : undefined
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')) as { readonly version: string }
  const platform = { linux: '--linux', darwin: '--mac', win32: '--win' }[process.platform as string] ?? '--linux'
  const electronDist = real ?? standIn
  const args = [
    join(root, 'node_modules', 'electron-builder', 'cli.js'), platform, ...targets, '--publish', 'never', `-c.electronVersion=${version}`,
    ...(electronDist === undefined ? [] : [`-c.electronDist=${electronDist}`]),
  ]
  const ended = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (ended.status !== 0) throw new Error(`electron-builder ended with ${ended.status ?? ended.signal}`)
  const where = join('dist', 'package', 'electron')
  return standIn === undefined ? where : `${where} (around a stand-in: Electron's own binary is not here, so this package does not start)`
}
