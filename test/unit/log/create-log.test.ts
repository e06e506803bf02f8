import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../../../electron/log/create-log.ts'

let root: string
let folder: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'mailroom-log-'))
  folder = join(root, 'log')
})
afterEach(() => rm(root, { recursive: true, force: true }))

const now = () => new Date('2026-11-22T12:00:00.000Z')
const text = async () => (await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')))).join('')
const lines = async () => (await readFile(join(folder, 'mailroom.log'), 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line) as { facts: Record<string, unknown> })

describe('the log', () => {
  it('is one JSON object a line, for this user only', async () => {
    const log = createLog(folder, { now })
    log.info('program.started', { version: '0.1.0' })
    log.warn('job.slow')
    log.error('job.failed', { code: 'connect.refused', port: 993 })
    expect(await lines()).toEqual([
      { at: '2026-11-22T12:00:00.000Z', level: 'info', event: 'program.started', facts: { version: '0.1.0' } },
      { at: '2026-11-22T12:00:00.000Z', level: 'warn', event: 'job.slow', facts: {} },
      { at: '2026-11-22T12:00:00.000Z', level: 'error', event: 'job.failed', facts: { code: 'connect.refused', port: 993 } },
    ])
    expect((await stat(join(folder, 'mailroom.log'))).mode & 0o777).toBe(0o600)
  })

  it('goes on where the last run stopped, and never grows beyond its bounds', async () => {
    for (let run = 0; run < 3; run++) {
      const log = createLog(folder, { now, maxBytes: 1000, keep: 2 })
      for (let line = 0; line < 20; line++) log.info('a.line', { run, line })
    }
    expect((await readdir(folder)).sort()).toEqual(['mailroom.1.log', 'mailroom.2.log', 'mailroom.log'])
    for (const name of await readdir(folder)) expect((await stat(join(folder, name))).size).toBeLessThanOrEqual(1000)
    expect((await lines()).at(-1)).toMatchObject({ facts: { run: 2, line: 19 } })
  })

  it('that cannot be written stops nobody', async () => {
    await writeFile(folder, 'a file where the folder should be')
    expect(() => createLog(folder).info('x')).not.toThrow()
    expect(() => createLog(null).info('x')).not.toThrow()
  })

  it('that could not be written for a while goes on afterwards', async () => {
    await writeFile(folder, '')
    const log = createLog(folder, { now })
    log.info('lost')
    await rm(folder)
    await mkdir(folder)
    log.info('kept')
    expect(await lines()).toMatchObject([{ event: 'kept' }])
  })
})

describe('a secret', () => {
  const secret = 'p@ss "wörd" 100% \\o/'

  it.each<[string, (hidden: string) => Record<string, unknown>]>([
    ['as a value', (hidden) => ({ value: hidden })],
    ['within a text', (hidden) => ({ value: `LOGIN jan ${hidden}\r\n` })],
    ['deep down', (hidden) => ({ a: { b: [{ c: hidden }] } })],
    ['as a key', (hidden) => ({ [hidden]: 1 })],
    ['in an error', (hidden) => ({ error: new Error(`cannot sign in with ${hidden}`) })],
    ['in an error of an error', (hidden) => ({ error: new Error('outer', { cause: new Error(hidden) }) })],
    ['in the code of an error', (hidden) => ({ error: Object.assign(new Error('x'), { code: hidden }) })],
    ['in JSON', (hidden) => ({ value: JSON.stringify({ x: hidden }) })],
    ['in an address', (hidden) => ({ value: `https://jan:${encodeURIComponent(hidden)}@example.nl/` })],
    ['in base64', (hidden) => ({ value: Buffer.from(hidden).toString('base64') })],
    ['as SASL PLAIN', (hidden) => ({ value: `AUTH PLAIN ${Buffer.from(`\0jan\0${hidden}`).toString('base64')}` })],
    ['as SASL PLAIN of a longer name', (hidden) => ({ value: `AUTH PLAIN ${Buffer.from(`\0jan@\0${hidden}`).toString('base64')}` })],
    ['as SASL PLAIN of a yet longer name', (hidden) => ({ value: `AUTH PLAIN ${Buffer.from(`\0jan@e\0${hidden}`).toString('base64')}` })],
    ['as XOAUTH2', (hidden) => ({ value: Buffer.from(`user=jan\x01auth=Bearer ${hidden}\x01\x01`).toString('base64') })],
    ['where a text is cut', (hidden) => ({ value: `${'x'.repeat(1995)}${hidden}` })],
    ['in bytes', (hidden) => ({ value: Buffer.from(hidden) })],
    ['twice', (hidden) => ({ value: hidden + hidden })],
  ])('never appears, %s', async (_, facts) => {
    const log = createLog(folder, { now })
    log.redact(secret)
    log.info('something', facts(secret))
    const written = await text()
    const core = Buffer.from(secret).toString('base64').slice(4, 16)
    for (const trace of [secret, JSON.stringify(secret).slice(1, -1), 'wörd', 'p@ss', encodeURIComponent('p@ss'), encodeURIComponent('wörd'), core]) expect(written).not.toContain(trace)
    for (const alignment of ['', 'x', 'xx']) {
      const inner = Buffer.from(alignment + secret).toString('base64').slice(4, 20)
      expect(written).not.toContain(inner)
    }
  })

  it('never appears in the name of an event, nor as a number', async () => {
    const log = createLog(folder, { now })
    log.redact('847261')
    log.info('pin 847261', { pin: 847261, long: 18472619n })
    expect(await text()).not.toContain('847261')
  })

  it('is not shown by its beginning where one secret begins like another', async () => {
    const log = createLog(folder, { now })
    log.redact('abc')
    log.redact('abcdef')
    log.info('x', { value: 'abcdef' })
    expect((await lines())[0]!.facts).toEqual({ value: '[secret]' })
  })

  it.each(['password', 'Password', 'newPassword', 'passphrase', 'secrets', 'clientSecret', 'access_token', 'refreshToken', 'Authorization', 'cookie', 'apiKey', 'privateKey', 'passwd', 'pwd', 'credentials'])(
    'is taken for one under a key like %j, registered or not',
    async (key) => {
      createLog(folder, { now }).info('x', { [key]: 'not registered', nested: { [key]: { a: 'not registered' } } })
      expect(await text()).not.toContain('not registered')
    },
  )

  it('that is empty hides nothing', async () => {
    const log = createLog(folder, { now })
    log.redact('')
    log.info('x', { value: 'plain' })
    expect((await lines())[0]!.facts).toEqual({ value: 'plain' })
  })
})

describe('what a server or a message puts into the log', () => {
  it('cannot begin a line, nor reach a terminal that shows the log', async () => {
    createLog(folder, { now }).info('x', { words: 'ok\r\n{"level":"error"}\u001b[2J\u009b\u2028\u202e\ud800' })
    const written = await readFile(join(folder, 'mailroom.log'), 'utf8')
    expect(written.trimEnd().split('\n')).toHaveLength(1)
    // oxlint-disable-next-line no-control-regex -- that is what must not be there
    expect(written.trimEnd()).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/)
  })

  it('is bounded in length, number and depth', async () => {
    let deep: unknown = 'x'
    for (let level = 0; level < 10_000; level++) deep = [deep]
    createLog(folder, { now }).info('x', { long: 'x'.repeat(1_000_000), many: Array.from({ length: 100_000 }, () => 'x'), deep, wide: Object.fromEntries(Array.from({ length: 10_000 }, (_, key) => [key, 1])) })
    expect((await text()).length).toBeLessThan(10_000)
  })

  it('never throws, whatever it is', async () => {
    const circular: Record<string, unknown> = {}
    circular['self'] = circular
    const log = createLog(folder, { now })
    log.info('x', {
      circular, map: new Map([['a', 1]]), symbol: Symbol('s'), run: () => 1, big: 1n, none: undefined, nan: Number.NaN, date: new Date(Number.NaN),
      get bad() { throw new Error('a getter') }, ['__proto__']: 'x', noPrototype: Object.create(null) as object,
    })
    expect(await lines()).toHaveLength(1)
  })
})
