import { describe, expect, test } from 'vitest'
import { failed, done } from '../../../../shared/failures/failure.ts'
import { judgeLink } from '../../../../renderer/mail/judge-link.ts'
import { readInPieces, sourceText } from '../../../../renderer/mail/read-in-pieces.ts'
import { passagesOf, segmentsOf } from '../../../../renderer/mail/text-segments.ts'

describe('a link of a message', () => {
  test('that says one place and goes to another is found out', () => {
    expect(judgeLink('www.bank.nl', 'https://evil.example/login')).toMatchObject({ opens: 'web', host: 'evil.example', claims: 'www.bank.nl' })
    expect(judgeLink('https://BANK.nl/pay', 'https://bank.nl.evil.example/')).toMatchObject({ claims: 'bank.nl' })
  })

  test('that says where it goes, or says only words, is not accused', () => {
    expect(judgeLink('https://www.bank.nl/a', 'https://bank.nl/b')).toMatchObject({ claims: null })
    expect(judgeLink('Pay now', 'https://bank.nl/b')).toMatchObject({ claims: null })
  })

  test('to a look-alike host is shown as the host really is', () => {
    expect(judgeLink('x', 'https://bаnk.nl/')).toMatchObject({ host: expect.stringMatching(/^xn--/) })
    expect(judgeLink('x', 'https://bank.nl@evil.example/')).toMatchObject({ host: 'evil.example' })
  })

  test('is opened only to https and mail addresses', () => {
    for (const address of ['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', 'ftp://a.nl', '//a.nl', 'x'.repeat(9000)]) {
      expect(judgeLink('x', address)).toMatchObject({ opens: 'nothing', why: 'not-a-web-address' })
    }
    expect(judgeLink('x', 'http://a.nl/')).toMatchObject({ opens: 'nothing', why: 'not-encrypted' })
    expect(judgeLink('x', 'mailto:jan%40a.nl?subject=Hi')).toMatchObject({ opens: 'mail', address: 'jan@a.nl' })
    expect(judgeLink('x', 'mailto:%zz')).toMatchObject({ opens: 'mail', address: '%zz' })
  })
})

describe('a text message', () => {
  test('keeps every letter, with links told apart from the words around them', () => {
    const line = 'See (https://a.nl/x_(y)) or https://b.nl/z. Done <mailto:jan@a.nl>!'
    const segments = segmentsOf(line)
    expect(segments.map((segment) => segment.text).join('')).toBe(line)
    expect(segments.filter((segment) => segment.is === 'link').map((segment) => segment.text)).toEqual(['https://a.nl/x_(y))', 'https://b.nl/z', 'mailto:jan@a.nl'])
  })

  test('shows who quoted whom', () => {
    expect(passagesOf('Hi\r\n> one\r\n> > two\r\n>> three\r\nbye').map(({ depth, lines }) => [depth, lines.length])).toEqual([[0, 1], [1, 1], [2, 2], [0, 1]])
  })

  test('of hostile shape is cut all the same, in time that grows with its length only', () => {
    // Quadratic work would run into the test's own time limit.
    const line = (text: string) => passagesOf(text)[0]?.lines[0]?.map((segment) => segment.text).join('')
    expect(line('>'.repeat(500_000))).toBe('')
    expect(line('https://'.repeat(100_000))).toBe('https://'.repeat(100_000))
    expect(line(`https://a.nl/${')'.repeat(500_000)}`)).toBe(`https://a.nl/${')'.repeat(500_000)}`)
  })
})

describe('reading in pieces', () => {
  const store = (bytes: Uint8Array, step: number) => (offset: number) =>
    Promise.resolve(done({ base64: btoa(String.fromCharCode(...bytes.subarray(offset, offset + step))), size: bytes.length }))

  test('gives back exactly the bytes', async () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, at) => (at * 7) % 256)
    const outcome = await readInPieces(store(bytes, 64))
    expect(outcome.ok && new Uint8Array(await new Blob([...outcome.value.bytes]).arrayBuffer())).toEqual(bytes)
  })

  test('stops where it is told, and goes on from there', async () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, at) => at % 256)
    const begin = await readInPieces(store(bytes, 100), { atMost: 250 })
    expect(begin).toMatchObject({ ok: true, value: { read: 300, size: 1000 } })
    expect(await readInPieces(store(bytes, 100), { from: 300 })).toMatchObject({ ok: true, value: { read: 700 } })
  })

  test('ends when it is cancelled, fails, or answered with nothing', async () => {
    const stop = new AbortController()
    const bytes = new Uint8Array(500)
    expect(await readInPieces(store(bytes, 100), { signal: stop.signal, onProgress: () => stop.abort() })).toMatchObject({ ok: false, failure: { code: 'job.cancelled' } })
    expect(await readInPieces(() => Promise.resolve(failed('mail.unknown')))).toMatchObject({ failure: { code: 'mail.unknown' } })
    expect(await readInPieces(() => Promise.resolve(done({ base64: '', size: 9 })))).toMatchObject({ failure: { code: 'mail.unreadable' } })
    expect(await readInPieces(() => Promise.resolve(done({ base64: '', size: 0 })))).toMatchObject({ ok: true, value: { read: 0, size: 0 } })
  })

  test('source that is not UTF-8 is still readable', () => {
    expect(sourceText([new TextEncoder().encode('caf'), new TextEncoder().encode('é')])).toBe('café')
    expect(sourceText([Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x20)])).toBe('café ')
  })
})
