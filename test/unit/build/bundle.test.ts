import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeModules } from '../../../build/bundle/bundle.ts'
import { publish } from '../../../build/bundle/publish.ts'

const folder = mkdtempSync(join(tmpdir(), 'mailroom-bundle-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a bundle of the main process', () => {
  const out = join(folder, 'app')

  beforeAll(async () => {
    await build(nodeModules({ outDir: out, entries: { main: join(import.meta.dirname, 'every-library.ts') } }))
    // As in a package: the bundle, the one native package, nothing else.
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    const packages = join(import.meta.dirname, '..', '..', '..', 'node_modules', '@napi-rs')
    for (const name of readdirSync(packages).filter((name) => name.startsWith('keyring'))) {
      cpSync(join(packages, name), join(folder, 'node_modules', '@napi-rs', name), { recursive: true })
    }
  })

  test('every library works from it without node_modules beside it', () => {
    const printed = execFileSync(process.execPath, [join(out, 'main.js')], { cwd: folder, encoding: 'utf8' })
    expect(printed.trim()).toBe('pdfkit nodemailer mailparser imapflow smtp-server conf puppeteer-core worker @napi-rs/keyring')
  })

  test('what is imported late stays out of the entry, in a file whose name says what it is', () => {
    expect(readFileSync(join(out, 'main.js')).length).toBeLessThan(40_000)
    expect(readdirSync(out).join(' ')).toMatch(/pdfkit.*-[\w-]{8}\.js/)
  })

  test('no chunk refers to a package that is not there', () => {
    const allowed = /^(node:.*|electron|@napi-rs\/keyring|\.{1,2}\/.*)$/
    const builtin = new Set(process.getBuiltinModule('module').builtinModules)
    for (const file of readdirSync(out).filter((name) => name.endsWith('.js'))) {
      const code = readFileSync(join(out, file), 'utf8')
      for (const [, name = ''] of code.matchAll(/^import\s[^'"\n]*['"]([^'"]+)['"]/gm)) {
        expect(allowed.test(name) || builtin.has(name), `${file} imports ${name}`).toBe(true)
      }
    }
  })
})

describe('publishing a build', () => {
  const folders = (name: string) => {
    const from = join(folder, name, 'new')
    const to = join(folder, name, 'dist')
    mkdirSync(join(from, 'assets'), { recursive: true })
    mkdirSync(to, { recursive: true })
    return { from, to }
  }

  test('replaces files of the same name and keeps what a running program may still import', () => {
    const { from, to } = folders('replace')
    writeFileSync(join(from, 'main.js'), 'new')
    writeFileSync(join(from, 'assets', 'parse-AAAABBBB.js'), 'new')
    writeFileSync(join(to, 'main.js'), 'old')
    writeFileSync(join(to, 'parse-CCCCDDDD.js'), 'old')
    publish(from, to)
    expect(readFileSync(join(to, 'main.js'), 'utf8')).toBe('new')
    expect(readFileSync(join(to, 'assets', 'parse-AAAABBBB.js'), 'utf8')).toBe('new')
    expect(readFileSync(join(to, 'parse-CCCCDDDD.js'), 'utf8')).toBe('old')
  })

  test('removes what builds of more than a week ago left', () => {
    const { from, to } = folders('remove')
    const old = join(to, 'parse-CCCCDDDD.js')
    writeFileSync(old, 'old')
    utimesSync(old, new Date(0), new Date(0))
    publish(from, to)
    expect(existsSync(old)).toBe(false)
  })
})
