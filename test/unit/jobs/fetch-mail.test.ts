import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fetchMail } from '../../../electron/jobs/kinds/fetch-mail.ts'
import { groupMessages } from '../../../electron/jobs/kinds/receive-messages.ts'
import { createMailStore } from '../../../electron/mail/create-mail-store.ts'
import type { MailStore } from '../../../electron/mail/mail-store.ts'
import { dataFolderAt } from '../../../electron/storage/data-folder.ts'
import { openDatabase } from '../../../electron/storage/open-database.ts'
import { failed, failure } from '../../../shared/failures/failure.ts'
import type { Failure } from '../../../shared/failures/failure.ts'
import type { JobDetail } from '../../../shared/model/job.ts'
import { FakeInbox } from '../../fakes/fake-inbox.ts'
import { oneAccount } from '../../fakes/one-account.ts'

let root: string
let mail: MailStore
let inbox: FakeInbox
let close: () => void
let notes: (Failure | null)[]
let daysLater: number

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mailroom-fetch-'))
  const folder = dataFolderAt(root)
  const database = openDatabase(folder)
  if (!database.ok) throw new Error(database.failure.code)
  close = () => database.value.close()
  daysLater = 0
  mail = createMailStore({ database: database.value, folder, now: () => new Date(Date.UTC(2026, 10, 22 + daysLater)) })
  inbox = new FakeInbox()
  notes = []
})
afterEach(() => {
  close()
  rmSync(root, { recursive: true })
})

function fill(count: number): void {
  for (let number = inbox.messages.size; count > 0; count -= 1, number += 1) {
    inbox.messages.set(`uid-${number}`, Buffer.from(`From: a@b.example\r\nSubject: ${number}\r\n\r\n.text ${number} \xff\r\n`, 'latin1'))
  }
}

function storedFiles(): string[] {
  return readdirSync(join(root, 'mail'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.eml'))
}

async function fetch(accounts = oneAccount(), abort = new AbortController(), store: MailStore = mail) {
  const reports: { done: number; total: number | null; detail: Extract<JobDetail, { kind: 'fetch-mail' }> }[] = []
  const parts = { accounts, mail: store, openInbox: inbox.open, pauses: { note: (_id: string, _direction: string, outcome: Failure | null) => void notes.push(outcome) } }
  const outcome = await fetchMail(parts, 'office').run({
    id: 'job',
    signal: abort.signal,
    report: (progress, detail) => void reports.push({ ...progress, detail }),
  })
  return { outcome, last: reports.at(-1), reports }
}

describe('fetching', () => {
  test('stores every new message byte for byte, and fetches none twice', async () => {
    fill(3)
    const first = await fetch()
    expect(first.outcome.ok).toBe(true)
    expect(first.last).toMatchObject({ done: 3, total: 3, detail: { fetched: 3, known: 0, removed: 0 } })
    const bytes = storedFiles().map((name) => readFileSync(join(root, 'mail', name)).toString('latin1')).toSorted()
    expect(bytes).toEqual([...inbox.messages.values()].map((one) => one.toString('latin1')).toSorted())
    fill(1)
    expect((await fetch()).last).toMatchObject({ done: 1, total: 1, detail: { fetched: 1, known: 3 } })
    expect(storedFiles()).toHaveLength(4)
  })

  test.each([true, false])('marks messages private as the account says: %s', async (incoming) => {
    fill(2)
    await fetch(oneAccount({ privacy: { incoming } }))
    const { messages } = mail.list({ accountId: 'office', search: '', offset: 0, limit: 10 })
    expect(messages.map((message) => message.private)).toEqual([incoming, incoming])
  })

  test('keeps what came in whole when the connection breaks, and goes on from there the next time', async () => {
    fill(10)
    inbox.breaksAfter = 6
    const broken = await fetch()
    expect(broken.outcome).toMatchObject({ ok: false, failure: { code: 'connect.lost' } })
    expect(broken.last?.detail.fetched).toBe(6)
    inbox.breaksAfter = Number.POSITIVE_INFINITY
    expect((await fetch()).last?.detail).toMatchObject({ fetched: 4, known: 6 })
    expect(storedFiles()).toHaveLength(10)
    expect([inbox.hungUp, inbox.closed]).toEqual([1, 1])
  })

  test('keeps what came in whole when it is cancelled', async () => {
    fill(10)
    const abort = new AbortController()
    inbox.onMessage = (count) => count === 4 && abort.abort()
    expect((await fetch(oneAccount(), abort)).outcome.ok).toBe(false)
    expect(storedFiles()).toHaveLength(4)
    expect(mail.knownServerIds('office', 'INBOX').size).toBe(4)
  })

  test('commits in groups, so that a long run is not lost at its end', async () => {
    fill(groupMessages + 1)
    const { outcome, reports } = await fetch()
    expect(outcome.ok).toBe(true)
    expect(reports.map(({ detail }) => detail.fetched)).toEqual(expect.arrayContaining([groupMessages, groupMessages + 1]))
  })

  test('says what is unusual about the server', async () => {
    inbox.advice = [{ kind: 'expires', days: 30 }]
    expect((await fetch()).last?.detail.advice).toEqual([{ kind: 'expires', days: 30 }])
  })

  test('a message the server no longer has is skipped with its reason, the others are fetched', async () => {
    fill(3)
    inbox.gone.add('uid-1')
    const { outcome, last } = await fetch()
    expect(outcome.ok).toBe(true)
    expect(last).toMatchObject({ done: 3, detail: { fetched: 2, skipped: [{ serverId: 'uid-1', failure: { code: 'message.gone' } }] } })
    expect(storedFiles()).toHaveLength(2)
  })

  test('a disk that takes no more ends the run with that failure, and nothing is asked to be removed', async () => {
    fill(3)
    mail.agreeToRemovals('office', { ...oneAccount().account.delivery, leaveCopy: false })
    const full: MailStore = { ...mail, receive: (account, folder) => ({ ...mail.receive(account, folder), commit: async () => failed('storage.full') }) }
    const { outcome } = await fetch(oneAccount({ delivery: { leaveCopy: false } }), new AbortController(), full)
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'storage.full' } })
    expect(inbox.removed).toEqual([])
    // Nor is a good-bye said, which some servers take for a receipt.
    expect([inbox.closed, inbox.hungUp]).toEqual([0, 1])
  })
})

