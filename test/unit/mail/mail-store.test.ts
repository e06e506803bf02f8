import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createMailStore } from '../../../electron/mail/create-mail-store.ts'
import type { MailStore } from '../../../electron/mail/mail-store.ts'
import { messageViewSchema } from '../../../shared/model/message.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'

let place: ReturnType<typeof freshDataFolder>
let mail: MailStore

beforeEach(() => {
  place = freshDataFolder()
  mail = createMailStore(place)
})
afterEach(() => place.remove())

const files = () => readdirSync(place.folder.mail, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
const all = { accountId: null, search: '', offset: 0, limit: 500 }
const everything = { leaveCopy: false, removeAfterDays: null, removeWhenDeleted: false }
const value = <T>(outcome: { ok: true; value: T } | { ok: false; failure: unknown }): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
  return outcome.value
}

async function store(messages: Readonly<Record<string, string | Buffer>>, { account = 'office', folder = 'INBOX', pieces = 7000 } = {}) {
  const batch = mail.receive(account, folder)
  for (const [serverId, text] of Object.entries(messages)) {
    const bytes = Buffer.from(text)
    const message = await batch.begin(serverId, { seen: false })
    for (let offset = 0; offset < bytes.length; offset += pieces) await message.write(bytes.subarray(offset, offset + pieces))
    value(await message.finish())
  }
  return value(await batch.commit())
}

const message = (subject: string, date = 'Sun, 22 Nov 2026 08:00:00 +0000', from = 'Jan <jan@example.nl>') =>
  `From: ${from}\r\nTo: sales@example.nl\r\nSubject: ${subject}\r\nDate: ${date}\r\n\r\nText of ${subject}\r\n`

describe('storing', () => {
  test('every byte is kept, small or large, ended well or not', async () => {
    const bodies = {
      small: Buffer.from([...Array(256).keys()]),
      empty: Buffer.alloc(0),
      edge: Buffer.alloc(64 * 1024, 'e'),
      large: Buffer.from(message('large') + 'x\r\n..\n'.repeat(500_000)),
    }
    expect(await store(bodies)).toEqual({ stored: 4, bytes: Object.values(bodies).reduce((sum, { length }) => sum + length, 0) })
    const stored = files().map((file) => readFileSync(file).toString('latin1')).toSorted()
    expect(stored).toEqual(Object.values(bodies).map((body) => body.toString('latin1')).toSorted())
  })

  test('nothing is known of a message before its batch is committed', async () => {
    const batch = mail.receive('office', 'INBOX')
    const one = await batch.begin('1', { seen: false })
    await one.write(Buffer.from(message('one')))
    await one.finish()
    expect(mail.list(all).total).toBe(0)
    expect(mail.knownServerIds('office', 'INBOX').size).toBe(0)
    expect(mail.dueForRemoval('office', 'INBOX', everything)).toEqual([])
    value(await batch.commit())
    expect(mail.list(all).total).toBe(1)
    expect(mail.dueForRemoval('office', 'INBOX', everything)).toEqual(['1'])
  })

  test('a message that is open while others are committed belongs to the next commit', async () => {
    const batch = mail.receive('office', 'INBOX')
    const slow = await batch.begin('slow', { seen: false })
    await slow.write(Buffer.from(message('slow')))
    await (await batch.begin('quick', { seen: true })).finish()
    expect(value(await batch.commit()).stored).toBe(1)
    await slow.finish()
    expect(value(await batch.commit()).stored).toBe(1)
    expect(mail.knownServerIds('office', 'INBOX')).toEqual(new Set(['slow', 'quick']))
  })

  test('the same server id is stored once per account and folder, and its second file goes', async () => {
    await store({ 1: message('first') })
    expect(await store({ 1: message('again'), 2: message('second') })).toMatchObject({ stored: 1 })
    await store({ 1: message('elsewhere') }, { folder: 'Archive' })
    expect(mail.list(all).messages.map(({ subject }) => subject).toSorted()).toEqual(['elsewhere', 'first', 'second'])
    expect(files()).toHaveLength(3)
  })

  test('an abandoned message or batch leaves no file and no trace', async () => {
    const batch = mail.receive('office', 'INBOX')
    const big = await batch.begin('big', { seen: false })
    await big.write(Buffer.alloc(200_000))
    await (await batch.begin('done', { seen: false })).finish()
    await batch.begin('open', { seen: false })
    await big.abandon()
    await batch.abandon()
    expect(value(await batch.commit())).toEqual({ stored: 0, bytes: 0 })
    expect(files()).toEqual([])
  })

  test('a disk that refuses is a failure of the message or the commit, and nothing is known of it', async () => {
    writeFileSync(place.folder.mail, 'a file where the folder should be')
    const batch = mail.receive('office', 'INBOX')
    expect(await (await batch.begin('1', { seen: false })).finish()).toMatchObject({ ok: false, failure: { code: 'storage.failed' } })
    expect(value(await batch.commit()).stored).toBe(0)
    expect(mail.knownServerIds('office', 'INBOX').size).toBe(0)
  })

  test('a file nobody has a note of stays, whoever put it there', async () => {
    await store({ 1: message('kept') })
    mkdirSync(join(place.folder.mail, 'office', 'zz'), { recursive: true })
    writeFileSync(join(place.folder.mail, 'office', 'zz', 'unknown.eml'), 'perhaps the only copy')
    const before = files()
    mail = createMailStore(place)
    await store({ 2: message('new') })
    expect(files()).toHaveLength(3)
    expect(files()).toEqual(expect.arrayContaining(before))
  })

  test('an account id can not lead out of the mail folder', () => {
    expect(() => mail.receive('../office', 'INBOX')).toThrow()
  })

  test('incoming messages are marked private where the account says so', async () => {
    const batch = mail.receive('office', 'INBOX', { incoming: true, outgoing: false })
    await (await batch.begin('1', { seen: true })).finish()
    await batch.commit()
    expect(mail.list(all).messages[0]).toMatchObject({ private: true, seen: true })
  })
})

