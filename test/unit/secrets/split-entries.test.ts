import { describe, expect, it } from 'vitest'
import { SplitEntries } from '../../../electron/secrets/split-entries.ts'
import { failed } from '../../../shared/failures/failure.ts'
import { FakeKeychain } from '../../fakes/fake-keychain.ts'

/** As Windows' Credential Manager: 2,560 bytes of UTF-16 an entry, and what is no text is not taken for text. */
class CredentialManager extends FakeKeychain {
  /** How many writes succeed before the program ends. */
  left = Number.POSITIVE_INFINITY

  override async write(key: string, secret: string) {
    if (Buffer.byteLength(secret, 'utf16le') > 2560) return failed('secrets.failed', { detail: "Attribute 'password encoded as UTF-16' is longer than platform limit of 2560 chars" })
    if (this.left === 0) return failed('secrets.failed')
    this.left -= 1
    return super.write(key, secret.toWellFormed())
  }
}
const open = (place = new CredentialManager()) => ({ place, split: new SplitEntries(place, 1280) })
const long = (of: string, length = 5000) => of.repeat(Math.ceil(length / of.length)).slice(0, length)

describe('a secret in Windows’ Credential Manager', () => {
  it.each([
    ['short', 'correct horse'],
    ['as long as an entry may be', long('x', 1280)],
    ['one character longer', long('x', 1281)],
    ['a permission at Microsoft', JSON.stringify({ version: 1, refreshToken: `1.${long('AbCd-_', 2600)}`, clientId: 'mailroom' })],
    ['the longest token there may be', long('t0ken', 16_384)],
    ['of characters outside the basic plane, cut nowhere in the middle', `y${long('🔑', 4000)}`],
    ['that looks like what stands for one in parts', '\u001fMailroom a 2'],
    ['empty', ''],
  ])('%s comes back as it was', async (_, secret) => {
    const { split } = open()
    expect(await split.write('a/incoming', secret)).toMatchObject({ ok: true })
    expect(await split.read('a/incoming')).toEqual({ ok: true, value: secret })
  })

  it('without being split would not be taken when it is long', async () => {
    expect(await open().place.write('a', long('x', 1281))).toMatchObject({ ok: false })
  })

  it('leaves nothing of itself behind when it is replaced, by a shorter one too, or removed', async () => {
    const { place, split } = open()
    for (const secret of [long('a'), long('b', 9000), 'short', long('c', 2000), long('d', 1300)]) {
      await split.write('a', secret)
      expect(await split.read('a')).toEqual({ ok: true, value: secret })
    }
    expect([...place.entries.keys()].sort()).toEqual(['a', 'a#b1', 'a#b2'])
    await split.remove('a')
    expect([...place.entries.keys()]).toEqual([])
    expect(await split.read('a')).toEqual({ ok: true, value: null })
  })

  it.each([0, 1, 2, 3, 4])('is the old one, whole, when the program ends after %i writes of the new one', async (writes) => {
    const { place, split } = open()
    await split.write('a', long('old'))
    place.left = writes
    expect(await split.write('a', long('new'))).toMatchObject({ ok: false })
    expect(await split.read('a')).toEqual({ ok: true, value: long('old') })
    place.left = Number.POSITIVE_INFINITY
    await split.write('a', long('new'))
    await split.remove('a')
    expect(place.entries.size).toBe(0)
  })

  it('of which a part is missing is none, and can be written anew', async () => {
    const { place, split } = open()
    await split.write('a', long('x'))
    place.entries.delete('a#a2')
    expect(await split.read('a')).toEqual({ ok: true, value: null })
    await split.write('a', long('y'))
    expect(await split.read('a')).toEqual({ ok: true, value: long('y') })
  })

  it('is not "no entry" where the place is locked, and nothing is written then', async () => {
    const { place, split } = open()
    await split.write('a', long('x'))
    const before = new Map(place.entries)
    place.is = 'locked'
    expect(await split.read('a')).toMatchObject({ ok: false, failure: { code: 'secrets.locked' } })
    expect(await split.write('a', long('y'))).toMatchObject({ ok: false, failure: { code: 'secrets.locked' } })
    expect(await split.remove('a')).toMatchObject({ ok: false })
    expect(place.entries).toEqual(before)
  })
})
