import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createMailStore } from '../../../electron/mail/create-mail-store.ts'
import type { MailStore } from '../../../electron/mail/mail-store.ts'
import { openDatabase } from '../../../electron/storage/open-database.ts'
import type { StoreReport } from '../../../shared/model/store-findings.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'

let place: ReturnType<typeof freshDataFolder>
let mail: MailStore

beforeEach(() => {
  place = freshDataFolder()
  mail = createMailStore(place)
})
afterEach(() => {
  mail.close()
  place.remove()
})

const all = { accountId: null, search: '', offset: 0, limit: 500 }
const everything = { leaveCopy: false, removeAfterDays: null, removeWhenDeleted: false }
const bytesOf = (subject: string) => `From: Jan <jan@example.nl>\r\nSubject: ${subject}\r\nDate: Sun, 22 Nov 2026 08:00:00 +0000\r\n\r\nText\r\n`
const subjects = () => mail.list(all).messages.map(({ subject }) => subject).toSorted()
const due = () => mail.dueForRemoval('office', 'INBOX', everything).toSorted()
const fileOf = (subject: string) => {
  const row = place.database.prepare('SELECT file FROM message WHERE subject = ?').get(subject)
  return join(place.folder.mail, String(row?.['file']))
}
const sql = (text: string, ...values: string[]) => place.database.prepare(text).run(...values)

async function index(): Promise<void> {
  expect((await mail.index({ signal: new AbortController().signal, tell: () => undefined })).ok).toBe(true)
}

/** Another hand in the search index. */
function inIndex(sql: string): void {
  const file = new DatabaseSync(place.folder.search)
  file.exec(sql)
  file.close()
}

async function receive(messages: Readonly<Record<string, string>>, account = 'office') {
  const batch = mail.receive(account, 'INBOX')
  for (const [serverId, text] of Object.entries(messages)) {
    const message = await batch.begin(serverId, { seen: false })
    await message.write(Buffer.from(text))
    await message.finish()
  }
  const committed = await batch.commit()
  if (!committed.ok) throw new Error(committed.failure.code)
  return committed.value.stored
}

async function examine(rebuild: boolean): Promise<StoreReport> {
  const examined = await mail.examine({ rebuild, signal: new AbortController().signal, progress: () => undefined })
  if (!examined.ok) throw new Error(examined.failure.code)
  return examined.value
}
const check = () => examine(false)
const rebuild = () => examine(true)

function put(file: string, text: string): string {
  const path = join(place.folder.mail, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}

/** Every file of the store with its bytes: the doctor never changes one. */
function files(): ReadonlyMap<string, string> {
  const entries = readdirSync(place.folder.mail, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(entries.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'latin1')]))
}

/** A new, empty database beside the files that are there. */
function loseDatabase(): void {
  mail.close()
  place.database.close()
  for (const end of ['', '-wal', '-shm']) rmSync(place.folder.database + end, { force: true })
  const opened = openDatabase(place.folder)
  if (!opened.ok) throw new Error(opened.failure.code)
  place = { ...place, database: opened.value, remove: () => { opened.value.close(); rmSync(place.folder.root, { recursive: true, force: true }) } }
  mail = createMailStore(place)
}

