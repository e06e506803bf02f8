/**
 * Lets this process kill itself (SIGKILL) just before its nth step: a step is any call that touches a file, the database or the
 * network, in any of its threads that imports this before anything else. Says every step it makes on standard error, when asked to.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads'

// Node's functions are patched as untyped members: their overloads say nothing that matters here.
type Members = Record<string, (...parameters: unknown[]) => unknown>

/** As it is: telling of a step is none. */
const write = fs.writeSync.bind(fs) as (file: number, text: string) => void
/** Whoever listens may be slower: his pipe then takes no more for a moment. */
function say(file: number, text: string): void {
  try {
    write(file, text)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    say(file, text)
  }
}
const trace = process.env['TRACE_STEPS'] === '1'
const dieAt = Number(process.env['DIE_AT_STEP'] ?? Number.POSITIVE_INFINITY)
/** Whether steps count, and how many were made: one count for all threads. */
const count = new Int32Array((getEnvironmentData('steps') as SharedArrayBuffer | undefined) ?? new SharedArrayBuffer(8))
setEnvironmentData('steps', count.buffer)
/** Another thread loads its program while steps count already. */
let loaded = isMainThread

function patch(owner: object, names: readonly string[], describe: (name: string, parameters: readonly unknown[], self: unknown) => string): void {
  const members = owner as Members
  for (const name of names) {
    const original = members[name]!
    members[name] = function (this: unknown, ...parameters: unknown[]) {
      if (loaded && Atomics.load(count, 0) === 1) {
        const step = Atomics.add(count, 1, 1) + 1
        if (trace) say(2, `${describe(name, parameters, this)}\n`)
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
const openSync = fs.openSync as unknown as (...parameters: unknown[]) => number
;(fs as unknown as Members)['openSync'] = (...parameters: unknown[]) => {
  const file = openSync(...parameters)
  opened.set(file, String(parameters[0]))
  return file
}
patch(fs, ['open', 'write', 'fsync', 'fdatasync', 'close'], (name, [first]) => `${name} ${typeof first === 'number' ? opened.get(first) : String(first)}`)
patch(fs, ['openSync', 'writeSync', 'closeSync', 'unlinkSync'], (name, [first]) => `${name.slice(0, -'Sync'.length)} ${typeof first === 'number' ? opened.get(first) : String(first)}`)
patch(fs.promises, ['mkdir', 'writeFile', 'unlink', 'rmdir', 'open'], (name, [path]) => `${name} ${String(path)}`)
// What is heard and what is said: a socket takes what came in with `push`.
patch(net.Socket.prototype, ['push', 'write'], (name, [bytes]) => `${name === 'push' ? 'hear' : 'say'} ${String(bytes).split('\r\n')[0]}`)
patch(DatabaseSync.prototype, ['exec'], (_name, [sql]) => String(sql).trim().split('\n')[0]!)
patch(StatementSync.prototype, ['run'], (_name, _parameters, self) => (self as StatementSync).sourceSQL.trim().split('\n')[0]!)
syncBuiltinESMExports()

/** Steps count from here on: opening the database is not what is tested. */
export function startCounting(): void {
  Atomics.store(count, 0, 1)
}

/** In a thread that has loaded its program. */
export function countHere(): void {
  loaded = true
}

/** What the outside world may rely on from now on. */
export function acknowledge(line: string): void {
  if (trace) say(2, `= ${line}\n`)
  say(1, `${line}\n`)
}

export function stepsMade(): number {
  return Atomics.load(count, 1)
}
