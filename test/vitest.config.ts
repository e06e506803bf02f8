/**
 * The suites. The unit tests come first; then the others share the workers, so that none of them waits for the last file of another.
 * Those that talk to real servers share one lab (servers/start-lab.ts). Where the packages of the lab or the browser are missing and
 * can't be installed, the suites that need them are left out aloud; under CI=true they run and fail instead.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { canInstall, missingTestPackages } from '../build/test/test-programs.ts'

const here = import.meta.dirname

/** Cyrus is started for the suite that needs it: its first start unpacks a package. */
type Need = 'servers' | 'cyrus' | 'browser'

interface Suite {
  readonly name: string
  readonly include?: string
  /** A test that takes longer hangs. No promise: it is long enough for a machine that does ten other things. */
  readonly timeoutSeconds: number
  readonly needs: readonly Need[]
  /** So many files at once instead of the usual number. */
  readonly workers?: number
  /** One process for many files, which spares loading the program for each: only where no file changes its process. */
  readonly sharesProcesses?: true
}

const suites: readonly Suite[] = [
  { name: 'unit', timeoutSeconds: 120, needs: [], sharesProcesses: true },
  { name: 'contract', timeoutSeconds: 180, needs: ['servers', 'browser'] },
  { name: 'protocol', timeoutSeconds: 180, needs: ['servers'] },
  { name: 'jmap', timeoutSeconds: 180, needs: ['servers', 'cyrus'] },
  { name: 'crash', timeoutSeconds: 600, needs: ['servers'] },
  { name: 'journeys', timeoutSeconds: 600, needs: ['servers', 'browser'] },
  // Not part of `npm test`: `npm run screenshots` and `npm run test:long`.
  { name: 'screenshots', include: 'test/journeys/screenshots.ts', timeoutSeconds: 1800, needs: ['servers', 'browser'], workers: 1 },
  { name: 'long', include: 'test/long/**/*.test.{ts,tsx}', timeoutSeconds: 3600, needs: ['servers', 'cyrus', 'browser'], workers: 1 },
]

/** Test files at once: one more than a small machine has cores, because each waits half of its time for disks, servers and processes. */
const usualWorkers = 3

/** The longest first: one that starts last leaves half of the machine with nothing to do. vitest goes by the length of the file. */
const longest = ['accessibility-work', 'accessibility-wizard', 'kill', 'accessibility-screens', 'terminal-receiving', 'crash/mail', 'crash/outbox', 'first-account', 'fetch-job', 'crash/settings', 'sending', 'faulty-servers', 'keyboard', 'doctor', 'terminal']

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
      return found < 0 ? longest.length : found
    }
    const group = ({ project }: TestSpecification) => project.config.sequence.groupOrder
    return (await super.sort(files)).toSorted((one, other) => group(one) - group(other) || place(one) - place(other))
  }
}

/** The names of the packages that are missing here; none where they can be installed, or where their absence must be a failure. */
function missingFor(need: Need): string {
  if (process.env['CI'] === 'true') return ''
  if (need === 'browser') return missingTestPackages().join(' ')
  if (canInstall() || process.env['LAB_DIR'] !== undefined) return ''
  const services = need === 'cyrus' ? ['cyrus'] : ['dovecot', 'postfix', 'sink', 'keyring', 'oidc']
  const answer = spawnSync(join(here, 'servers', 'lab'), ['missing', ...services], { encoding: 'utf8' })
  return answer.status === 0 ? '' : (answer.stdout || 'a shell that can run test/servers/lab').trim().replaceAll('\n', ' ')
}

const missing = { servers: missingFor('servers'), cyrus: missingFor('cyrus'), browser: missingFor('browser') }
const left = suites.filter((suite) => suite.needs.some((need) => missing[need] !== ''))
if (left.length > 0) console.error(`LEFT OUT: ${left.map((suite) => suite.name).join(', ')}. What they need is missing: ${missing.servers} ${missing.cyrus} ${missing.browser}`)

/** Groups run one after the other. */
function orderOf({ name, workers }: Suite): number {
  return name === 'unit' ? 0 : workers === undefined ? 1 : 2
}

export default defineConfig({
  root: join(here, '..'),
  test: {
    sequence: { sequencer: LongestFirst },
    projects: suites.filter((suite) => !left.includes(suite)).map((suite) => ({
      test: {
        name: suite.name,
        include: [suite.include ?? `test/${suite.name}/**/*.test.{ts,tsx}`],
        testTimeout: suite.timeoutSeconds * 1000,
        hookTimeout: 300_000,
        expect: { poll: { timeout: 60_000 } },
        pool: 'forks' as const,
        isolate: suite.sharesProcesses !== true,
        restoreMocks: true,
        unstubEnvs: true,
        maxWorkers: suite.workers ?? usualWorkers,
        sequence: { groupOrder: orderOf(suite) },
        // Programs that are started, and killed, over and over: each reuses what the first has compiled.
        env: { NODE_COMPILE_CACHE: join(here, '..', 'dist', 'compiled') },
        ...(suite.needs.includes('servers') ? { globalSetup: [join(here, 'servers', 'start-lab.ts'), ...(suite.needs.includes('cyrus') ? [join(here, 'servers', 'start-cyrus.ts')] : [])] } : {}),
      },
    })),
  },
})
