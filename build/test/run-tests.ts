/**
 * `npm test`: types, lint, the rules of the house, a complete build, then every suite. The last line is
 * `N passed, N failed, N skipped`. Ends with 0 only when nothing failed; under CI=true also only when nothing was skipped,
 * but for the smoke test with the real Electron, whose binary not every network lets through.
 *
 * Arguments are handed to vitest: `npm test -- test/unit/mail` runs these only, without the checks.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runChecks } from '../checks/run-checks.ts'
import { bringBuild } from '../run/builds.mjs'
import { installTestPackages } from './test-programs.ts'

const root = join(import.meta.dirname, '..', '..')
const report = join(root, 'dist', 'test-report.json')
const suites = ['unit', 'contract', 'protocol', 'jmap', 'crash', 'journeys']
const mayBeSkipped = /the real Electron\b/

const [first, ...others] = process.argv.slice(2)
const special = first === '--long' ? 'long' : first === '--screenshots' ? 'screenshots' : undefined
const filters = special === undefined ? process.argv.slice(2) : others
const underCI = process.env['CI'] === 'true'

const missing = installTestPackages()
if (missing.length > 0) console.error(`mailroom: these packages are missing, and the suites that need them are left out: ${missing.join(' ')}`)

if (special === undefined && filters.length === 0) await check()
await bringBuild(root, ['app', 'renderer'], { complete: true })
const ended = await vitest(special === undefined ? suites : [special], filters)
const { passed, failed, skipped } = readReport()
const wrongly = underCI ? skipped.filter((name) => !mayBeSkipped.test(name)) : []
for (const name of skipped) console.error(`${wrongly.includes(name) ? 'FAILED, because it was skipped' : 'skipped'}: ${name}`)
if (underCI && missing.length > 0) console.error(`FAILED, because these packages are missing: ${missing.join(' ')}`)
finish({ passed, failed: failed + wrongly.length, skipped: skipped.length - wrongly.length }, ended === 0 && wrongly.length === 0 && !(underCI && missing.length > 0))

async function check(): Promise<void> {
  const results = await runChecks(root)
  for (const { name, breaches } of results) console.log(breaches === '' ? `${name}: ok` : `${name}: failed\n${breaches}`)
  const failed = results.filter((result) => result.breaches !== '').length
  if (failed > 0) finish({ passed: results.length - failed, failed, skipped: 0 }, false)
}

function vitest(projects: readonly string[], more: readonly string[]): Promise<number> {
  rmSync(report, { force: true })
  mkdirSync(dirname(report), { recursive: true })
  const args = [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '-c', join(root, 'test', 'vitest.config.ts'),
    ...projects.flatMap((project) => ['--project', project]), '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, '--passWithNoTests', ...more,
  ]
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => {
    child.once('error', () => resolve(1))
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly fullName: string, readonly status: string }[]
  }[]
}

function readReport(): { readonly passed: number, readonly failed: number, readonly skipped: readonly string[] } {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: [] }
  const files = (JSON.parse(readFileSync(report, 'utf8')) as Report).testResults
  const tests = files.flatMap((file) => file.assertionResults)
  const failedTests = tests.filter((test) => test.status === 'failed').length
  const brokenFiles = files.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')).length
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: failedTests + brokenFiles,
    skipped: tests.filter((test) => test.status !== 'passed' && test.status !== 'failed').map((test) => test.fullName),
  }
}

function finish(count: { readonly passed: number, readonly failed: number, readonly skipped: number }, good: boolean): never {
  console.log(`\n${count.passed} passed, ${count.failed + (good || count.failed > 0 ? 0 : 1)} failed, ${count.skipped} skipped`)
  process.exit(good ? 0 : 1)
}
