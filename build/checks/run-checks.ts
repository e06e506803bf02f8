/**
 * `npm run check`: types, lint and the rules of the house; `npm test` begins with it. Prints every breach and ends with 1 if
 * there is one. `--root DIR` looks at another tree (the checks' own test does).
 */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { checkHouse } from './check-house.ts'
import { findDeadExports } from './dead-exports.ts'

export interface CheckResult {
  readonly name: 'types' | 'lint' | 'house'
  /** Empty when the check passed. */
  readonly breaches: string
}

export async function runChecks(root: string): Promise<readonly CheckResult[]> {
  const programs = join(import.meta.dirname, '..', '..', 'node_modules', '.bin')
  const files = projectFiles(root)
  const breaches = [...checkHouse(root, files), ...findDeadExports(root, files)]
  return [
    { name: 'types', breaches: await complaintsOf(join(programs, 'tsc'), ['-b', '--pretty', 'false'], root) },
    { name: 'lint', breaches: await complaintsOf(join(programs, 'oxlint'), ['--type-aware', '--format', 'unix', '--deny-warnings'], root) },
    { name: 'house', breaches: breaches.join('\n') },
  ]
}

/** Files that are committed or would be, where the tree is a git checkout. */
export function projectFiles(root: string): readonly string[] {
  if (existsSync(join(root, '.git'))) {
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'], { cwd: root, encoding: 'utf8', maxBuffer: 64 << 20 })
    return listed.split('\0').filter((file) => file !== '' && existsSync(join(root, file)))
  }
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !/^(node_modules|dist)\//.test(file))
}

function complaintsOf(program: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    const printed: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => printed.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => printed.push(chunk))
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code) => resolve(code === 0 ? '' : Buffer.concat(printed).toString().trim() || `ended with ${code}`))
  })
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { root: { type: 'string', default: join(import.meta.dirname, '..', '..') } } })
  for (const { name, breaches } of await runChecks(values.root)) {
    console.log(breaches === '' ? `${name}: ok` : `${name}: failed\n${breaches}`)
    if (breaches !== '') process.exitCode = 1
  }
}
