import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PassphraseVault } from '../../../electron/secrets/passphrase-vault.ts'
import { scryptCost } from '../../../electron/secrets/vault-file.ts'

const passphrase = 'correct horse battery staple'
const secret = 'hush-hush-4711'
let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailroom-vault-'))
  path = join(folder, 'vault.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const now = () => new Date('2026-11-22T12:00:00.000Z')

/** A vault with one entry, `a/incoming`, closed again. */
async function closedVault(): Promise<PassphraseVault> {
  const vault = new PassphraseVault(path, now)
  expect(await vault.make(passphrase)).toEqual({ ok: true, value: undefined })
  expect(await vault.write('a/incoming', secret)).toEqual({ ok: true, value: undefined })
  vault.lock()
  return vault
}

describe('a vault', () => {
  it('is absent until it is made, and then keeps what is written across restarts', async () => {
    const vault = new PassphraseVault(path)
    expect(await vault.state()).toBe('absent')
    expect(await vault.read('a/incoming')).toMatchObject({ ok: false, failure: { code: 'secrets.absent' } })
    expect(await vault.unlock(passphrase)).toMatchObject({ ok: false, failure: { code: 'secrets.absent' } })
    await closedVault()

    const later = new PassphraseVault(path)
    expect(await later.state()).toBe('locked')
    expect(await later.unlock(passphrase)).toEqual({ ok: true, value: undefined })
    expect(await later.state()).toBe('ready')
    expect(await later.read('a/incoming')).toEqual({ ok: true, value: secret })
    expect(await later.read('a/outgoing')).toEqual({ ok: true, value: null })
    expect(await later.remove('a/incoming')).toEqual({ ok: true, value: undefined })
    expect(await later.read('a/incoming')).toEqual({ ok: true, value: null })
  })

  it('that is locked answers "locked", never "no such entry", and takes nothing', async () => {
    const vault = await closedVault()
    const before = await readFile(path)
    for (const answer of [await vault.read('a/incoming'), await vault.write('a/incoming', 'other'), await vault.remove('a/incoming')]) {
      expect(answer).toMatchObject({ ok: false, failure: { code: 'secrets.locked' } })
    }
    expect((await readFile(path)).equals(before)).toBe(true)
  })

  it('shows neither secret nor passphrase nor whose secret it is, and is closed to others', async () => {
    await closedVault()
    const text = await readFile(path, 'utf8')
    for (const word of [secret, passphrase, 'incoming', Buffer.from(secret).toString('base64').slice(0, 12)]) expect(text).not.toContain(word)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(['vault.json'])
  })

  it('makes each guess of the passphrase cost 128 MiB', async () => {
    await closedVault()
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ body: { header: { kdf: 'scrypt', N: 2 ** 17, r: 8, p: 1 } } })
    expect(scryptCost).toBeGreaterThanOrEqual(2 ** 17)
  })

  it('is sealed differently each time, also with the same content', async () => {
    const vault = new PassphraseVault(path)
    await vault.make(passphrase)
    await vault.write('a', 'one')
    const first = await readFile(path, 'utf8')
    await vault.write('a', 'two')
    await vault.write('a', 'one')
    expect(await readFile(path, 'utf8')).not.toBe(first)
  })

  it('refuses a wrong passphrase and stays as it was', async () => {
    const vault = await closedVault()
    const before = await readFile(path)
    expect(await vault.unlock('correct horse battery stapl')).toMatchObject({ ok: false, failure: { code: 'vault.wrong-passphrase' } })
    expect(await vault.state()).toBe('locked')
    expect((await readFile(path)).equals(before)).toBe(true)
    expect(await vault.unlock(passphrase)).toMatchObject({ ok: true })
  })

  it('takes the same passphrase however its accents are encoded', async () => {
    const vault = new PassphraseVault(path)
    await vault.make('caf\u00e9 caf\u00e9 caf\u00e9')
    vault.lock()
    expect(await vault.unlock('cafe\u0301 cafe\u0301 cafe\u0301')).toMatchObject({ ok: true })
  })

  it('stays open when somebody tries a wrong passphrase on it', async () => {
    const vault = await closedVault()
    await vault.unlock(passphrase)
    await vault.unlock('wrong wrong wrong')
    expect(await vault.read('a/incoming')).toEqual({ ok: true, value: secret })
  })

  it('made where a closed one lies keeps that one under another name', async () => {
    const vault = await closedVault()
    const before = await readFile(path)
    expect(await vault.make('another passphrase')).toMatchObject({ ok: true })
    expect(await vault.read('a/incoming')).toEqual({ ok: true, value: null })
    expect((await readFile(join(folder, 'vault.old-2026-11-22T12-00-00-000Z.json'))).equals(before)).toBe(true)
  })

  it('that is open gets a new passphrase and keeps its entries', async () => {
    const vault = await closedVault()
    await vault.unlock(passphrase)
    expect(await vault.make('another passphrase')).toMatchObject({ ok: true })
    const later = new PassphraseVault(path)
    expect(await later.unlock(passphrase)).toMatchObject({ ok: false, failure: { code: 'vault.wrong-passphrase' } })
    expect(await later.unlock('another passphrase')).toMatchObject({ ok: true })
    expect(await later.read('a/incoming')).toEqual({ ok: true, value: secret })
    expect(await readdir(folder)).toEqual(['vault.json'])
  })

  it('loses nothing of many writes at once', async () => {
    const vault = new PassphraseVault(path)
    await vault.make(passphrase)
    await Promise.all(Array.from({ length: 30 }, (_, number) => vault.write(`key-${number}`, `secret-${number}`)))
    const later = new PassphraseVault(path)
    await later.unlock(passphrase)
    for (let number = 0; number < 30; number++) expect(await later.read(`key-${number}`)).toEqual({ ok: true, value: `secret-${number}` })
  })
})

