/**
 * Lets this process kill itself (SIGKILL) just before its nth step: a step is any call that touches a file, the database or the network.
 * Import it before anything else. Says every step it makes on standard error, when asked to.
 */
import fs, { writeSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import { DatabaseSync, StatementSync } from 'node:sqlite'

// Node's functions are patched as untyped members: their overloads say nothing that matters here.
type Members = Record<string, (...parameters: unknown[]) => unknown>

const trace = process.env['TRACE_STEPS'] === '1'
const dieAt = Number(process.env['DIE_AT_STEP'] ?? Number.POSITIVE_INFINITY)
let step = 0
let counting = false

function patch(owner: object, names: readonly string[], describe: (name: string, parameters: readonly unknown[], self: unknown) => string): void {
  const members = owner as Members
  for (const name of names) {
    const original = members[name]!
    members[name] = function (this: unknown, ...parameters: unknown[]) {
      if (counting) {
        step += 1
        if (trace) writeSync(2, `${describe(name, parameters, this)}\n`)
        if (step >= dieAt) process.kill(process.pid, 'SIGKILL')
      }
      return original.apply(this, parameters)
    }
    // promisify reads from a symbol what the promise of such a function resolves to.
    Object.defineProperties(members[name], Object.getOwnPropertyDescriptors(Object.fromEntries(symbolsOf(original))))
  }
}

function symbolsOf(of: object): [symbol, unknown][] {
  return Object.getOwnPropertySymbols(of).map((symbol) => [symbol, (of as Record<symbol, unknown>)[symbol]])
}

const opened = new Map<unknown, string>()
const open = fs.open as unknown as (...parameters: unknown[]) => void
;(fs as unknown as Members)['open'] = (...parameters: unknown[]) => {
  const done = parameters.pop() as (error: unknown, file: number) => void
  open(...parameters, (error: unknown, file: number) => {
    opened.set(file, String(parameters[0]))
    done(error, file)
  })
}
patch(fs, ['open', 'write', 'fsync', 'close'], (name, [first]) => `${name} ${typeof first === 'number' ? opened.get(first) : String(first)}`)
patch(fs.promises, ['mkdir', 'writeFile', 'unlink', 'rmdir', 'open'], (name, [path]) => `${name} ${String(path)}`)
// What is heard and what is said: a socket takes what came in with `push`.
patch(net.Socket.prototype, ['push', 'write'], (name, [bytes]) => `${name === 'push' ? 'hear' : 'say'} ${String(bytes).split('\r\n')[0]}`)
patch(DatabaseSync.prototype, ['exec'], (_name, [sql]) => String(sql))
patch(StatementSync.prototype, ['run'], (_name, _parameters, self) => (self as StatementSync).sourceSQL.trim().split('\n')[0]!)
syncBuiltinESMExports()

/** Steps count from here on: opening the database is not what is tested. */
export function startCounting(): void {
  counting = true
}

/** What the outside world may rely on from now on. */
export function acknowledge(line: string): void {
  if (trace) writeSync(2, `= ${line}\n`)
  writeSync(1, `${line}\n`)
}

export function stepsMade(): number {
  return step
}
