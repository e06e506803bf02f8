/** One row and one file for a message, in however many folders of its account it stands; and never one for two. */
import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createContacts } from '../../../electron/contacts/create-contacts.ts'
import { createMailStore } from '../../../electron/mail/create-mail-store.ts'
import type { MailStore } from '../../../electron/mail/mail-store.ts'
import type { FolderUse } from '../../../shared/model/folder.ts'
import type { FolderMessage } from '../../../shared/model/server-folder.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'

let place: ReturnType<typeof freshDataFolder>
let mail: MailStore

const uses: readonly (readonly [string, FolderUse | null])[] = [['INBOX', 'inbox'], ['Work', null], ['Archive', 'archive'], ['All Mail', 'all'], ['Sent', 'sent'], ['Trash', 'trash']]

beforeEach(async () => {
  place = freshDataFolder()
  mail = createMailStore(place)
  await mail.server.noteFolders('office', uses.map(([path, use]) => ({ path, delimiter: '/', use, holdsMessages: true, status: null, messages: null })))
})
afterEach(() => {
  mail.close()
  place.remove()
})

const received = 'Received: from mx.example.org by mail.example.net with ESMTPS id 4c1f; Sat, 21 Nov 2026 08:00:01 +0000\r\n'
const text = (subject: string, body = 'Hello\r\n', more = received) =>
  `${more}From: Jan <jan@example.nl>\r\nTo: office@shop.example\r\nSubject: ${subject}\r\nDate: Sat, 21 Nov 2026 08:00:00 +0000\r\nMessage-ID: <${subject}@example.nl>\r\n\r\n${body}`
const none = { seen: false, flagged: false, answered: false, draft: false, keywords: [] }
const listed = (serverId: string, bytes: string, more: Partial<FolderMessage> = {}): FolderMessage => ({ serverId, size: Buffer.byteLength(bytes), flags: none, objectId: null, ...more })

/** As fetched from there. Answers with how many became messages. */
async function put(folder: string, messages: Readonly<Record<string, string>>, told: Partial<FolderMessage> = {}, privacy = { incoming: false, outgoing: false }): Promise<number> {
  const batch = mail.receive('office', folder, privacy, (serverId) => listed(serverId, messages[serverId] ?? '', told))
  for (const [serverId, bytes] of Object.entries(messages)) {
    const message = await batch.begin(serverId, { seen: false })
    await message.write(Buffer.from(bytes))
    await message.finish()
  }
  const committed = await batch.commit()
  if (!committed.ok) throw new Error(committed.failure.code)
  return committed.value.stored
}