describe('a disagreement is found, and what can be put right is', () => {
  beforeEach(() => receive({ 1: bytesOf('one'), 2: bytesOf('two') }))

  test('nothing is found where files and index agree, also while messages come in', async () => {
    const batch = mail.receive('office', 'INBOX')
    const coming = await batch.begin('3', { seen: false })
    await coming.write(Buffer.alloc(200_000))
    // What is filed in order: when this one is stored, the file of the other is there.
    await (await batch.begin('4', { seen: false })).finish()
    await batch.commit()
    for (const report of [await check(), await rebuild()]) expect(report).toEqual({ files: 4, found: {}, mended: 0, left: 0, named: [] })
    await batch.abandon()
  })

  test('a file no row knows gets one: unread, private, stored when the file was, and of no server id', async () => {
    const path = put('home/zz/abc-1.eml', bytesOf('found again'))
    utimesSync(path, 1_700_000_000, 1_700_000_000)
    expect(await check()).toMatchObject({ files: 3, found: { 'file-unknown': 1 }, left: 1, named: [{ finding: 'file-unknown', file: 'home/zz/abc-1.eml' }] })
    expect(subjects()).toEqual(['one', 'two'])
    expect(await rebuild()).toMatchObject({ mended: 1, left: 0 })
    expect(mail.list({ ...all, search: 'again' }).messages).toMatchObject([{ accountId: 'home', subject: 'found again', seen: false, private: true, storedAt: '2023-11-14T22:13:20.000Z' }])
    expect(mail.knownServerIds('home', 'INBOX')).toEqual(new Set())
    expect(mail.dueForRemoval('home', 'INBOX', everything)).toEqual([])
    expect(await check()).toMatchObject({ found: {} })
  })

  test('a lost file takes its message out of the ledger; the next fetch brings it again, as seen and private as it was', async () => {
    const [{ id } = { id: 0 }] = mail.list({ ...all, search: 'one' }).messages
    mail.markSeen([id], true)
    mail.markPrivate([id], true)
    rmSync(fileOf('one'))
    expect(await check()).toMatchObject({ files: 1, found: { 'file-missing': 1 }, left: 1 })
    expect(due()).toEqual(['1', '2'])
    expect(await rebuild()).toMatchObject({ found: { 'file-missing': 1 }, mended: 0, left: 1 })
    expect([subjects(), due()]).toEqual([['one', 'two'], ['2']])
    expect(await receive({ 1: bytesOf('one') })).toBe(1)
    expect(mail.list({ ...all, search: 'one' })).toMatchObject({ total: 1, messages: [{ seen: true, private: true }] })
    expect(due()).toEqual(['1', '2'])
    expect(await check()).toMatchObject({ found: {} })
  })

  test('a lost file whose copy on the server is gone too keeps its row, and stays a problem', async () => {
    mail.noteRemoved('office', 'INBOX', ['1'])
    const path = fileOf('one')
    rmSync(path)
    expect(await rebuild()).toMatchObject({ mended: 0, left: 1 })
    expect([subjects(), [...mail.knownServerIds('office', 'INBOX')]]).toEqual([['one', 'two'], ['1', '2']])
    writeFileSync(path, bytesOf('one'))
    expect(await check()).toMatchObject({ found: {} })
  })

  test('a file of another length is shown as it is, and the whole message is fetched beside it', async () => {
    writeFileSync(fileOf('one'), bytesOf('one').slice(0, 40))
    expect(await check()).toMatchObject({ found: { 'file-changed': 1 }, left: 1 })
    expect(await rebuild()).toMatchObject({ mended: 1, left: 0 })
    expect(due()).toEqual(['2'])
    expect(await receive({ 1: bytesOf('one') })).toBe(1)
    expect(mail.list(all).messages.map(({ size }) => size).toSorted((a, b) => a - b)).toEqual([40, bytesOf('one').length, bytesOf('two').length])
    expect(await check()).toMatchObject({ found: {} })
  })

  test('a message the search should find and does not is found again, and words without a message go', async () => {
    await index()
    expect(await check()).toMatchObject({ found: {} })
    inIndex('DELETE FROM message_words WHERE rowid = 1')
    inIndex("INSERT INTO message_words (rowid, subject) VALUES (999, 'ghost')")
    expect(await check()).toMatchObject({ found: { 'not-searchable': 1, 'search-leftover': 1 }, left: 2, named: [{ finding: 'not-searchable' }] })
    expect(mail.list({ ...all, search: 'one' }).total).toBe(0)
    expect(await rebuild()).toMatchObject({ mended: 2, left: 0 })
    expect(mail.list({ ...all, search: 'one' }).total).toBe(1)
    await index()
    expect(await check()).toMatchObject({ found: {} })
    expect(mail.list({ ...all, search: 'text' }).total).toBe(2)
  })

  test('words without a message go when more is taken in', async () => {
    await index()
    inIndex("INSERT INTO message_words (rowid, subject) VALUES (999, 'ghost')")
    expect(await rebuild()).toMatchObject({ found: { 'search-leftover': 1 }, mended: 1, left: 0 })
    expect(mail.list({ ...all, search: 'ghost' })).toMatchObject({ total: 0, messages: [] })
    await index()
    expect(await check()).toMatchObject({ found: {} })
  })

  test('a broken search index is named once and made anew', async () => {
    await index()
    inIndex("UPDATE message_words_data SET block = x'00112233' WHERE id > 10")
    expect(await check()).toMatchObject({ found: { 'search-damaged': 1 }, left: 1 })
    expect(await rebuild()).toMatchObject({ found: { 'search-damaged': 1 }, mended: 1, left: 0 })
    expect(mail.list({ ...all, search: 'jan' }).total).toBe(2)
    await index()
    expect(await check()).toMatchObject({ found: {} })
    expect(mail.list({ ...all, search: 'text' }).total).toBe(2)
  })

  test('a message that is not in the ledger is recognised by its bytes when it comes in, and enters the ledger only then', async () => {
    sql("DELETE FROM ledger WHERE server_id = '1'")
    expect(await check()).toMatchObject({ found: { 'not-in-ledger': 1 }, left: 1 })
    expect(await rebuild()).toMatchObject({ mended: 1, left: 0 })
    expect(due()).toEqual(['2'])
    expect(await receive({ 1: bytesOf('one') })).toBe(0)
    expect([subjects(), due()]).toEqual([['one', 'two'], ['1', '2']])
  })

  test('a second file with the same bytes is named, gets no row, and is left as it is', async () => {
    put('office/zz/copy-1.eml', bytesOf('one'))
    put('office/zz/other-1.eml', bytesOf('six'))
    expect(await rebuild()).toMatchObject({ found: { double: 1, 'file-unknown': 1 }, mended: 1, left: 0 })
    expect(await check()).toMatchObject({ files: 4, found: { double: 1 }, left: 0, named: [{ finding: 'double', file: 'office/zz/copy-1.eml' }] })
    expect(subjects()).toEqual(['one', 'six', 'two'])
  })

  test('a file that Mailroom did not name is named, and never becomes a message', async () => {
    for (const file of ['office/zz/my mail.eml', 'Office/zz/a.eml', 'stray.eml']) put(file, bytesOf('strange'))
    expect(await rebuild()).toMatchObject({ found: { 'strange-name': 3 }, mended: 0, left: 0 })
    expect(subjects()).toEqual(['one', 'two'])
  })

  test('a message that stands in no folder is put into the inbox, and tied to the server when it comes in', async () => {
    await receive({ 1: bytesOf('one'), 2: bytesOf('two') })
    sql("DELETE FROM membership WHERE server_id = '1'")
    sql("DELETE FROM ledger WHERE server_id = '1'")
    expect(await examine(false)).toMatchObject({ found: { 'in-no-folder': 1 }, left: 1 })
    expect(await examine(true)).toMatchObject({ found: { 'in-no-folder': 1 }, mended: 1, left: 0 })
    expect(await examine(true)).toMatchObject({ found: {} })
    expect(mail.list({ ...all, folder: 'INBOX' }).total).toBe(2)
    expect(due()).toEqual(['2'])
    expect(await receive({ 1: bytesOf('one') })).toBe(0)
    expect([due(), subjects()]).toEqual([['1', '2'], ['one', 'two']])
  })

  test('a message deleted here whose file is lost is no trouble, and is not fetched again', async () => {
    await receive({ 1: bytesOf('one'), 2: bytesOf('two') })
    const file = fileOf('one')
    await mail.delete([mail.list({ ...all, search: 'one' }).messages[0]!.id])
    expect(await examine(true)).toMatchObject({ found: {}, files: 2 })
    rmSync(file)
    expect(await examine(true)).toMatchObject({ found: {}, files: 1 })
    expect(mail.knownServerIds('office', 'INBOX')).toEqual(new Set(['1', '2']))
  })

  test('a file that cannot be read is named, and its message stays', async () => {
    const path = fileOf('one')
    rmSync(path)
    mkdirSync(path)
    expect(await rebuild()).toMatchObject({ found: { 'file-unreadable': 1 }, left: 1 })
    expect(due()).toEqual(['1', '2'])
  })
})