describe('a damaged vault', () => {
  it('is told from a wrong passphrase, whichever byte of it is hit', async () => {
    await closedVault()
    const good = await readFile(path)
    const vault = new PassphraseVault(path)
    // The last byte is the line break after the JSON: white space, and no damage.
    for (let at = 0; at < good.length - 1; at++) {
      const bytes = Buffer.from(good)
      bytes[at] = bytes[at]! ^ 0x01
      await writeFile(path, bytes)
      expect([at, await vault.unlock(passphrase)]).toMatchObject([at, { ok: false, failure: { code: 'vault.damaged' } }])
      expect((await readFile(path)).equals(bytes)).toBe(true)
    }
  })

  it.each([['empty', ''], ['cut off', '{"body":{"header":'], ['other JSON', '{"a":1}'], ['no JSON', '\0\0\0']])('(%s) is said to be damaged, locked, and never taken for absent', async (_, text) => {
    await writeFile(path, text)
    const vault = new PassphraseVault(path)
    expect(await vault.state()).toBe('locked')
    expect(await vault.unlock(passphrase)).toMatchObject({ ok: false, failure: { code: 'vault.damaged' } })
    expect(await readFile(path, 'utf8')).toBe(text)
  })

  it('cannot be made to cost all memory or hours by a doctored header, nor to be weaker', async () => {
    await closedVault()
    const file = JSON.parse(await readFile(path, 'utf8')) as { body: { header: Record<string, unknown> } }
    const { createHash } = await import('node:crypto')
    for (const change of [{ N: 2 ** 30 }, { N: 2 ** 4 }, { N: 2 ** 17 + 1 }, { r: 1000 }, { p: 1000 }, { salt: '' }, { kdf: 'md5' }]) {
      const body = { ...file.body, header: { ...file.body.header, ...change } }
      await writeFile(path, JSON.stringify({ body, sha256: createHash('sha256').update(JSON.stringify(body)).digest('hex') }))
      expect([change, await new PassphraseVault(path).unlock(passphrase)]).toMatchObject([change, { ok: false, failure: { code: 'vault.damaged' } }])
    }
  })
})
