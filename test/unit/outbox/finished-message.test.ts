import { describe, expect, test } from 'vitest'
import { CrlfLines } from '../../../electron/outbox/crlf-lines.ts'
import { finishHeader, splitMessage } from '../../../electron/outbox/finish-header.ts'

const missing = { from: 'From: Office <office@shop.example>', date: 'Sun, 22 Nov 2026 09:00:00 +0000', messageId: '<new@shop.example>' }
const finish = (text: string) => {
  const split = splitMessage(text, true)
  if (split === null) throw new Error('no header')
  return finishHeader(split.fields, missing).text + text.slice(split.bodyOffset)
}

describe('line ends', () => {
  const normal = (...pieces: string[]) => {
    const lines = new CrlfLines()
    return Buffer.concat([...pieces.map((piece) => lines.next(Buffer.from(piece, 'latin1'))), lines.end()]).toString('latin1')
  }

  test.each([
    ['a\nb', 'a\r\nb'], ['a\r\nb', 'a\r\nb'], ['a\rb', 'a\r\nb'], ['\n\n', '\r\n\r\n'], ['\r\r\n\n', '\r\n\r\n\r\n'], ['a\r', 'a\r\n'], ['', ''], ['\xff\x00\n', '\xff\r\n'], ['a\r\x00\n\x00.\r\nb', 'a\r\n.\r\nb'], ['\x00', ''],
  ])('%j becomes %j, however it is cut into pieces', (text, expected) => {
    expect(normal(text)).toBe(expected)
    expect(normal(...text)).toBe(expected)
  })
})

describe('the header', () => {
  test('Bcc goes out of it, folded or not, in any case, also of a resent message', () => {
    const text = 'From: a@b.example\nTo: c@d.example\nBCC: x@y.example,\n\tz@y.example\n q@y.example\nBcc : w@y.example\nResent-Bcc: v@y.example\nReturn-Path: <bounce@y.example>\nSubject: s\n\nBcc: this is text\n'
    const result = finish(text)
    expect(result).not.toContain('@y.example')
    expect(result).toContain('Subject: s\r\n\r\nBcc: this is text\n')
  })

  test('what is missing is added, what is there stays as it was, folding and order too', () => {
    expect(finish('Subject: s\n\nhi')).toBe(`${missing.from}\r\nDate: ${missing.date}\r\nMessage-ID: ${missing.messageId}\r\nSubject: s\r\n\r\nhi`)
    const whole = 'From: a@b.example\r\nDate: x\r\nX-Odd: \xff\r\n  folded\r\nmessage-id: <own@b.example>\r\n\r\nhi'
    expect(finish(whole)).toBe(whole)
    expect(finishHeader(splitMessage(whole, true)?.fields ?? [], missing).messageId).toBe('<own@b.example>')
  })

  test('a text without a header is all body, and the line mbox files begin with is dropped', () => {
    expect(finish('Hello Jan\nhow are you')).toMatch(/\r\n\r\nHello Jan\nhow are you$/)
    expect(finish('From jan Sun Nov 22 2026\nSubject: s\n\nhi')).toMatch(/Subject: s\r\n\r\nhi$/)
    expect(finish('')).toMatch(/<new@shop\.example>\r\n\r\n$/)
  })

  test('a header that does not end within what may be one is refused', () => {
    expect(splitMessage('Subject: s\r\nX: y', false)).toBeNull()
  })
})
