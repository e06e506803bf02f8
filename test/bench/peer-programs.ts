/** The programs a bench measures against: brought with apt-get as root on Debian, named elsewhere. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { canInstall } from '../../build/test/test-programs.ts'

export interface PeerProgram {
  readonly debianPackage: string
  readonly path: string
}

/** Answers with the packages that are missing still. Nothing that is brought starts a service. */
export function bringPeerPrograms(wanted: readonly PeerProgram[]): readonly string[] {
  const missing = missingOf(wanted)
  if (missing.length === 0 || !canInstall()) return missing
  console.error(`bench: installing ${missing.join(' ')}`)
  const options = { stdio: ['ignore', 2, 2] as ['ignore', number, number], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  spawnSync('apt-get', ['update', '-qq'], options)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', '--no-remove', '-o', 'DPkg::Lock::Timeout=120', ...missing], options)
  return missingOf(wanted)
}

export function versionsOf(wanted: readonly PeerProgram[]): string {
  const names = wanted.map(({ debianPackage }) => debianPackage)
  const asked = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${Version}, ', ...names], { encoding: 'utf8' })
  return (asked.stdout ?? '').replace(/, $/, '')
}

function missingOf(wanted: readonly PeerProgram[]): readonly string[] {
  return wanted.filter(({ path }) => !isExecutable(path)).map(({ debianPackage }) => debianPackage)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