describe('the list', () => {
  test('is newest first by Date; what has none, or one far ahead, counts from when it was stored', async () => {
    await store({
      old: message('old', 'Sun, 22 Nov 2020 08:00:00 +0000'),
      future: message('future', 'Sun, 22 Nov 2037 08:00:00 +0000'),
      bad: message('bad', 'tomorrow, maybe'),
      recent: message('recent', 'Sun, 22 Nov 2026 08:59:00 +0000'),
    })
    const { messages } = mail.list(all)
    expect(messages.map(({ subject }) => subject)).toEqual(['bad', 'future', 'recent', 'old'])
    expect(messages[0]).toMatchObject({ date: null, storedAt: '2026-11-22T09:00:00.000Z' })
  })

  test('pages through one account or all', async () => {
    await store(Object.fromEntries([1, 2, 3].map((n) => [n, message(`a${n}`, `Sun, 22 Nov 2026 08:0${n}:00 +0000`)])))
    await store({ 1: message('b1') }, { account: 'home' })
    expect(mail.list({ ...all, accountId: 'office', offset: 1, limit: 1 })).toMatchObject({ total: 3, messages: [{ subject: 'a2' }] })
    expect(mail.list(all).total).toBe(4)
    expect(mail.counts('office')).toEqual({ messages: 3, unseen: 3 })
  })

  test('from whichever end a page is read, the pages are the list, and say where a message stands in it', async () => {
    const messages = Array.from({ length: 25 }, (_, at) => [`${at}`, message(`m${at}`, `Sun, 22 Nov 2026 08:00:0${at % 4} +0000`)] as const)
    await store(Object.fromEntries(messages))
    await store({ 1: message('of another account') }, { account: 'home' })
    const query = { ...all, accountId: 'office' }
    const whole = mail.list(query).messages
    expect(whole.map(({ date, id }) => `${date} ${String(id).padStart(3)}`)).toEqual(whole.map(({ date, id }) => `${date} ${String(id).padStart(3)}`).toSorted().toReversed())
    expect([0, 7, 14, 21, 28].flatMap((offset) => mail.list({ ...query, offset, limit: 7 }).messages)).toEqual(whole)
    for (const [at, { id }] of whole.entries()) expect(mail.list({ ...query, limit: 1, placeOf: id })).toMatchObject({ total: 25, place: at })
    const [seventh] = mail.list({ ...query, search: 'm7' }).messages
    expect(mail.list({ ...query, search: 'm7', placeOf: seventh!.id }).place).toBe(0)
    expect(mail.list({ ...query, placeOf: mail.list({ ...all, accountId: 'home' }).messages[0]!.id }).place).toBeNull()
    expect(mail.list(query).place).toBeNull()
  })

  test('is searched by words and beginnings of words in subject, from and to, whatever their accents and case', async () => {
    await store({ 1: message('Offerte März', undefined, 'Zoë de Wit <zoe@wit.example>'), 2: message('Factuur 2026-17') })
    const found = (search: string) => mail.list({ ...all, search }).messages.map(({ subject }) => subject)
    expect(found('marz')).toEqual(['Offerte März'])
    expect(found('FACT')).toEqual(['Factuur 2026-17'])
    expect(found('zoé wit.exam')).toEqual(['Offerte März'])
    expect(found('zoe factuur')).toEqual([])
    expect(found('sales@example')).toHaveLength(2)
    expect(found('2026-17')).toEqual(['Factuur 2026-17'])
  })

  test.each(['"', '" OR 1', 'subject:x', '-', '***', 'NEAR(a b)', 'a AND', "'; DROP TABLE message; --", '\u0000', '^factuur', '{a} : b'])('a search for %j is words, never a query language', async (search) => {
    await store({ 1: message('Factuur') })
    expect(() => mail.list({ ...all, search: search.repeat(500) })).not.toThrow()
    expect(() => mail.list({ ...all, search })).not.toThrow()
    expect(mail.list(all).total).toBe(1)
  })

  test('tells who listens what changed, and only when something did', async () => {
    const told: (string | null)[] = []
    const stop = mail.onChange((accountId) => told.push(accountId))
    await store({ 1: message('one') })
    const [{ id } = { id: 0 }] = mail.list(all).messages
    mail.markSeen([id], true)
    mail.markSeen([id], true)
    mail.markPrivate([id], true)
    expect(mail.list(all).messages[0]).toMatchObject({ seen: true, private: true })
    expect(told).toEqual(['office', null, null])
    stop()
    mail.markSeen([id], false)
    expect(told).toHaveLength(3)
  })
})