describe('the copy on the server', () => {
  test('stays where the account says so', async () => {
    fill(2)
    await fetch()
    expect(inbox.removed).toEqual([])
  })

  test('goes only for what is stored here, and is noted only for what the server confirmed', async () => {
    fill(4)
    inbox.gone.add('uid-2')
    inbox.confirms = 2
    const accounts = oneAccount({ delivery: { leaveCopy: false } })
    mail.agreeToRemovals('office', accounts.account.delivery)
    const { last } = await fetch(accounts)
    expect(inbox.removed).toEqual(['uid-0', 'uid-1'])
    expect(last?.detail.removed).toBe(2)
    expect(mail.dueForRemoval('office', 'INBOX', accounts.account.delivery)).toEqual(['uid-3'])
  })

  test('stays when the connection broke before everything was here', async () => {
    fill(4)
    inbox.breaksAfter = 2
    const accounts = oneAccount({ delivery: { leaveCopy: false } })
    mail.agreeToRemovals('office', accounts.account.delivery)
    await fetch(accounts)
    expect(inbox.removed).toEqual([])
  })

  test.each([{ leaveCopy: false }, { removeAfterDays: 1 }, { removeWhenDeleted: true }])('stays under an option that nobody agreed to: %o', async (delivery) => {
    fill(2)
    const accounts = oneAccount({ delivery })
    await fetch(accounts)
    await mail.delete([1])
    daysLater = 2
    expect(mail.previewRemovals('office', accounts.account.delivery).due).toBeGreaterThan(0)
    // Somebody agreed to another one.
    mail.agreeToRemovals('office', { leaveCopy: true, removeAfterDays: 30, removeWhenDeleted: true })
    expect((await fetch(accounts)).outcome.ok).toBe(true)
    expect(inbox.removed).toEqual([])
  })

  test('goes exactly as previewed once somebody agreed, and a deletion can be taken back until then', async () => {
    fill(4)
    const accounts = oneAccount({ delivery: { removeWhenDeleted: true } })
    await fetch(accounts)
    const idOf = (subject: string) => mail.list({ accountId: 'office', search: '', offset: 0, limit: 10 }).messages.find((row) => row.subject === subject)?.id ?? 0
    const [first, second] = [idOf('0'), idOf('1')]
    await mail.delete([first, second])
    expect(mail.previewRemovals('office', accounts.account.delivery).rows.map(({ subject }) => subject)).toEqual(['0', '1'])
    expect(mail.undoDelete([second])).toEqual({ undone: [second], again: [] })
    mail.agreeToRemovals('office', accounts.account.delivery)
    const { last } = await fetch(accounts)
    expect(last?.detail).toMatchObject({ fetched: 0, removed: 1 })
    expect(inbox.removed).toEqual(['uid-0'])
    expect(idOf('1')).toBeGreaterThan(0)
    expect(mail.removals('office', 10)).toMatchObject({ total: 1, removals: [{ subject: '0' }] })
    expect(mail.undoDelete([first]).undone).toEqual([])
  })
})

