/** A check that finds nothing proves nothing until it has been seen to find something: here every kind of breach is planted once. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkHouse } from '../../../build/checks/check-house.ts'
import { findDeadExports } from '../../../build/checks/dead-exports.ts'
import { projectFiles } from '../../../build/checks/run-checks.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const copy = mkdtempSync(join(tmpdir(), 'mailroom-checks-'))
afterAll(() => rmSync(copy, { recursive: true, force: true }))

/** The tree as it is, without what no check reads. */
beforeAll(() => {
  for (const file of projectFiles(root)) {
    if (/^(electron|renderer|shared|build)\/|^[^/]+$/.test(file) || file.endsWith('/tsconfig.json')) {
      mkdirSync(dirname(join(copy, file)), { recursive: true })
      cpSync(join(root, file), join(copy, file))
    }
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
})

function plant(file: string, text: string): void {
  mkdirSync(dirname(join(copy, file)), { recursive: true })
  writeFileSync(join(copy, file), text)
}

describe('the rules of the house', () => {
  let projects: readonly string[] = []
  let before: readonly string[] = []
  beforeAll(() => {
    const files = projectFiles(copy)
    projects = files.filter((file) => file.endsWith('tsconfig.json'))
    before = checkHouse(copy, files)
  })

  /** What is found with this file planted and not without it. */
  function foundWith(file: string, change: (text: string) => string): readonly string[] {
    const path = join(copy, file)
    const original = existsSync(path) ? readFileSync(path, 'utf8') : undefined
    plant(file, change(original ?? ''))
    try {
      return checkHouse(copy, [...new Set([...projects, file])]).filter((breach) => !before.includes(breach))
    } finally {
      if (original === undefined) rmSync(path)
      else writeFileSync(path, original)
    }
  }

  test('the tree that is copied here keeps every arrow pointing down', () => {
    expect(before.filter((breach) => breach.includes('may import only') || breach.includes('draws'))).toEqual([])
  })

  test.each([
    ['a room importing one above it', 'electron/storage/planted.ts', "import type { App } from '../app/app.ts'\nexport type A = App\n", 'electron/storage may import only shared'],
    ['anything but a host importing a host', 'electron/app/planted.ts', "export const main = import('../hosts/terminal/main.ts')\n", 'electron/app may import only'],
    ['the renderer importing the main process', 'renderer/planted.tsx', "import { dataFolderAt } from '../electron/storage/data-folder.ts'\nexport const a = dataFolderAt\n", 'renderer may import only shared'],
    ['the renderer importing one of Node\'s modules', 'renderer/planted.tsx', "import { join } from 'node:path'\nexport const a = join\n", 'renderer may import only react'],
    ['shared importing a package', 'shared/planted.ts', "import { ImapFlow } from 'imapflow'\nexport const a = ImapFlow\n", 'shared may import only zod'],
    ['electron outside its host', 'electron/hosts/chromium/planted.ts', "import { app } from 'electron'\nexport const a = app\n", 'which only electron/hosts/electron may'],
    ['electron as a type outside its host', 'electron/app/planted.ts', "export type A = import('electron').App\n", 'which only electron/hosts/electron may'],
    ['electron-store outside its host', 'electron/storage/planted.ts', "import Store from 'electron-store'\nexport const a = Store\n", 'which only electron/hosts/electron may'],
    ['the keychain outside secrets', 'electron/accounts/planted.ts', "export const a = import('@napi-rs/keyring')\n", 'which only electron/secrets may'],
    ['the database outside storage', 'electron/mail/planted.ts', "import { DatabaseSync } from 'node:sqlite'\nexport const a = DatabaseSync\n", 'which only electron/storage may'],
    ['a socket outside protocols', 'electron/jobs/planted.ts', "import { connect } from 'net'\nexport const a = connect\n", 'which only electron/protocols'],
    ['TLS outside protocols', 'electron/accounts/planted.ts', "import { connect } from 'node:tls'\nexport const a = connect\n", 'which only electron/protocols'],
    ['imapflow outside protocols', 'electron/jobs/planted.ts', "import { ImapFlow } from 'imapflow'\nexport const a = ImapFlow\n", 'which only electron/protocols may'],
    ['nodemailer\'s transports outside protocols', 'electron/outbox/planted.ts', "import { createTransport } from 'nodemailer'\nexport const a = createTransport\n", 'which only electron/protocols may'],
    ['a package that nobody asked for', 'electron/mail/planted.ts', "export { default } from 'left-pad'\n", 'which package.json does not name'],
    ['an empty name', 'electron/mail/mail-utils.ts', 'export {}\n', 'a name that says nothing'],
    ['an empty folder name', 'electron/mail/helpers/parse.ts', 'export {}\n', 'a name that says nothing'],
    ['a barrel by its name', 'renderer/ui/index.ts', 'export {}\n', 'is a barrel file'],
    ['words between tags', 'renderer/planted.tsx', 'export const A = () => <p>Try again</p>\n', 'shows words of its own, "Try again"'],
    ['words in an attribute', 'renderer/planted.tsx', "export const A = () => <input aria-label={'Password'} />\n", 'shows words of its own, "Password"'],
    ['a path of one machine', 'build/planted.md', `see ${['', 'root', 'notes'].join('/')}\n`, 'names a path of one machine'],
    ['a registry host', 'build/planted.md', `from https://${['registry', 'npmjs', 'org'].join('.')}\n`, 'names a registry host'],
    ['a room that is not drawn', 'electron/attic/tsconfig.json', '{ "references": [] }\n', 'does not draw'],
  ])('%s is found', (_what, file, text, breach) => {
    expect(foundWith(file, () => text).join('\n')).toContain(breach)
  })

  test('an arrow that is only in a tsconfig is found', () => {
    const found = foundWith('electron/mail/tsconfig.json', (text) => text.replace('"references": [', '"references": [{ "path": "../jobs" },'))
    expect(found.join('\n')).toContain('electron/mail/tsconfig.json refers to electron/jobs')
  })

  test('a lockfile that says where packages came from is found', () => {
    const found = foundWith('package-lock.json', (text) => text.replace('"integrity":', '"resolved": "https://example.org/a.tgz", "integrity":'))
    expect(found.join('\n')).toContain('says where packages came from')
  })

  test('a comment is not an import, and words in renderer/text are where they belong', () => {
    expect(foundWith('electron/mail/planted.ts', () => "// import { app } from 'electron'\nexport {}\n")).toEqual([])
    expect(foundWith('renderer/text/planted.tsx', () => 'export const A = () => <p>Try again</p>\n')).toEqual([])
  })
})

describe('what is exported', () => {
  const found = (files: Readonly<Record<string, string>>): readonly string[] => {
    for (const [file, text] of Object.entries(files)) plant(file, text)
    try {
      return findDeadExports(copy, Object.keys(files))
    } finally {
      for (const file of Object.keys(files)) rmSync(join(copy, file))
    }
  }
  const exporting = 'export const used = 1\nexport const dead = 2\nexport function also() {}\nexport type Part = string\n'

  test('and imported nowhere is found, by its name', () => {
    expect(found({ 'electron/log/planted-one.ts': exporting, 'test/planted.ts': "import { used } from '../electron/log/planted-one.ts'\nused\n" })).toEqual([
      'electron/log/planted-one.ts:2 exports dead, which nobody imports', 'electron/log/planted-one.ts:3 exports also, which nobody imports',
    ])
  })

  test.each([
    ['as a whole', "import * as all from './planted-one.ts'\nall\n"],
    ['when it is needed', "await import('./planted-one.ts')\n"],
    ['to be handed on', "export { dead, used, also as other } from './planted-one.ts'\n"],
  ])('and imported %s is alive', (_how, importing) => {
    expect(found({ 'electron/log/planted-one.ts': exporting, 'electron/log/planted-two.ts': importing })).toEqual([])
  })
})

describe('lint', () => {
  /** File → what is planted in it, and the rule that must speak. */
  const planted: Readonly<Record<string, readonly [code: string, rule: string]>> = {
    'electron/log/planted-floating.ts': ['async function work() {}\nexport function run() { work() }\n', 'no-floating-promises'],
    'electron/log/planted-misused.ts': ['export function run(list: readonly string[]) { list.forEach(async (one) => { await Promise.resolve(one) }) }\n', 'no-misused-promises'],
    'electron/log/planted-cycle-a.ts': ["import { b } from './planted-cycle-b.ts'\nexport const a = () => b\n", 'no-cycle'],
    'electron/log/planted-cycle-b.ts': ["import { a } from './planted-cycle-a.ts'\nexport const b = () => a\n", 'no-cycle'],
    'electron/log/planted-barrel.ts': ["export * from './planted-cycle-a.ts'\n", 'no-barrel-file'],
    'electron/log/planted-any.ts': ['export const a = (value: any): unknown => value\n', 'no-explicit-any'],
    'electron/log/planted-console.ts': ["export const a = () => console.log('a')\n", 'no-console'],
    'electron/log/planted-ignore.ts': ['// @ts-ignore\nexport const a: number = 1\n', 'ban-ts-comment'],
    'electron/log/planted-switch.ts': ["export function say(a: 'x' | 'y') { switch (a) { case 'x': return 1 }\n return 2 }\n", 'switch-exhaustiveness-check'],
    'test/unit/planted.test.ts': ["import { test } from 'vitest'\ntest.only('a', () => undefined)\ntest.skip('b', () => undefined)\n", 'no-focused-tests'],
  }

  function lint(): string {
    const answer = spawnSync(join(root, 'node_modules', '.bin', 'oxlint'), ['--type-aware', '--format', 'unix', 'electron/log', 'electron/hosts/terminal', 'test'], { cwd: copy, encoding: 'utf8' })
    return answer.stdout + answer.stderr
  }

  test('speaks about every planted fault', () => {
    for (const [file, [code]] of Object.entries(planted)) plant(file, code)
    plant('electron/hosts/terminal/planted.ts', "export const a = () => console.log('a')\n")
    const lines = lint().split('\n')
    for (const [file, [, rule]] of Object.entries(planted)) {
      expect(lines.filter((line) => line.startsWith(file) && line.includes(rule)), `${rule} in ${file}`).not.toEqual([])
    }
    expect(lines.filter((line) => line.startsWith('electron/hosts/terminal/planted.ts'))).toEqual([])
    for (const file of [...Object.keys(planted), 'electron/hosts/terminal/planted.ts']) rmSync(join(copy, file))
  })
})

describe('types', () => {
  test("a room knows only what its place has: no Node in shared or the renderer, no window in the main process", () => {
    plant('shared/planted.ts', 'export const a = process.env\n')
    plant('electron/log/planted.ts', 'export const a = document.title\n')
    plant('electron/log/planted-foreign.ts', "export type { App } from '../app/app.ts'\n")
    const answer = spawnSync(join(root, 'node_modules', '.bin', 'tsc'), ['-b', 'electron/log', '--pretty', 'false'], { cwd: copy, encoding: 'utf8' })
    expect(answer.stdout).toMatch(/shared\/planted\.ts\(1,18\): error TS\d+: Cannot find name 'process'/)
    rmSync(join(copy, 'shared/planted.ts'))
    const room = spawnSync(join(root, 'node_modules', '.bin', 'tsc'), ['-b', 'electron/log', '--pretty', 'false'], { cwd: copy, encoding: 'utf8' })
    expect(room.stdout).toMatch(/electron\/log\/planted\.ts\(1,18\): error TS\d+: Cannot find name 'document'/)
    expect(room.stdout).toMatch(/is not listed within the file list of project|TS6059|TS6307/)
    for (const file of ['planted.ts', 'planted-foreign.ts']) rmSync(join(copy, 'electron/log', file))
  })
})
