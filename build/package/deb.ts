/**
 * A Debian package of the Chromium host and the command line, made with `dpkg-deb` alone and the same byte for byte from the
 * same commit. It brings its own Node 24, because no Debian has one (docs/decisions/debian-package.md); the browser is a dependency.
 *
 *   /usr/lib/mailroom/…        the bundles, the keychain's native package, node
 *   /usr/bin/mailroom          the command line
 *   /usr/bin/mailroom-window   the window; also in the desktop's menu
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, lutimesSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

export interface DebOptions {
  readonly root: string
  /** A complete build. */
  readonly stage: string
  readonly output: string
}

/** Debian's name of a machine → Node's. */
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64', arm: 'armhf' }

/** Answers with the path of the package, below the root. */
export function packDeb({ root, stage, output }: DebOptions): string {
  const { version, description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string, readonly description: string }
  const architecture = architectures[process.arch]
  if (architecture === undefined) throw new Error(`no Debian architecture is known for ${process.arch}`)
  const tree = join(output, 'deb')
  rmSync(tree, { recursive: true, force: true })

  const program = join(tree, 'usr', 'lib', 'mailroom')
  for (const part of ['app', 'renderer', 'icons']) cpSync(join(stage, part), join(program, part), { recursive: true })
  for (const file of ['electron.js', 'preload.cjs']) rmSync(join(program, 'app', file), { force: true })
  copyKeyring(root, program)
  cpSync(join(root, 'node_modules', 'node', 'bin', 'node'), join(program, 'node'))
  write(join(program, 'package.json'), `${JSON.stringify({ name: 'mailroom', version, type: 'module', private: true })}\n`)

  write(join(tree, 'usr', 'bin', 'mailroom'), '#!/bin/sh\nexec /usr/lib/mailroom/node /usr/lib/mailroom/app/terminal.js "$@"\n', 0o755)
  write(join(tree, 'usr', 'bin', 'mailroom-window'), '#!/bin/sh\nexec /usr/lib/mailroom/node /usr/lib/mailroom/app/chromium.js "$@"\n', 0o755)
  write(join(tree, 'usr', 'share', 'applications', 'mailroom.desktop'), desktopEntry)
  for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
    cpSync(join(root, 'build', 'icons', `${size}.png`), join(tree, 'usr', 'share', 'icons', 'hicolor', `${size}x${size}`, 'apps', 'mailroom.png'))
  }
  cpSync(join(root, 'build', 'icons', 'mailroom.svg'), join(tree, 'usr', 'share', 'icons', 'hicolor', 'scalable', 'apps', 'mailroom.svg'))
  const documents = join(tree, 'usr', 'share', 'doc', 'mailroom')
  write(join(documents, 'copyright'), `${readFileSync(join(root, 'LICENSE'), 'utf8')}\nNode.js in /usr/lib/mailroom/node: https://github.com/nodejs/node/blob/main/LICENSE\nOther software in it: licences-program.md and licences-window.md in this folder.\n`)
  for (const [part, name] of [['app', 'licences-program.md'], ['renderer', 'licences-window.md']] as const) {
    cpSync(join(stage, part, 'licences.md'), join(documents, name))
    rmSync(join(program, part, 'licences.md'))
  }

  const installedSize = Math.ceil(sizeOf(tree) / 1024)
  write(join(tree, 'DEBIAN', 'control'), [
    'Package: mailroom', `Version: ${version}`, `Architecture: ${architecture}`, 'Section: mail', 'Priority: optional',
    'Maintainer: The Mailroom contributors <mailroom@example.org>', `Installed-Size: ${installedSize}`,
    'Depends: libc6 (>= 2.28), libstdc++6', 'Recommends: chromium | google-chrome-stable | microsoft-edge-stable, gnome-keyring | kwalletmanager | keepassxc',
    `Description: ${description.replace(/\.$/, '').split(':')[0] ?? ''}`, ' A wizard finds and proves the settings; passwords stay in the keychain of the system.',
    ' Mail is fetched byte for byte, and sent from an outbox that works offline.', '',
  ].join('\n'))

  const when = commitTime(root)
  settle(tree, when)
  const deb = join(output, `mailroom_${version}_${architecture}.deb`)
  const ended = spawnSync('dpkg-deb', ['--build', '--root-owner-group', '-Zgzip', '-z6', tree, deb], { stdio: ['ignore', 2, 2], env: { ...process.env, SOURCE_DATE_EPOCH: String(when) } })
  if (ended.status !== 0) throw new Error(ended.error === undefined ? `dpkg-deb ended with ${ended.status}` : `dpkg-deb is needed and did not start: ${ended.error.message}`)
  rmSync(tree, { recursive: true })
  return join('dist', 'package', basename(deb))
}

const desktopEntry = `[Desktop Entry]
Type=Application
Name=Mailroom
Comment=E-mail accounts, fetching and sending
Comment[nl]=E-mailaccounts, ophalen en verzenden
Exec=mailroom-window
Icon=mailroom
Terminal=false
Categories=Office;Email;Network;
StartupNotify=true
`

/** The binding for this machine, and no other. */
function copyKeyring(root: string, program: string): void {
  const from = join(root, 'node_modules', '@napi-rs')
  for (const name of readdirSync(from).filter((name) => name.startsWith('keyring') && !name.endsWith('-musl'))) {
    cpSync(join(from, name), join(program, 'node_modules', '@napi-rs', name), { recursive: true, filter: (file) => !/\.(md|d\.ts)$/.test(file) })
  }
}

function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text, { mode })
}

function commitTime(root: string): number {
  const given = process.env['SOURCE_DATE_EPOCH']
  if (given !== undefined) return Number(given)
  const git = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' })
  return git.status === 0 ? Number(git.stdout.trim()) : 0
}

/** One time and plain permissions for everything: what is left of the machine and the moment it was packed on. */
function settle(folder: string, seconds: number): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) settle(path, seconds)
    else {
      chmodSync(path, (statSync(path).mode & 0o100) === 0 ? 0o644 : 0o755)
      lutimesSync(path, seconds, seconds)
    }
  }
  chmodSync(folder, 0o755)
  lutimesSync(folder, seconds, seconds)
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => sum + (entry.isDirectory() ? sizeOf(join(folder, entry.name)) : statSync(join(folder, entry.name)).size), 0)
}
