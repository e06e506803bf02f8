import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMailStore } from '../../../electron/mail/create-mail-store.ts'
import type { MailStore } from '../../../electron/mail/mail-store.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'

let place: ReturnType<typeof freshDataFolder>
let mail: MailStore

beforeEach(() => {
  place = freshDataFolder()
  mail = createMailStore(place)
})
afterEach(() => place.remove())

async function store(folder: string, ...serverIds: readonly string[]) {
  const batch = mail.receive('office', folder)
  for (const serverId of serverIds) {
    const message = await batch.begin(serverId, { seen: false })
    await message.write(Buffer.from(`Subject: ${serverId}\r\n\r\n`))
    await message.finish()
  }
  await batch.commit()
}
const list = (folder: string | null) => mail.list({ accountId: 'office', folder, search: '', offset: 0, limit: 100 }).messages

test('an account that never fetched has its inbox', () => {
  expect(mail.folders('office')).toMatchObject([{ path: 'INBOX', name: 'INBOX', parent: null, use: 'inbox', holdsMessages: true, messages: 0, unseen: 0 }])
})

test('a folder tells how many messages are here of it, and lists them alone', async () => {
  await store('INBOX', '1', '2')
  await store('Archive', '1')
  mail.markSeen([list('INBOX')[0]?.id ?? 0], true)
  expect(mail.folders('office')).toMatchObject([{ path: 'INBOX', messages: 2, unseen: 1 }, { path: 'Archive', messages: 1, unseen: 1 }])
  expect(list('Archive').map(({ subject }) => subject)).toEqual(['1'])
  expect(list(null)).toHaveLength(3)
  expect(mail.list({ accountId: null, folder: 'INBOX', search: '2', offset: 0, limit: 100 })).toMatchObject({ total: 1 })
})

test('a flag stays with its message until it is taken away', async () => {
  await store('INBOX', '1')
  const id = list('INBOX')[0]?.id ?? 0
  expect(list('INBOX')).toMatchObject([{ flagged: false, answered: false, notOnServer: false }])
  mail.markFlagged([id], true)
  expect(list('INBOX')).toMatchObject([{ flagged: true }])
  mail.markFlagged([id], false)
  expect(list('INBOX')).toMatchObject([{ flagged: false }])
})

const news = { mark: { uidValidity: '7', uidNext: 9, modseq: '3' }, numberedAnew: false, messages: [], flags: [], left: null, vanished: [] }

test('a copy whose removal was asked for and never confirmed is no loss when it is gone, and counts as removed', async () => {
  await store('INBOX', '7:1', '7:2')
  mail.noteAsked('office', 'INBOX', ['7:1'])
  await mail.server.takeNews('office', 'INBOX', { ...news, vanished: ['7:1', '7:2', '7:400'] })
  expect([list('INBOX'), list('')].map((rows) => rows.map(({ subject }) => subject))).toEqual([['7:1'], ['7:2']])
  expect(mail.removals('office', 10).total).toBe(1)
})

test('messages that a server had lost for a while are back in their folder', async () => {
  await store('INBOX', '7:1', '7:2')
  await mail.server.takeNews('office', 'INBOX', { ...news, left: new Set() })
  expect(list('')).toHaveLength(2)
  const message = (serverId: string) => ({ serverId, size: 10, objectId: null, flags: { seen: true, flagged: false, answered: false, draft: false, keywords: [] } })
  const wanted = await mail.server.takeNews('office', 'INBOX', { ...news, numberedAnew: true, messages: [message('7:1'), message('7:2'), message('7:3')] })
  expect(wanted.map(({ serverId }) => serverId)).toEqual(['7:3'])
  expect(list('INBOX').map(({ seen, notOnServer }) => ({ seen, notOnServer }))).toEqual([{ seen: true, notOnServer: false }, { seen: true, notOnServer: false }])
})

test('what a person marked waits until the server has it, also over a restart, and only where the server has folders', async () => {
  await store('INBOX', '7:1')
  const id = list('INBOX')[0]?.id ?? 0
  mail.markSeen([id], true)
  expect(mail.server.flagChanges('office').size).toBe(0)
  await mail.server.noteFolders('office', [{ path: 'INBOX', delimiter: '/', use: 'inbox', holdsMessages: true, status: null, messages: 1 }])
  mail.markFlagged([id], true)
  const again = createMailStore(place)
  expect(again.server.flagChanges('office')).toEqual(new Map([['INBOX', [{ serverId: '7:1', flag: '\\Flagged', isSet: true }]]]))
  await again.server.takeNews('office', 'INBOX', { ...news, flags: [{ serverId: '7:1', flags: { seen: true, flagged: false, answered: true, draft: false, keywords: [] } }] })
  expect(list('INBOX')).toMatchObject([{ flagged: true, answered: true }])
  // Changed once more while the server was being told of the first.
  again.markFlagged([id], false)
  again.server.settleFlags('office', 'INBOX', [{ serverId: '7:1', flag: '\\Flagged', isSet: true }])
  expect(again.server.flagChanges('office').get('INBOX')).toHaveLength(1)
})
