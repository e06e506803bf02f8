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