const news = { mark: { uidValidity: '7', uidNext: 9, modseq: '3' }, numberedAnew: false, messages: [], flags: [], left: null, vanished: [] }
const vanish = (folder: string, ...serverIds: readonly string[]) => mail.server.takeNews('office', folder, { ...news, vanished: serverIds })
const list = (folder: string | null) => mail.list({ accountId: 'office', folder, search: '', offset: 0, limit: 100 }).messages
const ids = (folder: string | null) => list(folder).map(({ id }) => id)
const files = () => readdirSync(place.folder.mail, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.eml')).length
const headers = (messages: Readonly<Record<string, string>>) => new Map(Object.entries(messages).map(([serverId, bytes]) => [serverId, Buffer.from(bytes.slice(0, bytes.indexOf('\r\n\r\n') + 4))]))

describe('the same bytes in a second folder', () => {
  test('are one message with one file: once in the list of all, in both folders, and once on the record of who wrote it', async () => {
    expect(await put('INBOX', { '7:1': text('one') })).toBe(1)
    expect(await put('Work', { '7:1': text('one') })).toBe(0)
    expect([ids(null), ids('INBOX'), ids('Work')]).toEqual([[1], [1], [1]])
    expect([list('INBOX')[0]?.folder, list('Work')[0]?.folder]).toEqual(['INBOX', 'Work'])
    expect(mail.list({ accountId: null, folder: 'Work', search: 'one', offset: 0, limit: 10 }).total).toBe(1)
    expect(mail.counts('office')).toEqual({ messages: 1, unseen: 1 })
    expect(files()).toBe(1)
    const contacts = createContacts(place)
    await contacts.fileNewMail()
    expect((await contacts.list({ search: '', order: 'name', offset: 0, limit: 10 })).contacts).toMatchObject([{ received: 1 }])
    // Known from now on in both.
    expect([mail.knownServerIds('office', 'INBOX').size, mail.knownServerIds('office', 'Work').size]).toEqual([1, 1])
  })

  test('of one folder are two messages, and so are those of two accounts, and one byte that differs', async () => {
    expect(await put('INBOX', { '7:1': text('one'), '7:2': text('one') })).toBe(2)
    expect(await put('Work', { '7:1': text('one', 'Hallo\r\n') })).toBe(1)
    const other = mail.receive('home', 'INBOX')
    const message = await other.begin('7:1', { seen: false })
    await message.write(Buffer.from(text('one')))
    await message.finish()
    expect(await other.commit()).toMatchObject({ value: { stored: 1 } })
    expect(files()).toBe(4)
    // The two of the inbox, copied together to another folder, stay two.
    expect(await put('Archive', { '9:1': text('one'), '9:2': text('one') })).toBe(0)
    expect(ids('Archive').toSorted()).toEqual(ids('INBOX').toSorted())
  })

  test('carry in each folder what they carry there; what a person marks is told in all of them', async () => {
    await put('INBOX', { '7:1': text('one') })
    await put('Work', { '8:4': text('one') }, { flags: { ...none, seen: true, keywords: ['work'] } })
    expect([list('INBOX')[0]?.seen, list('Work')[0]?.seen, list(null)[0]?.seen]).toEqual([false, true, false])
    mail.markFlagged(ids('INBOX'), true)
    expect(mail.server.flagChanges('office')).toEqual(new Map([['INBOX', [{ serverId: '7:1', flag: '\\Flagged', isSet: true }]], ['Work', [{ serverId: '8:4', flag: '\\Flagged', isSet: true }]]]))
    await mail.server.takeNews('office', 'INBOX', { ...news, flags: [{ serverId: '7:1', flags: { ...none, seen: true, flagged: true } }] })
    expect(list(null)).toMatchObject([{ seen: true, flagged: true }])
  })

  test('in the folder for sent mail are sent mail, and private as the account wants that, whatever folder they came in from first', async () => {
    await put('All Mail', { '7:1': text('one') })
    expect(list(null)).toMatchObject([{ private: false }])
    await put('Sent', { '7:1': text('one') }, {}, { incoming: false, outgoing: true })
    expect(list(null)).toMatchObject([{ private: true, folder: 'Sent' }])
    // What a person says afterwards holds, also when the server numbers that folder anew.
    mail.markPrivate(ids(null), false)
    await mail.server.takeNews('office', 'Sent', { ...news, numberedAnew: true, messages: [listed('8:1', text('one'))] })
    await put('Sent', { '8:1': text('one') }, {}, { incoming: false, outgoing: true })
    expect(list(null)).toMatchObject([{ private: false, folder: 'Sent' }])
  })
})

describe('what the server calls the same', () => {
  test('is not fetched from a second folder', async () => {
    await put('INBOX', { '7:1': text('one') }, { objectId: 'email M1' })
    expect(mail.server.knowByObjects('office', 'All Mail', [listed('8:1', text('one'), { objectId: 'email M1' }), listed('8:2', text('two'), { objectId: 'email M2' }), listed('8:3', text('one'))])).toEqual(new Set(['8:1']))
    expect(ids('All Mail')).toEqual(ids('INBOX'))
    expect(mail.knownServerIds('office', 'All Mail')).toEqual(new Set(['8:1']))
  })

  test('is fetched all the same where its size is another', async () => {
    await put('INBOX', { '7:1': text('one') }, { objectId: 'email M1' })
    expect(mail.server.knowByObjects('office', 'All Mail', [listed('8:1', text('longer'), { objectId: 'email M1' })])).toEqual(new Set())
  })
})

describe('before a fetch is spared', () => {
  test.each([
    ['the same header and size', text('one'), text('one'), true],
    ['another body of the same length under the same header is taken for the same: only one delivery has these Received lines', text('one'), text('one', 'Hallo\r\n'), true],
    ['the same Message-ID, date and size, delivered another time', text('one'), text('one').replace('id 4c1f', 'id 4c20'), false],
    ['the same header, of a size of its own', text('one'), text('one', 'Hello!\r\n'), false],
    ['a draft with the same header and size, which may have been changed', text('one', 'Hello\r\n', ''), text('one', 'Hallo\r\n', ''), false],
  ])('a message that is gone elsewhere is known by header and size: %s', async (_, before, after, expected) => {
    await put('INBOX', { '7:1': before })
    await vanish('INBOX', '7:1')
    const message = listed('8:1', after)
    const doubtful = mail.server.doubtful('office', 'Work', [message])
    expect((await mail.server.know('office', 'Work', doubtful, headers({ '8:1': after }))).has('8:1')).toBe(expected)
    // What is not sure is fetched, and then the bytes decide.
    expect(await put('Work', { '8:1': after })).toBe(expected || before === after ? 0 : 1)
  })

  test('a large one that stands elsewhere is asked for its header; a small one is fetched as quickly', async () => {
    const large = text('large', 'x'.repeat(70_000))
    await put('INBOX', { '7:1': large, '7:2': text('small') })
    const messages = [listed('8:1', large), listed('8:2', text('small')), listed('8:3', text('other', 'y'.repeat(80_000)))]
    expect(mail.server.doubtful('office', 'Work', messages).map(({ serverId }) => serverId)).toEqual(['8:1'])
    expect(await mail.server.know('office', 'Work', messages.slice(0, 1), headers({ '8:1': large }))).toEqual(new Set(['8:1']))
    expect(ids('Work')).toEqual([1])
    // In the folder where it stands, another of its size is another.
    expect(mail.server.doubtful('office', 'INBOX', [listed('7:9', large)])).toEqual([])
  })
})

describe('a message that leaves a folder', () => {
  test('stays in the others, and is kept when it is in none any more', async () => {
    await put('INBOX', { '7:1': text('one') })
    await put('All Mail', { '8:1': text('one') })
    await vanish('INBOX', '7:1')
    expect([ids('INBOX'), ids('All Mail'), ids(''), list(null)[0]?.folder]).toEqual([[], [1], [], 'All Mail'])
    await vanish('All Mail', '8:1')
    expect([ids('All Mail'), ids(''), list(null)[0]?.notOnServer, files()]).toEqual([[], [1], true, 1])
    // The server had lost that folder for a while.
    await mail.server.takeNews('office', 'All Mail', { ...news, numberedAnew: true, messages: [listed('8:1', text('one'))] })
    expect([ids('All Mail'), ids('')]).toEqual([[1], []])
  })

  test('and comes to another keeps row, file, private mark, flags and what was done to it', async () => {
    await put('INBOX', { '7:1': text('one') })
    await put('All Mail', { '8:1': text('one') })
    mail.markPrivate([1], true)
    mail.markFlagged([1], true)
    await vanish('INBOX', '7:1')
    expect(await put('Work', { '9:1': text('one') })).toBe(0)
    expect(list('Work')).toMatchObject([{ id: 1, private: true, flagged: true }])
    expect([ids('INBOX'), ids('All Mail'), files()]).toEqual([[], [1], 1])
    // And back again, under another number.
    await vanish('Work', '9:1')
    expect(await put('INBOX', { '7:2': text('one') })).toBe(0)
    expect([ids('INBOX'), ids('Work'), mail.list({ accountId: null, search: '', offset: 0, limit: 9 }).total]).toEqual([[1], [], 1])
  })

  test('only by the rule of the account is still to be removed from each folder by its own', async () => {
    await put('INBOX', { '7:1': text('one') })
    await put('Archive', { '8:1': text('one') })
    const notLeft = { leaveCopy: false, removeAfterDays: null, removeWhenDeleted: false }
    expect([mail.dueForRemoval('office', 'INBOX', notLeft), mail.dueForRemoval('office', 'Archive', notLeft)]).toEqual([['7:1'], []])
    expect(mail.previewRemovals('office', notLeft)).toMatchObject({ due: 1, total: 1, rows: [{ id: 1, subject: 'one' }] })
    mail.noteAsked('office', 'INBOX', ['7:1'])
    mail.noteRemoved('office', 'INBOX', ['7:1'])
    await vanish('INBOX', '7:1')
    expect([ids('INBOX'), ids('Archive')]).toEqual([[1], [1]])
    expect(mail.removals('office', 10)).toMatchObject({ total: 1, removals: [{ subject: 'one', deletedHere: false }] })
  })
})

test('what is in the trash and elsewhere is on the record; what is only in the trash is not', async () => {
  await put('INBOX', { '7:1': text('one') })
  await put('Trash', { '8:1': text('one') })
  const contacts = createContacts(place)
  await contacts.fileNewMail()
  expect((await contacts.list({ search: '', order: 'name', offset: 0, limit: 10 })).total).toBe(1)
  await vanish('INBOX', '7:1')
  expect((await contacts.list({ search: '', order: 'name', offset: 0, limit: 10 })).total).toBe(0)
})
