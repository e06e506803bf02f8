/** Runs a script of this folder on a data folder until it ends or kills itself before its nth step. */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

export interface Ended {
  /** What it said may be relied on, line by line. */
  readonly acknowledged: readonly string[]
  /** The steps it made, where asked for, with what it acknowledged between them as `= …`. */
  readonly steps: readonly string[]
  readonly killed: boolean
}

export function runUntilKilled(script: string, root: string, dieAtStep: number | null, more: readonly string[] = []): Promise<Ended> {
  const step: NodeJS.ProcessEnv = dieAtStep === null ? { TRACE_STEPS: '1' } : { DIE_AT_STEP: String(dieAtStep) }
  return ended(spawn(process.execPath, ['--no-warnings', join(import.meta.dirname, script), root, ...more], { env: { ...process.env, ...step }, stdio: ['ignore', 'pipe', 'pipe'] }))
}

/** The same, killed so many milliseconds after it first acknowledged something, whatever it does just then. */
export function runForAWhile(script: string, root: string, milliseconds: number, more: readonly string[] = []): Promise<Ended> {
  const child = spawn(process.execPath, ['--no-warnings', join(import.meta.dirname, script), root, ...more], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), milliseconds))
  return ended(child)
}

async function ended(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Ended> {
  const [out, errors, [code, signal]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(errors)
  const lines = (all: string) => all.split('\n').filter((line) => line !== '')
  return { acknowledged: lines(out), steps: lines(errors), killed: signal === 'SIGKILL' }
}
