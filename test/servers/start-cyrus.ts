/** vitest's global set-up of the suite that talks JMAP: Cyrus beside the lab that start-lab.ts has started, which ends it too. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { canInstall } from '../../build/test/test-programs.ts'

export function setup(): void {
  const up = spawnSync(join(import.meta.dirname, 'lab'), ['up', ...(canInstall() ? ['--install'] : []), 'cyrus'], { stdio: ['ignore', 'inherit', 'inherit'] })
  if (up.status !== 0) throw new Error(`Cyrus did not start (lab up ended with ${up.status ?? up.signal})`)
}
