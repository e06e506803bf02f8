/** Running other programs: as a step of our own, or in our place. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** As in sysexits.h. */
export const exitCode = { usage: 64, unavailable: 69 }

/** @param {string} text */
export function say(text) {
  process.stderr.write(`mailroom: ${text}\n`)
}

/**
 * The Node 24 that the `node` package brings, whatever Node runs this.
 * @param {string} root
 */
export function projectNode(root) {
  const own = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(own)) return own
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  say(`Node 24 is missing: the package "node" brought none for ${process.platform} ${process.arch}. Install Node 24 or later and try again.`)
  return process.exit(exitCode.unavailable)
}

/**
 * Runs a program to its end as one step of ours: what it prints goes to standard error. Answers with its exit code.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: Record<string, string>, timeout?: number, quiet?: boolean, shell?: boolean }} options
 * @returns {Promise<number>}
 */
export function runStep(program, args, { cwd, env = {}, timeout = 0, quiet = false, shell = false }) {
  return new Promise((resolve) => {
    const output = quiet ? 'ignore' : 2
    const child = spawn(program, args, { cwd, shell, timeout, killSignal: 'SIGKILL', env: { ...process.env, ...env }, stdio: ['ignore', output, output] })
    child.once('error', () => resolve(exitCode.unavailable))
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })
}

/**
 * Runs a program in our place: with our standard streams, every signal handed on, ending as it ends.
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<never>}
 */
export function runInstead(program, args) {
  const bin = fileURLToPath(new URL('../../node_modules/.bin', import.meta.url))
  const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` } })
  const handOn = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal)
  // A terminal sends Ctrl-C to the whole group: the child has it already, and twice would mean "at once".
  process.on('SIGINT', () => process.stdin.isTTY || handOn('SIGINT'))
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP', 'SIGUSR2'])) process.on(signal, handOn)
  return new Promise(() => {
    child.once('error', (error) => {
      say(`${program} did not start: ${error.message}`)
      process.exit(exitCode.unavailable)
    })
    child.once('exit', (code, signal) => {
      if (signal === null) process.exit(code ?? 1)
      process.removeAllListeners(signal)
      process.kill(process.pid, signal)
    })
  })
}