describe('reading', () => {
  const only = () => mail.list(all).messages[0]!.id

  test('shows text, HTML with the images the message carries, and attachments byte for byte', async () => {
    const pdf = Buffer.from([...Array(1000).keys()].map((n) => n % 256))
    await store({
      1: [
        'From: a@b.example', 'Cc: c@b.example', 'Message-ID: <m@x>', 'Subject: s', 'Date: Sun, 22 Nov 2026 08:00:00 +0000', 'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=M', '', '--M', 'Content-Type: multipart/related; boundary=R', '', '--R',
        'Content-Type: text/html; charset=utf-8', '', '<p onclick=x>Hi <img src="cid:logo"></p>', '--R',
        'Content-Type: image/png', 'Content-ID: <logo>', 'Content-Transfer-Encoding: base64', '', 'iVBORw0K', '--R--', '--M',
        "Content-Type: application/pdf; name*=utf-8''r%C3%A9sum%C3%A9.pdf", 'Content-Disposition: attachment', 'Content-Transfer-Encoding: base64', '',
        pdf.toString('base64').replace(/(.{76})/g, '$1\r\n'), '--M--', '',
      ].join('\r\n'),
    })
    const view = value(await mail.read(only()))
    expect(messageViewSchema.parse(view)).toEqual(view)
    expect(view).toMatchObject({
      messageId: '<m@x>', cc: [{ name: '', address: 'c@b.example' }], hasAttachments: true,
      attachments: [{ index: 0, contentType: 'image/png', inline: true }, { index: 1, name: 'résumé.pdf', contentType: 'application/pdf', size: 1000, inline: false }],
    })
    expect(view.html).toContain('<p onclick=x>Hi <img src="data:image/png;base64,iVBORw0K')
    expect(value(await mail.attachment(only(), 1, 0, 600)).bytes).toEqual(pdf.subarray(0, 600))
    expect(value(await mail.attachment(only(), 1, 600, 600))).toEqual({ bytes: pdf.subarray(600), size: 1000 })
    expect(await mail.attachment(only(), 7, 0, 1)).toMatchObject({ ok: false, failure: { code: 'file.unknown' } })
  })

  test.each([
    ['no header at all', 'Hello\r\nthere'],
    ['a multipart without boundary', 'From: a@b.example\r\nContent-Type: multipart/mixed\r\n\r\n--x\r\n'],
    ['a multipart that never ends', 'From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\ntext'],
    ['an unknown charset and encoding', 'From: a@b.example\r\nContent-Type: text/plain; charset=klingon\r\nContent-Transfer-Encoding: x-odd\r\n\r\ntext'],
    ['broken base64', 'From: a@b.example\r\nContent-Transfer-Encoding: base64\r\n\r\n====!!\u0000'],
    ['parts nested without end', `From: a@b.example\r\n${Array.from({ length: 2000 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`).join('')}`],
    ['nothing', ''],
  ])('a malformed message is always shown: %s', async (_name, text) => {
    await store({ 1: text })
    const view = value(await mail.read(only()))
    expect(messageViewSchema.parse(view)).toEqual(view)
    const { bytes, size } = value(await mail.source(only(), 0, 1_000_000))
    expect(Buffer.from(bytes).toString()).toBe(text)
    expect(size).toBe(Buffer.byteLength(text))
  })

  test('a message without a header is shown raw', async () => {
    await store({ 1: 'Hello\r\nthere' })
    expect(value(await mail.read(only()))).toMatchObject({ readable: false, text: 'Hello\r\nthere', html: null })
  })

  test('a bad Date stays unknown, never today', async () => {
    await store({ 1: message('s', 'soon') })
    expect(value(await mail.read(only())).date).toBeNull()
  })

  test('the source comes in stretches that end where the file ends', async () => {
    await store({ 1: '0123456789' })
    expect(Buffer.from(value(await mail.source(only(), 4, 3)).bytes).toString()).toBe('456')
    expect(value(await mail.source(only(), 8, 100))).toMatchObject({ bytes: Buffer.from('89'), size: 10 })
    expect(value(await mail.source(only(), 50, 100)).bytes).toHaveLength(0)
  })

  test('an unknown message and a lost file are told apart', async () => {
    expect(await mail.read(99)).toMatchObject({ ok: false, failure: { code: 'mail.unknown' } })
    await store({ 1: message('lost') })
    place.database.prepare("UPDATE message SET file = 'office/00/gone.eml'").run()
    expect(await mail.read(only())).toMatchObject({ ok: false, failure: { code: 'mail.unreadable' } })
  })
})

describe('deleting and the ledger', () => {
  const idOf = (subject: string) => mail.list(all).messages.find((row) => row.subject === subject)!.id

  test('a deleted message is gone from list and search, a day later from the disk, and is not fetched again', async () => {
    await store({ 1: message('one'), 2: message('two') })
    value(await mail.delete([idOf('one'), 12345]))
    expect(mail.list(all)).toMatchObject({ total: 1, messages: [{ subject: 'two' }] })
    expect(mail.list({ ...all, search: 'one' }).total).toBe(0)
    expect(files()).toHaveLength(2)
    place.clock.at = new Date('2026-11-23T09:00:00.000Z')
    value(await mail.putAwayDeleted())
    expect(files()).toHaveLength(1)
    expect(mail.knownServerIds('office', 'INBOX')).toEqual(new Set(['1', '2']))
  })

  test('what may go from the server follows the delivery option, and only once it has not gone yet', async () => {
    await store({ old: message('old'), deleted: message('deleted') })
    place.clock.at = new Date('2026-11-29T09:00:00.000Z')
    await store({ new: message('new') })
    await mail.delete([idOf('deleted')])
    const due = (rule: Partial<Parameters<MailStore['dueForRemoval']>[2]>) =>
      mail.dueForRemoval('office', 'INBOX', { leaveCopy: true, removeAfterDays: null, removeWhenDeleted: false, ...rule }).toSorted()
    expect(due({})).toEqual([])
    expect(due({ leaveCopy: false })).toEqual(['deleted', 'new', 'old'])
    expect(due({ removeWhenDeleted: true })).toEqual(['deleted'])
    expect(due({ removeAfterDays: 7 })).toEqual(['deleted', 'old'])
    expect(due({ removeAfterDays: 8 })).toEqual([])
    expect(due({ removeAfterDays: 8, removeWhenDeleted: true })).toEqual(['deleted'])
    mail.noteRemoved('office', 'INBOX', ['old'])
    expect(due({ leaveCopy: false })).toEqual(['deleted', 'new'])
    expect(mail.knownServerIds('office', 'INBOX').has('old')).toBe(true)
    expect(mail.dueForRemoval('home', 'INBOX', everything)).toEqual([])
  })

  test("removing an account takes its mail, files and ledger, and nobody else's", async () => {
    await store({ 1: message('office') })
    await store({ 1: message('home') }, { account: 'home' })
    value(await mail.deleteAccount('office'))
    expect(mail.list(all)).toMatchObject({ total: 1, messages: [{ subject: 'home' }] })
    expect(mail.knownServerIds('office', 'INBOX').size).toBe(0)
    expect(files()).toHaveLength(1)
    await store({ 1: message('again') })
    expect(mail.list(all).total).toBe(2)
  })
})
