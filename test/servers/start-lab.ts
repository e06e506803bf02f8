/**
 * vitest's global set-up of every suite that talks to real servers. One lab serves the whole run, in a directory and on ports
 * of its own, and is ended and deleted with it. Its settings go into the environment that the test processes inherit, with the
 * lab's CA among the trusted ones and the lab's keyring as the session's: no test touches the keychain of whoever runs it.
 *
 * A lab that already runs is used, and left running, when LAB_DIR points at it. As root on Debian missing packages are
 * installed; elsewhere `vitest.config.ts` leaves these suites out and says so, and under CI=true the run fails.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canInstall } from '../../build/test/test-programs.ts'

const script = join(import.meta.dirname, 'lab')
const services = ['dovecot', 'postfix', 'sink', 'keyring', 'oidc']
const directoryPrefix = 'mailroom-tests-'

export async function setup(): Promise<(() => void) | undefined> {
  const running = process.env['LAB_DIR'] // whoever runs the tests has named it, or another suite of this run has started it
  if (running !== undefined) {
    adoptLab(running)
    return undefined
  }
  removeAbandonedLabs()
  const directory = join(tmpdir(), `${directoryPrefix}${process.pid}`)
  const port = await freeBasePort()
  const install = canInstall() ? ['--install'] : []
  const up = spawnSync(script, ['up', ...install, ...services], { env: labEnvironment(directory, port), stdio: ['ignore', 'inherit', 'inherit'] })
  if (up.status !== 0) {
    end(directory)
    throw new Error(`the lab of real servers did not start (lab up ended with ${up.status ?? up.signal})`)
  }
  adoptLab(directory)
  return () => end(directory)
}

/** Only the lab's own settings are left of the caller's LAB_ variables. */
function labEnvironment(directory: string, port?: number): NodeJS.ProcessEnv {
  return { ...process.env, LAB_DIR: directory, ...(port === undefined ? {} : { LAB_PORT: String(port) }) }
}

function adoptLab(directory: string): void {
  const printed = execFileSync(script, ['run', 'env', '-0'], { env: labEnvironment(directory), encoding: 'utf8' })
  for (const line of printed.split('\0')) {
    const at = line.indexOf('=')
    const name = line.slice(0, at)
    if (name.startsWith('LAB_')) process.env[name] = line.slice(at + 1)
  }
  process.env['NODE_EXTRA_CA_CERTS'] = process.env['LAB_CA']
  process.env['DBUS_SESSION_BUS_ADDRESS'] = process.env['LAB_DBUS_ADDRESS']
}

function end(directory: string): void {
  spawnSync(script, ['down'], { env: labEnvironment(directory), stdio: ['ignore', 'inherit', 'inherit'] })
  rmSync(directory, { recursive: true, force: true })
}

/** A run that was killed could not end its lab. Its directory is named after a process that is no more. */
function removeAbandonedLabs(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(directoryPrefix) ? Number(name.slice(directoryPrefix.length)) : Number.NaN
    if (Number.isInteger(pid) && pid > 0 && !existsSync(`/proc/${pid}`)) end(join(tmpdir(), name))
  }
}

/** A base port below the range that the system hands out, with every port of the lab free at this moment. */
async function freeBasePort(): Promise<number> {
  const offsets = [...readFileSync(join(import.meta.dirname, 'templates', 'ports'), 'utf8').matchAll(/^LAB_\w+\s+(\d+)/gm)].map((row) => Number(row[1]))
  for (let base = 22_000 + (process.pid % 9) * 1000, tried = 0; tried < 9; tried++, base = base >= 30_000 ? 22_000 : base + 1000) {
    const free = await Promise.all(offsets.map((offset) => isFree(base + offset)))
    if (free.every(Boolean)) return base
  }
  throw new Error('no thousand ports in a row are free between 22000 and 31000 for the lab')
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
