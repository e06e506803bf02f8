import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { MailParser, simpleParser, type AttachmentStream } from 'mailparser'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addressInHeaderOnly, composeMail, messageIdOf } from '../../../electron/outbox/compose-mail.ts'
import type { Account, AccountDraftInput } from '../../../shared/model/account.ts'
import { letterheadOf } from '../../../shared/model/letterhead.ts'
import { organizationSchema } from '../../../shared/model/levels.ts'
import { composedMailSchema, type ComposedMail, type ComposedMailInput } from '../../../shared/model/outgoing-mail.ts'
import { draftOf } from '../../fakes/one-account.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mailroom-compose-'))
})
afterEach(() => rmSync(root, { recursive: true }))

const levels = { organization: organizationSchema.parse({}), units: [] }
const stamp = { messageId: '<id@shop.example>', date: new Date('2026-11-22T09:00:00Z') }
const accountOf = (change: Partial<AccountDraftInput> = {}): Account => ({ id: 'office', ...draftOf(change) })
const mailOf = (change: Partial<ComposedMailInput> = {}): ComposedMail => composedMailSchema.parse({ accountId: 'office', to: [{ address: 'jan@customer.example' }], ...change })

async function compose(account: Account, mail: ComposedMail, attachments: Parameters<typeof composeMail>[2] = []): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of composeMail(letterheadOf(account, levels), mail, attachments, stamp)) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces).toString('latin1')
}
const headerOf = (message: string) => message.slice(0, message.indexOf('\r\n\r\n'))
const fieldNames = (message: string) => headerOf(message).split('\r\n').filter((line) => !/^[ \t]/.test(line)).map((line) => line.slice(0, line.indexOf(':')).toLowerCase())

test('a mail carries names, dates and texts in any script, and is read back as it was written', async () => {
  const account = accountOf({
    user: { displayName: 'Zoë, de Wit "Z"', address: 'zoe@müller.example', organization: 'Wit & Zn. €', replyToAddress: 'sales@shop.example', replyToName: 'Verkoop ✓' },
    sending: { signature: 'Groet, Zoë', footer: 'KvK 123', readReceipt: 'reply-to' },
  })
  const message = await compose(account, mailOf({ to: [{ name: 'Jan; "x"', address: 'jan@customer.example' }], cc: [{ address: 'c@customer.example' }], subject: 'Factuur März '.repeat(12), text: 'Beste Jan,\n\n€ 12\n.\nFrom hier', inReplyTo: '<q@x>' }))
  const parsed = await simpleParser(message)
  expect(parsed).toMatchObject({ messageId: stamp.messageId, date: stamp.date, subject: 'Factuur März '.repeat(12).trim(), inReplyTo: '<q@x>', references: '<q@x>' })
  expect(parsed.from?.value).toEqual([{ name: 'Zoë, de Wit "Z"', address: 'zoe@müller.example' }])
  expect(parsed.replyTo?.value).toEqual([{ name: 'Verkoop ✓', address: 'sales@shop.example' }])
  expect(parsed.to).toMatchObject({ value: [{ name: 'Jan; "x"', address: 'jan@customer.example' }] })
  expect(parsed.text?.trimEnd()).toBe('Beste Jan,\n\n€ 12\n.\nFrom hier\n\n-- \nGroet, Zoë\n\nKvK 123')
  expect(headerOf(message)).toContain('Disposition-Notification-To: <sales@shop.example>')
  expect(headerOf(message)).toContain('User-Agent: Mailroom')
  expect(headerOf(message)).toMatch(/From: .*zoe@xn--mller-kva\.example/)
})

test('Bcc is never in the message, and a mail with nobody else says so', async () => {
  const message = await compose(accountOf(), mailOf({ to: [], bcc: [{ name: 'Secret', address: 'secret@customer.example' }] }))
  expect(message.toLowerCase()).not.toMatch(/secret|bcc/)
  expect(headerOf(message)).toMatch(/^To: "undisclosed-recipients":;$/m)
})

