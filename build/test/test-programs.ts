/** The programs that the tests need besides the lab's servers, which names its own: a browser, a screen without a screen, fonts. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

interface TestProgram {
  readonly debianPackage: string
  readonly isThere: () => boolean
}

const programs: readonly TestProgram[] = [
  { debianPackage: 'chromium', isThere: () => ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'].some(inPath) || inEnvironment('MAILROOM_BROWSER') },
  { debianPackage: 'xvfb', isThere: () => inPath('Xvfb') },
  { debianPackage: 'iproute2', isThere: () => inPath('ss') },
  { debianPackage: 'fonts-liberation', isThere: () => ['/usr/share/fonts', '/usr/local/share/fonts'].some((folder) => existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => /\.(ttf|otf)$/.test(String(name)))) },
]

export function missingTestPackages(): readonly string[] {
  return programs.filter((program) => !program.isThere()).map((program) => program.debianPackage)
}

export function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && inPath('apt-get')
}

/** As root on Debian. Answers with what is missing still. */
export function installTestPackages(): readonly string[] {
  const missing = missingTestPackages()
  if (missing.length === 0 || !canInstall()) return missing
  const options = { stdio: ['ignore', 2, 2] as ['ignore', number, number], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  console.error(`mailroom: installing what the tests need: ${missing.join(' ')}`)
  updateLists()
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', '--no-remove', '-o', 'DPkg::Lock::Timeout=120', ...missing], options)
  return missingTestPackages()
}

/** Another apt may be at work for a minute or two; it can be told to wait for dpkg's lock, but not for that of its lists. */
function updateLists(): void {
  for (let tries = 0; tries < 60; tries++) {
    const { status, stderr } = spawnSync('apt-get', ['update', '-qq'], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
    if (status === 0) return
    if (!stderr.includes('get lock')) return console.error(stderr)
    spawnSync('sleep', ['2'])
  }
}

function inPath(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).concat('/usr/bin', '/usr/sbin').some((folder) => isExecutable(join(folder, name)))
}

function inEnvironment(name: string): boolean {
  const path = process.env[name]
  return path !== undefined && isExecutable(path)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
