/**
 * Runs one command to its end and says what it cost.
 *
 * Wall time is ours, from the moment before the process is made to the moment its end is known. CPU (user and system) and peak
 * memory come from GNU time, which asks wait4(2): CPU of the whole tree of processes, as far as they were waited for; memory of
 * the largest one among them. GNU time also stands between us and the command because Linux counts the memory of whoever forked
 * as the command's own peak, and we are large.
 */
import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface Cost {
  readonly wallSeconds: number
  /** User and system, all processes. */
  readonly cpuSeconds: number
  /** Of the largest process. */
  readonly peakRssMb: number
}

export interface Command {
  readonly program: string
  readonly args: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** Exit codes that mean success; 0 when not given. */
  readonly accepts?: readonly number[]
}

export type Measured = { readonly ok: true; readonly cost: Cost; readonly output: string } | { readonly ok: false; readonly words: string }

const gnuTime = '/usr/bin/time'

export async function measure(command: Command, limitSeconds: number): Promise<Measured> {
  const scratch = mkdtempSync(join(tmpdir(), 'mailroom-measure-'))
  const [costFile, outFile, errorFile] = [join(scratch, 'cost'), join(scratch, 'out'), join(scratch, 'errors')]
  const [out, errors] = [openSync(outFile, 'w'), openSync(errorFile, 'w')]
  try {
    const ended = await run(command, costFile, [out, errors], limitSeconds)
    if (typeof ended === 'string') return { ok: false, words: ended }
    if (!(command.accepts ?? [0]).includes(ended.code)) return { ok: false, words: `ended with ${ended.code}: ${lastLine(errorFile) || lastLine(outFile)}` }
    const [user = 0, system = 0, peakKb = 0] = readFileSync(costFile, 'utf8').trim().split(' ').map(Number)
    return { ok: true, cost: { wallSeconds: ended.seconds, cpuSeconds: user + system, peakRssMb: peakKb / 1024 }, output: readFileSync(outFile, 'utf8') }
  } finally {
    closeSync(out)
    closeSync(errors)
    rmSync(scratch, { recursive: true })
  }
}

function run(command: Command, costFile: string, [out, errors]: readonly [number, number], limitSeconds: number) {
  return new Promise<{ readonly code: number; readonly seconds: number } | string>((resolve) => {
    let late = false
    const started = performance.now()
    const child = spawn(gnuTime, ['-q', '-o', costFile, '-f', '%U %S %M', '--', command.program, ...command.args], {
      env: { ...process.env, ...command.environment },
      stdio: ['ignore', out, errors],
      detached: true, // a group of its own: what it started ends with it
    })
    const endGroup = () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    }
    const limit = setTimeout(() => {
      late = true
      endGroup()
    }, limitSeconds * 1000)
    const interrupted = () => {
      endGroup()
      rmSync(dirname(costFile), { recursive: true, force: true })
    }
    process.once('exit', interrupted)
    const settle = (result: { readonly code: number; readonly seconds: number } | string) => {
      clearTimeout(limit)
      process.off('exit', interrupted)
      resolve(result)
    }
    child.once('error', (error) => settle(error.message))
    child.once('exit', (code, signal) => {
      const seconds = (performance.now() - started) / 1000
      if (late) settle(`not finished after ${limitSeconds} s`)
      else settle(code === null ? `ended by ${signal}` : { code, seconds })
    })
  })
}

function lastLine(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').at(-1)?.slice(0, 300) ?? ''
}