describe('signing in', () => {
  test('a refusal is handed to the pauses, and success ends them', async () => {
    inbox.openFailure = failure('signin.rejected')
    expect((await fetch()).outcome).toMatchObject({ failure: { code: 'signin.rejected' } })
    inbox.openFailure = null
    await fetch()
    expect(notes).toEqual([failure('signin.rejected'), null])
  })

  test('an account that is not there any more fails as unknown', async () => {
    const accounts = oneAccount()
    accounts.account = { ...accounts.account, id: 'other' }
    expect((await fetch(accounts)).outcome).toMatchObject({ failure: { code: 'account.unknown' } })
  })
})

describe('a server that uses a name again', () => {
  const mailOf = (subject: string) => Buffer.from(`From: a@b.example\r\nMessage-ID: <${subject}@b.example>\r\nSubject: ${subject}\r\n\r\nText of ${subject}\r\n`)
  const subjects = () => mail.list({ accountId: 'office', search: '', offset: 0, limit: 100 }).messages.map(({ subject }) => subject).toSorted()
  const removing = (days: number) => {
    const accounts = oneAccount({ delivery: { leaveCopy: true, removeAfterDays: days, removeWhenDeleted: false } })
    mail.agreeToRemovals('office', { leaveCopy: true, removeAfterDays: days, removeWhenDeleted: false })
    return accounts
  }

  test('after it has removed a message: the new one is fetched, and removed in its own time', async () => {
    inbox.messages.set('1', mailOf('first'))
    await fetch(removing(5))
    daysLater = 6
    expect((await fetch(removing(5))).last?.detail.removed).toBe(1)
    inbox.messages.set('1', mailOf('second'))
    expect((await fetch(removing(5))).last?.detail).toMatchObject({ fetched: 1, removed: 0 })
    expect([subjects(), inbox.messages.size]).toEqual([['first', 'second'], 1])
    expect((await fetch(removing(5))).last?.detail).toMatchObject({ fetched: 0 })
    daysLater = 12
    expect((await fetch(removing(5))).last?.detail.removed).toBe(1)
    expect(mail.removals('office', 10)).toMatchObject({ total: 2 })
  })

  test('a message that it said to have removed and still lists is not fetched again', async () => {
    inbox.messages.set('1', mailOf('first'))
    await fetch(removing(5))
    daysLater = 6
    await fetch(removing(5))
    inbox.messages.set('1', mailOf('first'))
    expect((await fetch(removing(5))).last?.detail).toMatchObject({ fetched: 0, removed: 0 })
    expect(subjects()).toEqual(['first'])
  })

  test('a mailbox that was put back and numbered anew: what is not here is fetched, what is here stays one, nothing is removed unread', async () => {
    for (const number of [1, 2, 3, 4]) inbox.messages.set(String(number), mailOf(`old ${'x'.repeat(number)}`))
    await fetch(removing(5))
    inbox.messages.clear()
    for (const [name, subject] of [['1', 'old xxx'], ['2', 'new one'], ['3', 'old xxxx'], ['4', 'new, and another']] as const) inbox.messages.set(name, mailOf(subject))
    daysLater = 6
    const again = await fetch(removing(5))
    expect(again.last?.detail).toMatchObject({ fetched: 2, advice: [{ kind: 'changed-message-ids', count: 2 }] })
    expect(subjects()).toEqual(['new one', 'new, and another', 'old x', 'old xx', 'old xxx', 'old xxxx'])
    // Those that were here long enough are still due, under the names they have now.
    expect(inbox.removed.toSorted()).toEqual(['1', '3'])
  })

  test('another message of the same length under a name that is due is never removed unread', async () => {
    inbox.messages.set('1', mailOf('first'))
    await fetch(removing(5))
    inbox.messages.set('1', mailOf('other'))
    daysLater = 6
    await fetch(removing(5))
    expect([inbox.removed, subjects()]).toEqual([[], ['first']])
    await fetch(removing(5))
    expect([inbox.removed, subjects()]).toEqual([[], ['first', 'other']])
  })

  test('one that lists no exact sizes, or writes its own lines into headers, has nothing fetched twice', async () => {
    inbox.messages.set('1', mailOf('first'))
    await fetch()
    inbox.messages.set('1', Buffer.from(`Status: RO\r\n${mailOf('first').toString()}`))
    expect((await fetch()).last?.detail).toMatchObject({ fetched: 0 })
    expect(subjects()).toEqual(['first'])
  })
})
