import { expect, test } from 'vitest'
import { readHeaders, readMoreHeaders } from '../../../electron/mail/read-headers.ts'

const read = (text: string, encoding: BufferEncoding = 'utf8') => readHeaders(Buffer.from(text, encoding))

test('names, subjects and addresses come out decoded, whatever their charset', () => {
  expect(
    read(
      'From: =?iso-8859-1?Q?J=F6rg_M=FCller?= <jorg@example.com>\r\nTo: "Sales, Team" <sales@example.nl>,\r\n =?utf-8?B?UGnDqXQ=?= <piet@example.nl>\r\n' +
        'Subject: =?utf-8?B?RmFjdHV1ciA=?= =?utf-8?B?TcOkcno=?=\r\nDate: Sun, 22 Nov 2026 10:00:00 +0100\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\nbody',
    ),
  ).toEqual({
    from: { name: 'Jörg Müller', address: 'jorg@example.com' },
    to: [{ name: 'Sales, Team', address: 'sales@example.nl' }, { name: 'Piét', address: 'piet@example.nl' }],
    subject: 'Factuur März',
    date: Date.parse('2026-11-22T09:00:00Z'),
    hasAttachments: true,
    readable: true, bulk: false,
  })
})

test.each([
  ['a character that two words share', '=?utf-8?Q?M=C3?=\r\n =?UTF-8?q?=A4rz?= 2026', 'März 2026'],
  ['words of two charsets', '=?utf-8?Q?=E2=82=AC?= =?iso-8859-15?Q?=A4?=', '€€'],
  ['a charset that keeps state', '=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=', '日本'],
  ['a language', "=?us-ascii*en?Q?Keith_Moore?=", 'Keith Moore'],
  ['a charset nobody knows', '=?x-unknown?Q?Factuur=5F7?=', 'Factuur_7'],
  ['what is no encoded word', 'a =? b ?= =?utf-8?X?c?=', 'a =? b ?= =?utf-8?X?c?='],
])('%s in a subject is decoded: %s', (_what, subject, decoded) => {
  expect(read(`Subject: ${subject}\r\n\r\n`).subject).toBe(decoded)
})

test('raw 8-bit headers are read as UTF-8 where that is what they are, else as Latin-1', () => {
  expect(read('Subject: Größe\r\n\r\n').subject).toBe('Größe')
  expect(read('Subject: Größe\r\n\r\n', 'latin1').subject).toBe('Größe')
})

test('an encoded comma or angle bracket in a name makes no second address', () => {
  expect(read('From: =?utf-8?Q?Bank=2C_=3Cboss=40bank=2Eexample=3E?= <thief@evil.example>\r\n\r\n').from).toEqual({
    name: 'Bank, <boss@bank.example>',
    address: 'thief@evil.example',
  })
})

test('what a sender wrote comes out as one plain line of bounded length', () => {
  const { subject } = read(`Subject: =?utf-8?B?${Buffer.from('a\r\nBcc: b\u0000\u202Efdp.exe\u0007').toString('base64')}?=\r\n\r\n`)
  expect(subject).toBe('a Bcc: b fdp.exe')
  expect(read(`Subject: ${'x'.repeat(100_000)}\r\n\r\n`).subject).toHaveLength(500)
  expect(read(`To: ${'a@b.example, '.repeat(100_000)}\r\n\r\n`).to).toHaveLength(50)
})

test.each(['', '\r\n\r\n', 'just some text\r\nwithout any header', '\u0000\u0001\u0002', ':::\r\n: x\r\n\r\n'])('a message without a header that can be recognised is kept as unreadable: %j', (text) => {
  expect(read(text)).toMatchObject({ readable: false, from: null, subject: '', date: null })
})

test('headers end at the empty line: the body can claim nothing', () => {
  expect(read('Subject: one\n\nFrom: body@example.com\n').from).toBeNull()
  expect(read('Subject: one\r\n\r\nFrom: body@example.com\r\n').from).toBeNull()
})

test('the line mbox files begin with does not hide the headers', () => {
  expect(read('From piet@example.nl Sun Nov 22 10:00:00 2026\nSubject: one\n\n')).toMatchObject({ subject: 'one', readable: true })
})

test.each([
  ['encoded words that never end', `Subject: ${'=?a?b?'.repeat(50_000)}\r\n`],
  ['brackets', `From: ${'<'.repeat(200_000)}\r\n`],
  ['quotes', `From: ${'"'.repeat(99_999)}\r\n`],
  ['groups and comments', `To: ${'(:;'.repeat(80_000)}\r\n`],
  ['fields', 'a:\r\n'.repeat(60_000)],
  ['folds', ' \r\n'.repeat(80_000)],
])('a header block full of %s is read in the time a test has', (_name, block) => {
  expect(readHeaders(Buffer.from(block)).to.length).toBeLessThanOrEqual(50)
})

test('Cc, Reply-To and Message-ID are read for the reader', () => {
  expect(readMoreHeaders(Buffer.from('Cc: a@b.example\r\nReply-To: "R" <r@b.example>\r\nMessage-ID: <1@x>\r\n\r\n'))).toEqual({
    cc: [{ name: '', address: 'a@b.example' }],
    replyTo: [{ name: 'R', address: 'r@b.example' }],
    messageId: '<1@x>',
  })
})