test('a text with line breaks in it begins no header line of its own, wherever it stands', async () => {
  const evil = 'x\r\nBcc: victim@evil.example\r\n\r\nbody\u0000\u2028'
  const account = accountOf()
  const injected: Account = {
    ...account,
    user: { ...account.user, displayName: evil, organization: evil, replyToAddress: `r@shop.example${evil}`, replyToName: evil },
    sending: { ...account.sending, readReceipt: 'reply-to' },
  }
  const mail: ComposedMail = { ...mailOf(), to: [{ name: evil, address: `a@b.example${evil}` }], cc: [{ name: evil, address: 'c@d.example' }], subject: evil, inReplyTo: evil }
  const file = join(root, 'a')
  writeFileSync(file, 'pdf')
  const message = await compose(injected, mail, [{ name: evil, path: file }])
  const plain = await compose(accountOf({ user: { ...account.user, organization: 'x', replyToAddress: 'r@shop.example' }, sending: { readReceipt: 'reply-to' } }), mailOf({ cc: [{ address: 'c@d.example' }], subject: 'x', inReplyTo: 'x' }), [{ name: 'x', path: file }])
  expect(fieldNames(message).toSorted()).toEqual(fieldNames(plain).toSorted())
  expect(message).not.toMatch(/^bcc:/im)
})

test('an id of another program that is not of ASCII is left out: folded at a space of Unicode it would begin a field', async () => {
  const message = await compose(accountOf(), mailOf({ inReplyTo: `<${'x'.repeat(70)}\u2003${'y'.repeat(70)}@customer.example>` }))
  expect(fieldNames(message).toSorted()).toEqual(fieldNames(await compose(accountOf(), mailOf())).toSorted())
})

