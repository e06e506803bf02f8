/** The start-up script on a small checkout of its own, with a terminal program that says how it was called. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..')
const checkout = mkdtempSync(join(tmpdir(), 'mailroom-run-'))
afterAll(() => rmSync(checkout, { recursive: true, force: true }))

const main = 'electron/hosts/terminal/main.ts'
const program = `
const [command = '', ...rest] = process.argv.slice(2)
if (command === 'say') console.log(JSON.stringify({ rest, node: process.versions.node.split('.')[0], word: process.env['WORD'] ?? null, options: process.env['NODE_OPTIONS'] ?? null }))
else if (command === 'end') process.exit(Number(rest[0]))
else if (command === 'wait') { process.on('SIGTERM', () => { console.log('told to end'); process.exit(75) }); console.log('ready'); setInterval(() => undefined, 1000) }
else if (command === 'die') process.kill(process.pid, 'SIGKILL')
else console.log(command, (await import('./late.ts')).late)
`

function write(file: string, text: string): void {
  mkdirSync(dirname(join(checkout, file)), { recursive: true })
  writeFileSync(join(checkout, file), text)
}

beforeAll(() => {
  cpSync(join(root, 'build'), join(checkout, 'build'), { recursive: true })
  cpSync(join(root, 'package.json'), join(checkout, 'package.json'))
  cpSync(join(root, 'package-lock.json'), join(checkout, 'package-lock.json'))
  // Like an install, but for the stamp, which the script writes: through a link it would write it into the real tree.
  mkdirSync(join(checkout, 'node_modules'))
  for (const name of readdirSync(join(root, 'node_modules')).filter((name) => name !== '.mailroom-installed')) symlinkSync(join(root, 'node_modules', name), join(checkout, 'node_modules', name))
  writeFileSync(join(checkout, 'node_modules', '.mailroom-installed'), createHash('sha256').update(readFileSync(join(checkout, 'package-lock.json'))).digest('hex'))
  mkdirSync(join(checkout, 'fake-npm'))
  writeFileSync(join(checkout, 'fake-npm', 'npm'), `#!/bin/sh\necho "$@" >> "${npmCalls}"\nexit \${NPM_ENDS_WITH:-0}\n`, { mode: 0o755 })
})

beforeEach(() => {
  write(main, program)
  write('electron/hosts/terminal/late.ts', "export const late = 'one'\n")
})

const script = join(checkout, 'build', 'run.mjs')
const npmCalls = join(checkout, 'fake-npm', 'calls')
const environment: NodeJS.ProcessEnv = { ...process.env, CI: '', WORD: 'passed on', npm_execpath: '', PATH: `${join(checkout, 'fake-npm')}:${process.env['PATH'] ?? ''}` }

function run(...args: readonly string[]) {
  return spawnSync(process.execPath, [script, ...args], { cwd: tmpdir(), encoding: 'utf8', env: environment })
}

describe('npm run mailroom', () => {
  test('builds when it must, and prints nothing that is not the program\'s own', () => {
    const first = run('mailroom', 'say', '--json', 'a b')
    expect(JSON.parse(first.stdout)).toEqual({ rest: ['--json', 'a b'], node: '24', word: 'passed on', options: process.env['NODE_OPTIONS'] ?? null })
    expect(first.stderr).toBe('mailroom: building\n')
    const second = run('mailroom', 'say')
    expect(second.stderr).toBe('')
    expect(second.status).toBe(0)
  })

  test('builds again when a source changed, and not when only its time did', () => {
    run('mailroom', 'say')
    write('electron/hosts/terminal/late.ts', "export const late = 'two'\n")
    expect(run('mailroom', 'greet')).toMatchObject({ stdout: 'greet two\n', stderr: 'mailroom: building\n' })
    utimesSync(join(checkout, main), new Date(), new Date())
    expect(run('mailroom', 'greet')).toMatchObject({ stdout: 'greet two\n', stderr: '' })
  })

  test('ends as the program ends', () => {
    expect(run('mailroom', 'end', '77').status).toBe(77)
    expect(run('mailroom', 'die')).toMatchObject({ status: null, signal: 'SIGKILL' })
  })

  test('hands a signal on and waits for what the program makes of it', async () => {
    run('mailroom', 'say')
    const child = spawn(process.execPath, [script, 'mailroom', 'wait'], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
    const printed: string[] = []
    child.stdout.setEncoding('utf8').on('data', (text: string) => printed.push(text))
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    const [code] = await once(child, 'close')
    expect(printed.join('')).toBe('ready\ntold to end\n')
    expect(code).toBe(75)
  })

  test('several at once on a stale tree build once, and every one of them runs', async () => {
    write('electron/hosts/terminal/late.ts', `export const late = 'together'\n`)
    const runs = [1, 2, 3].map(async () => {
      const child = spawn(process.execPath, [script, 'mailroom', 'greet'], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
      const out: string[] = []
      const err: string[] = []
      child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text))
      child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text))
      await once(child, 'close')
      return { out: out.join(''), err: err.join('') }
    })
    const answers = await Promise.all(runs)
    expect(answers.map((answer) => answer.out)).toEqual(['greet together\n', 'greet together\n', 'greet together\n'])
    expect(answers.map((answer) => answer.err).join('')).toBe('mailroom: building\n')
    expect(readdirSync(join(checkout, 'dist')).filter((name) => name.includes('lock') || name.startsWith('.building'))).toEqual([])
  })

  test('a lock that a killed process left does not stop anybody', () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid
    write('dist/.build-lock', String(gone))
    write('electron/hosts/terminal/late.ts', "export const late = 'after all'\n")
    expect(run('mailroom', 'greet').stdout).toBe('greet after all\n')
  })

  test('a build that fails says why and leaves what ran before', () => {
    run('mailroom', 'say')
    const before = readFileSync(join(checkout, 'dist/app/terminal.js'), 'utf8')
    write(main, "import './not-there.ts'\n")
    const answer = run('mailroom', 'say')
    expect(answer.status).toBe(1)
    expect(answer.stdout).toBe('')
    expect(answer.stderr).toContain('not-there.ts')
    expect(readFileSync(join(checkout, 'dist/app/terminal.js'), 'utf8')).toBe(before)
  })
})

test('npm run build where an entry is missing is an error under CI, also after a build without it', () => {
  run('mailroom', 'say')
  const answer = spawnSync(process.execPath, [script, 'build'], { encoding: 'utf8', env: { ...environment, CI: 'true' } })
  expect(answer.status).toBe(1)
  expect(answer.stderr).toContain('electron/hosts/chromium/main.ts is missing')
})

test('npm start without a display says so, names the commands for a terminal and ends with 69', () => {
  run('mailroom', 'say')
  write('renderer/index.html', '<!doctype html><title>Mailroom</title>\n')
  const noDisplay = { ...environment, DISPLAY: '', WAYLAND_DISPLAY: '' }
  const answer = spawnSync(process.execPath, [script, 'start'], { encoding: 'utf8', env: noDisplay })
  expect(answer.status).toBe(69)
  expect(answer.stderr).toContain('npm run demo')
  expect(answer.stdout).toBe('')
})

test('a command that does not exist ends with 64 and names those that do', () => {
  const answer = run('sing')
  expect(answer.status).toBe(64)
  expect(answer.stderr).toContain('start, demo, mailroom')
})

test('packages of another lockfile are installed anew, once, and a failure is said with a way out', () => {
  const lockfile = join(checkout, 'package-lock.json')
  writeFileSync(lockfile, `${readFileSync(lockfile, 'utf8')}\n`)

  const failing = spawnSync(process.execPath, [script, 'mailroom', 'say'], { encoding: 'utf8', env: { ...environment, NPM_ENDS_WITH: '1' } })
  expect(failing.status).toBe(69)
  expect(failing.stderr).toContain('Is there a network')
  expect(run('mailroom', 'end', '0').status).toBe(0)
  expect(run('mailroom', 'end', '0').status).toBe(0)
  expect(readFileSync(npmCalls, 'utf8').split('\n').filter((line) => line.startsWith('ci '))).toHaveLength(2)
})

test.runIf(existsSync('/usr/bin/node'))('whatever Node starts it, the program runs on Node 24', () => {
  const answer = execFileSync('/usr/bin/node', [script, 'mailroom', 'say'], { encoding: 'utf8', env: environment })
  expect(JSON.parse(answer)).toMatchObject({ node: '24' })
})
