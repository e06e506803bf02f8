/** Runs a script of this folder on a data folder until it ends or kills itself before its nth step. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

export interface Ended {
  /** What it said may be relied on, line by line. */
  readonly acknowledged: readonly string[]
  /** The steps it made, where asked for, with what it acknowledged between them as `= …`. */
  readonly steps: readonly string[]
  readonly killed: boolean
}

export async function runUntilKilled(script: string, root: string, dieAtStep: number | null): Promise<Ended> {
  const step = dieAtStep === null ? { TRACE_STEPS: '1' } : { DIE_AT_STEP: String(dieAtStep) }
  const child = spawn(process.execPath, ['--no-warnings', join(import.meta.dirname, script), root], { env: { ...process.env, ...step }, stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, errors, [code, signal]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(errors)
  const lines = (all: string) => all.split('\n').filter((line) => line !== '')
  return { acknowledged: lines(out), steps: lines(errors), killed: signal === 'SIGKILL' }
}