test('every line ends in CRLF and none is longer than a server must take', async () => {
  const file = join(root, 'list.txt')
  writeFileSync(file, 'one\ntwo\rthree\r\n'.repeat(50))
  const message = await compose(accountOf(), mailOf({ subject: 'x'.repeat(900), text: `${'y'.repeat(5000)}\nz\r\n`, to: Array.from({ length: 60 }, (_, n) => ({ name: `Naam ${n} é`, address: `n${n}@customer.example` })) }), [{ name: 'list.txt', path: file }, { name: 'mail.eml', path: file }])
  expect(message.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  expect(Math.max(...message.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998)
})

test('attachments keep their bytes and their names, and a name is never a path', async () => {
  const bytes = randomBytes(100_000)
  const file = join(root, 'a')
  writeFileSync(file, bytes)
  const parsed = await simpleParser(await compose(accountOf(), mailOf(), [{ name: '../../Größe — résumé 中.pdf', path: file }, { name: 'C:\\x\\rekening.txt', path: file }, { name: '', path: file }]))
  expect(parsed.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([
    ['Größe — résumé 中.pdf', 'application/pdf'], ['rekening.txt', 'text/plain'], ['attachment', 'application/octet-stream'],
  ])
  for (const { content } of parsed.attachments) expect(content.equals(bytes)).toBe(true)
})

test('a large attachment is streamed, not held in memory', async () => {
  const file = join(root, 'big.pdf')
  const hash = createHash('sha256')
  const out = createWriteStream(file)
  for (let piece = 0; piece < 60; piece += 1) {
    const bytes = randomBytes(1024 * 1024)
    hash.update(bytes)
    if (!out.write(bytes)) await once(out, 'drain')
  }
  await new Promise<void>((resolve) => out.end(resolve))
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let peak = before
  const target = createWriteStream(join(root, 'mail.eml'))
  await pipeline(composeMail(letterheadOf(accountOf(), levels), mailOf(), [{ name: 'big.pdf', path: file }], stamp), async function* (pieces) {
    for await (const piece of pieces) {
      peak = Math.max(peak, process.memoryUsage().rss)
      yield piece
    }
  }, target)
  expect((peak - before) / 1024 / 1024).toBeLessThan(60)
  const parser = new MailParser()
  const found = createHash('sha256')
  parser.on('data', (part: AttachmentStream) => {
    if (part.type !== 'attachment') return
    part.content.on('data', (bytes: Buffer) => found.update(bytes)).on('end', () => part.release())
  })
  createReadStream(join(root, 'mail.eml')).pipe(parser)
  await new Promise((resolve) => parser.on('end', resolve))
  expect(found.digest('hex')).toBe(hash.digest('hex'))
})

test('a Message-ID has the domain of the address, in ASCII', () => {
  expect(messageIdOf('1', 'a@müller.example')).toBe('<1@xn--mller-kva.example>')
})

test('a mail is plain text until something in it is formatted; then all of it is in both forms, in the same order', async () => {
  const account = accountOf({ sending: { signature: 'Zoë\nVerkoop', footer: 'Account' } })
  const organization = organizationSchema.parse({ footer: { text: '', html: '<p>KvK <b>123</b> &amp; BTW</p>' } })
  const plain = await compose(account, mailOf({ text: 'Hallo' }))
  expect(headerOf(plain)).toMatch(/^Content-Type: text\/plain/m)
  const pieces: Buffer[] = []
  for await (const piece of composeMail(letterheadOf(account, { organization, units: [] }), mailOf({ subject: 'A <b>', text: 'Dag <Jan>,\n\nzie https://shop.example/a?b=1&c=2.\n> eerder\nGroet' }), [], stamp)) pieces.push(Buffer.from(piece))
  const parsed = await simpleParser(Buffer.concat(pieces))
  expect(Buffer.concat(pieces).toString()).toMatch(/^Content-Type: multipart\/alternative/m)
  expect(parsed.text?.trimEnd()).toBe('Dag <Jan>,\n\nzie https://shop.example/a?b=1&c=2.\n> eerder\nGroet\n\n-- \nZoë\nVerkoop\n\nAccount\n\nKvK 123 & BTW')
  const html = String(parsed.html)
  expect(html).toContain('<title>A &lt;b&gt;</title>')
  expect(html).toContain('<div>Dag &lt;Jan&gt;,</div>')
  expect(html).toContain('<a href="https://shop.example/a?b=1&amp;c=2">https://shop.example/a?b=1&amp;c=2</a>.')
  expect(html).toMatch(/<blockquote[^>]*><div>eerder<\/div><\/blockquote>/)
  const places = ['Groet', '>Zoë<', 'Account', '<b>123</b>'].map((words) => html.indexOf(words))
  expect(places).toEqual(places.toSorted((one, other) => one - other))
  expect(places).not.toContain(-1)
})

test('HTML from the window is not believed: what runs or is no part of a mail is left out, of footers and templates, too', async () => {
  const hostile = '<p onclick="x()">Hi <b>Jan</b><script>alert(1)</script><iframe src="https://a.example"></iframe><a href="javascript:x()">here</a></div></body></html>'
  const account = accountOf({ sending: { signature: { text: '', html: hostile }, footer: { text: '', html: hostile } } })
  const parsed = await simpleParser(Buffer.from(await compose(account, mailOf({ text: '', html: hostile })), 'latin1'))
  expect(String(parsed.html)).not.toMatch(/script|onclick|iframe/)
  expect(String(parsed.html).match(/<b>Jan<\/b>/g)).toHaveLength(3)
  expect(String(parsed.html).match(/<\/body>/g)).toHaveLength(1)
  expect(parsed.text?.trim()).toBe('Hi Janhere\n\n-- \nHi Janhere\n\nHi Janhere')
})

test('a formatted mail has a text beside it that says the same', async () => {
  const parsed = await simpleParser(Buffer.from(await compose(accountOf(), mailOf({ html: '<div>Dear <b>Jan</b>,</div><ul><li>one</li><li>two</li></ul><div><a href="https://shop.example/pay">Pay</a></div>' })), 'latin1'))
  expect(parsed.text?.trim()).toBe('Dear Jan,\n\n- one\n- two\n\nPay <https://shop.example/pay>')
})

test('what is asked for with one mail goes before what the account always asks for', async () => {
  const always = accountOf({ user: { displayName: 'O', address: 'o@shop.example', replyToAddress: 'r@müller.example' }, sending: { readReceipt: 'account' } })
  expect(headerOf(await compose(always, mailOf()))).toContain('Disposition-Notification-To: <o@shop.example>')
  expect(headerOf(await compose(always, mailOf({ readReceipt: 'reply-to' })))).toContain('Disposition-Notification-To: <r@xn--mller-kva.example>')
  expect(headerOf(await compose(always, mailOf({ readReceipt: 'none' })))).not.toContain('Disposition-Notification-To')
})

test('a local part that is not ASCII goes out as it is, in UTF-8 (RFC 6532), and nothing else in the header does', async () => {
  const message = Buffer.from(await compose(accountOf({ user: { displayName: 'Zoë', address: 'zoë@müller.example' } }), mailOf({ to: [{ name: 'José', address: 'josé@bücher.example' }] })), 'latin1').toString()
  expect(headerOf(message)).toMatch(/^From: .*<zoë@müller\.example>$/m)
  expect(headerOf(message)).toMatch(/^To: .*<josé@bücher\.example>$/m)
})

test('an address for answers that would need SMTPUTF8 is noticed where nothing in the envelope asks for it', () => {
  const head = (replyToAddress: string, address = 'o@shop.example') => letterheadOf(accountOf({ user: { displayName: 'O', address, replyToAddress } }), levels)
  expect(addressInHeaderOnly(head('antwoorden-ë@shop.example'), ['jan@customer.example'])).toBe('antwoorden-ë@shop.example')
  expect(addressInHeaderOnly(head('antwoorden-ë@shop.example'), ['josé@customer.example'])).toBeNull()
  expect(addressInHeaderOnly(head('r@müller.example'), ['jan@customer.example'])).toBeNull()
})