describe('with the database gone', () => {
  test('every message is back from its file, byte for byte, of doubles the first; no file was touched; again changes nothing', async () => {
    await receive(Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`s${n}`, bytesOf(`mail ${n}`)])))
    await receive({ twin: bytesOf('mail 7') })
    await receive({ 1: bytesOf('mail 7') }, 'home')
    const before = files()
    loseDatabase()
    expect(await check()).toMatchObject({ files: 152, found: { 'file-unknown': 151, double: 1 }, left: 151 })
    expect(await rebuild()).toMatchObject({ files: 152, found: { 'file-unknown': 151, double: 1 }, mended: 151, left: 0 })
    expect(files()).toEqual(before)
    expect(mail.list(all).total).toBe(151)
    for (const { id, subject } of mail.list(all).messages) {
      const source = await mail.source(id, 0, 10_000)
      expect(source.ok && Buffer.from(source.value.bytes).toString()).toBe(bytesOf(subject))
    }
    const ids = mail.list(all).messages.map(({ id }) => id)
    expect(await rebuild()).toMatchObject({ found: { double: 1 }, mended: 0, left: 0 })
    expect(mail.list(all).messages.map(({ id }) => id)).toEqual(ids)
  })

  test('nothing may leave the server before it came in again; then each message is here once, under its server id', async () => {
    const large = bytesOf('large') + 'x'.repeat(700_000)
    await receive({ 1: bytesOf('one'), 2: bytesOf('two'), 3: bytesOf('one'), 5: large })
    loseDatabase()
    await rebuild()
    expect([due(), mail.knownServerIds('office', 'INBOX').size]).toEqual([[], 0])
    expect(await receive({ 1: bytesOf('one'), 2: bytesOf('two'), 3: bytesOf('one'), 4: bytesOf('four'), 5: large, 6: `${large}y`, 7: large.replace(/x$/, 'z') })).toBe(4)
    expect(subjects()).toEqual(['four', 'large', 'large', 'large', 'one', 'one', 'two'])
    expect(due()).toEqual(['1', '2', '3', '4', '5', '6', '7'])
    expect(await receive({ 1: bytesOf('one'), 3: bytesOf('one') })).toBe(0)
  })

  test('a file that was changed since is not taken for the message that comes in', async () => {
    await receive({ 1: bytesOf('one') })
    loseDatabase()
    await rebuild()
    writeFileSync(fileOf('one'), bytesOf('0ne'))
    expect(await receive({ 1: bytesOf('one') })).toBe(1)
    expect(mail.list(all).total).toBe(2)
    expect([...files().values()].toSorted()).toEqual([bytesOf('0ne'), bytesOf('one')])
  })

  test('cancelled in the middle, what was done stays, and it can be begun again', async () => {
    await receive(Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`s${n}`, bytesOf(`mail ${n}`)])))
    loseDatabase()
    const cancel = new AbortController()
    const cancelled = await mail.examine({ rebuild: true, signal: cancel.signal, progress: (looked) => { if (looked > 0) cancel.abort() } })
    expect(cancelled).toMatchObject({ ok: false, failure: { code: 'job.cancelled' } })
    expect(mail.list(all).total).toBe(64)
    expect(await rebuild()).toMatchObject({ mended: 86, left: 0 })
    expect(mail.list(all).total).toBe(150)
  })
})
