import { describe, expect, it } from 'vitest'
import { host, isHost, isMailAddress, line, mailAddress, optionalMailAddress, paragraph, requiredLine } from '../../../shared/model/text-field.ts'
import { fieldProblemsOf } from '../../../shared/model/field-problem.ts'
import type { z } from 'zod'

function problemOf(schema: z.ZodType, value: unknown): string | null {
  const parsed = schema.safeParse(value)
  return parsed.success ? null : (fieldProblemsOf(parsed.error)[0]?.problem ?? 'none named')
}

describe('a host', () => {
  it.each([
    'localhost', 'mail.example.nl', 'a', 'imap-1.example.co.uk', 'xn--bcher-kva.example', 'bücher.example', 'почта.рф', 'mail_1.intern',
    '127.0.0.1', '255.255.255.255', '0.0.0.0', '::', '::1', '2001:db8::1', 'fe80::1', '1:2:3:4:5:6:7:8', '::ffff:192.0.2.1',
    '2001:db8:0:0:0:0:192.0.2.33', '1::8', '1:2:3:4:5:6:7::', '3com.example', '1.example',
  ])('may be %j', (text) => {
    expect(isHost(text)).toBe(true)
    expect(problemOf(host, text)).toBeNull()
  })

  it.each([
    ' ', 'two words', 'mail..example.nl', '.example.nl', '-mail.example.nl', 'mail-.example.nl', 'mail.example.nl:993', 'https://mail.example.nl', 'user@mail.example.nl',
    'mail.example.nl/', 'mail.example.nl.', '256.1.1.1', '010.0.0.1', '１２７.０.０.１', '1.2.3', '1.2.3.4.5', '1.2.3.', '999', '1..2.3', ':', ':::', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1::2::3', '12345::', '::g', '[::1]',
    '1:2:3:4:5:6:7:8::', '::1.2.3', '::1.2.3.4:5', '1.2.3.4::', 'fe80::1%eth0', `${'a'.repeat(64)}.nl`, 'mail\u0000.nl', 'mail\u00a0.nl', 'a,b', 'mail;rm', '0x7f.1', '.',
    '1:', ':1', '1:2:3:4:5:6:7:', ':2:3:4:5:6:7:8',
  ])('may not be %j', (text) => {
    expect(isHost(text)).toBe(false)
  })

  it('says that it is empty when it is, and nothing else', () => {
    expect(problemOf(host, '')).toBe('empty')
    expect(problemOf(host, '   ')).toBe('empty')
    expect(problemOf(host, undefined)).toBe('empty')
  })

  it('is at most 253 characters long', () => {
    const long = `${'a.'.repeat(124)}nl`
    expect(problemOf(host, `${long}abc`)).toBeNull()
    expect(problemOf(host, `${'a.'.repeat(126)}nl`)).toBe('too-long')
  })
})

describe('a mail address', () => {
  it.each([
    'jan@example.nl', 'jan.de.vries+invoices@mail.example.nl', 'o\'brien@example.ie', 'jan@localhost', 'josé@bücher.example', '用户@例子.世界', '{x}=!#$%&*/?^`|~-@example.nl',
    `${'a'.repeat(64)}@example.nl`,
  ])('may be %j', (text) => {
    expect(isMailAddress(text)).toBe(true)
    expect(problemOf(mailAddress, text)).toBeNull()
  })

  it.each([
    'jan', '@example.nl', 'jan@', 'jan@@example.nl', 'a@b@example.nl', '.jan@example.nl', 'jan.@example.nl', 'ja..n@example.nl', 'ja n@example.nl', 'jan@exa mple.nl', 'jan@-example.nl',
    '"jan"@example.nl', 'Jan <jan@example.nl>', 'jan@example.nl, piet@example.nl', 'jan@example..nl', `${'a'.repeat(65)}@example.nl`, 'jan@[127.0.0.1]', 'jan@1.2.3.4', 'jan\u0000@example.nl',
    'jan\r\nRCPT TO:<x@y.nl>@example.nl', 'jan\u200b@example.nl', 'jan\u007f@example.nl', 'jan@example.nl.',
  ])('may not be %j', (text) => {
    expect(isMailAddress(text)).toBe(false)
    expect(problemOf(mailAddress, text)).not.toBeNull()
  })

  it('takes the spaces around it away', () => {
    expect(mailAddress.parse('  jan@example.nl ')).toBe('jan@example.nl')
  })

  it('may be left out where it is optional, and is held to the same rules where it is not', () => {
    expect(problemOf(optionalMailAddress, '')).toBeNull()
    expect(problemOf(optionalMailAddress, 'jan')).toBe('not-an-address')
    expect(problemOf(mailAddress, '')).toBe('empty')
  })
})

describe('a line of text', () => {
  it.each(['a\nb', 'a\rb', 'a\r\nb', 'a\u0000b', 'a\u0085b', 'a\u2028b', 'a\u2029b', 'a\u001bb', 'a\u007fb', 'a\tb', 'a\u000bb'])('refuses the line break or control character in %j', (text) => {
    expect(problemOf(line(), text)).toBe('line-break')
    expect(problemOf(requiredLine(), text)).toBe('line-break')
    expect(problemOf(host, text)).toBe('line-break')
    expect(problemOf(mailAddress, text)).toBe('line-break')
  })

  it('is never longer than its field allows', () => {
    expect(problemOf(line(5), '123456')).toBe('too-long')
    expect(problemOf(line(5), '12345')).toBeNull()
    expect(problemOf(paragraph(5), '123456')).toBe('too-long')
  })

  it.each([null, 5, {}, [], true])('is text and not %j', (value) => {
    expect(problemOf(line(), value)).toBe('wrong-type')
    expect(problemOf(host, value)).toBe('wrong-type')
  })

  it('is well-formed Unicode', () => {
    expect(problemOf(line(), 'a\ud800b')).not.toBeNull()
  })
})

describe('a paragraph', () => {
  it('keeps its line breaks', () => {
    expect(paragraph().parse('Regards,\nJan')).toBe('Regards,\nJan')
  })
})
