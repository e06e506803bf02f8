import { afterEach, beforeEach, expect, test } from 'vitest'
import { fetchMail } from '../../../electron/jobs/kinds/fetch-mail.ts'
import { createMailStore } from '../../../electron/mail/create-mail-store.ts'
import type { MailStore } from '../../../electron/mail/mail-store.ts'
import type { AccountDraftInput } from '../../../shared/model/account.ts'
import { FakeInbox } from '../../fakes/fake-inbox.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'
import type { FetchDetail } from '../../fakes/fetch-detail.ts'
import { oneAccount } from '../../fakes/one-account.ts'

let data: ReturnType<typeof freshDataFolder>
let mail: MailStore
let inbox: FakeInbox
beforeEach(() => {
  data = freshDataFolder()
  mail = createMailStore({ database: data.database, folder: data.folder })
  inbox = new FakeInbox()
})
afterEach(() => {
  mail.close()
  data.remove()
})

const message = (id: number, header = '') => Buffer.from(`Message-ID: <${id}@shop.example>\r\n${header}Subject: ${id}\r\n\r\ntext ${id}\r\n`)

/** All messages of the server, under names of this session. */
function name(session: string, messages: readonly Buffer[]): void {
  inbox.messages.clear()
  messages.forEach((bytes, index) => inbox.messages.set(`${session}-${index}`, bytes))
}

async function fetch(change: Partial<AccountDraftInput> = {}): Promise<FetchDetail> {
  const accounts = oneAccount(change)
  mail.agreeToRemovals('office', accounts.account.delivery)
  let last: FetchDetail | null = null
  const outcome = await fetchMail({ accounts, mail, openInbox: inbox.open, pauses: { note: () => {} } }, 'office')
    .run({ id: 'job', signal: new AbortController().signal, report: (_, detail) => void (last = detail) })
  if (!outcome.ok || last === null) throw new Error('the run failed')
  return last
}

const subjects = () => mail.list({ accountId: 'office', search: '', offset: 0, limit: 100 }).messages.map(({ subject }) => subject).toSorted()

test('a server that gives every message a new UIDL each session is fetched from once, and that is said', async () => {
  const all = [1, 2, 3].map((id) => message(id))
  name('first', all)
  expect(await fetch()).toMatchObject({ fetched: 3, advice: [] })
  name('second', all)
  expect(await fetch()).toMatchObject({ fetched: 0, known: 3, advice: [{ kind: 'changed-message-ids', count: 3 }] })
  name('third', [...all, message(4)])
  expect(await fetch()).toMatchObject({ fetched: 1, known: 3, advice: [{ kind: 'changed-message-ids', count: 3 }] })
  expect(subjects()).toEqual(['1', '2', '3', '4'])
  // Under the names of the last session: nothing more to find out.
  expect(await fetch()).toMatchObject({ fetched: 0, known: 4, advice: [] })
})

test('what was deleted here stays deleted under its new name, and its copy goes under that one', async () => {
  const all = [1, 2, 3].map((id) => message(id))
  name('first', all)
  await fetch()
  await mail.delete(mail.list({ accountId: 'office', search: '', offset: 0, limit: 100 }).messages.filter(({ subject }) => subject === '2').map(({ id }) => id))
  name('second', all)
  expect(await fetch({ delivery: { removeWhenDeleted: true } })).toMatchObject({ fetched: 0, known: 3, removed: 1 })
  expect(inbox.removed).toEqual(['second-1'])
  expect(subjects()).toEqual(['1', '3'])
})

test('two messages that are alike stay two, and one that is new is not taken for one of them', async () => {
  const same = Buffer.from('Subject: no id\r\n\r\nsame\r\n')
  name('first', [same, same])
  await fetch()
  name('second', [same, same, same, Buffer.from('Subject: no id\r\n\r\nlonger than that\r\n')])
  expect(await fetch()).toMatchObject({ fetched: 2, known: 2 })
  expect(subjects()).toHaveLength(4)
})

test('another message with the same Message-ID is another message', async () => {
  name('first', [message(1)])
  await fetch()
  name('second', [message(1, 'X-Other: yes\r\n')])
  expect(await fetch()).toMatchObject({ fetched: 1, known: 0 })
})

test('mail that comes after somebody emptied the inbox is simply new', async () => {
  name('first', [message(1), message(2)])
  await fetch()
  name('second', [message(3)])
  expect(await fetch()).toMatchObject({ fetched: 1, advice: [] })
  expect(subjects()).toEqual(['1', '2', '3'])
})
