/**
 * The suites, in the order in which they run. Those that talk to real servers share one lab (servers/start-lab.ts); where its
 * packages are missing and can't be installed they are left out aloud, and under CI=true that is a failure instead.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const here = import.meta.dirname

interface Suite {
  readonly name: string
  readonly timeoutSeconds: number
  /** Real servers, or a browser, which a machine may lack. */
  readonly needsLab: boolean
}

const suites: readonly Suite[] = [
  { name: 'unit', timeoutSeconds: 20, needsLab: false },
  { name: 'contract', timeoutSeconds: 60, needsLab: true },
  { name: 'protocol', timeoutSeconds: 60, needsLab: true },
  { name: 'crash', timeoutSeconds: 120, needsLab: true },
  { name: 'journeys', timeoutSeconds: 180, needsLab: true },
]

/** The names of the packages the lab lacks here; none where they can be installed when the lab starts. */
function missingForLab(): string {
  if (process.env['CI'] === 'true' || process.env['LAB_DIR'] !== undefined) return ''
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) return ''
  const answer = spawnSync(join(here, 'servers', 'lab'), ['missing', 'dovecot', 'postfix', 'sink', 'keyring'], { encoding: 'utf8' })
  return answer.status === 0 ? '' : (answer.stdout || 'a shell that can run test/servers/lab').trim().replaceAll('\n', ' ')
}

const missing = missingForLab()
const left = missing === '' ? [] : suites.filter((suite) => suite.needsLab)
if (left.length > 0) console.error(`SKIPPED: ${left.map((suite) => suite.name).join(', ')}. The real servers they need are missing: ${missing}`)

export default defineConfig({
  root: join(here, '..'),
  test: {
    projects: suites.filter((suite) => !left.includes(suite)).map(({ name, timeoutSeconds, needsLab }, position) => ({
      test: {
        name,
        include: [`test/${name}/**/*.test.{ts,tsx}`],
        testTimeout: timeoutSeconds * 1000,
        hookTimeout: 120_000,
        pool: 'forks' as const,
        sequence: { groupOrder: position },
        ...(needsLab ? { globalSetup: [join(here, 'servers', 'start-lab.ts')] } : {}),
      },
    })),
  },
})
