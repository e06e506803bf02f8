/** Folders and flags in step with real Dovecot, which another program uses at the same time. */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fetchMail } from '../../electron/jobs/kinds/fetch-mail.ts'
import { changeFolder } from '../../electron/jobs/change-folder.ts'
import { moveMessages } from '../../electron/jobs/move-messages.ts'
import type { AccountDraftInput } from '../../shared/model/account.ts'
import type { Job } from '../../shared/model/job.ts'
import { flagsIn, inFolder, inOtherProgram } from '../fakes/other-program.ts'
import { objectIdsProxy } from '../fakes/object-ids-proxy.ts'
import { lab } from '../servers/lab.ts'
import { clearDraft, labDraft, openParts, type RunningParts } from './running-parts.ts'

let user: string
let parts: RunningParts
const open = (change: Partial<AccountDraftInput> = {}) => {
  parts = openParts({ ...labDraft('imap', user), ...change })
}
beforeEach(() => {
  user = lab.freshUser('folders')
  open()
})
afterEach(() => parts.close())

async function fetch(): Promise<Job> {
  const job = await parts.jobs.finished(parts.jobs.start(fetchMail(parts, 'office'), 'person'))
  expect(parts.bugs).toEqual([])
  expect(job.failure).toBeNull()
  return job
}
const message = (subject: string) => Buffer.from(`Message-ID: <${subject}@shop.example>\r\nSubject: ${subject}\r\n\r\nText of ${subject}\r\n`)
const put = (folder: string, ...subjects: readonly string[]) =>
  inOtherProgram(user, async (client) => {
    for (const subject of subjects) await client.append(folder, message(subject))
  })
const uidOf = async (client: Parameters<Parameters<typeof inFolder>[2]>[0], subject: string) => String((await client.search({ subject }, { uid: true }) || [])[0])
const here = (folder: string | null = null) => parts.mail.list({ accountId: 'office', folder, search: '', offset: 0, limit: 100 }).messages
const subjectsIn = (folder: string | null) => here(folder).map(({ subject }) => subject).toSorted()
const idOf = (subject: string) => here().find((one) => one.subject === subject)?.id ?? 0
const useOf = () => Object.fromEntries(parts.mail.folders('office').map(({ path, use }) => [path, use]))

describe('folders', () => {
  test('all of them come, with what they are for, whatever they are called', async () => {
    await inOtherProgram(user, async (client) => {
      await client.mailboxCreate('Années/Été & plage')
      await client.mailboxCreate('日本')
    })
    await put('INBOX', 'one')
    await put('Années/Été & plage', 'two')
    await put('日本', 'three')
    await put('Sent', 'four')
    expect(await fetch()).toMatchObject({ detail: { fetched: 4, arrived: 3, skipped: [] } })
    expect(useOf()).toMatchObject({ INBOX: 'inbox', Drafts: 'drafts', Sent: 'sent', Junk: 'junk', Trash: 'trash', Archive: 'archive', 'Années/Été & plage': null, 日本: null })
    expect(parts.mail.folders('office').find(({ name }) => name === 'Été & plage')).toMatchObject({ parent: 'Années', messages: 1, unseen: 1 })
    expect([subjectsIn('INBOX'), subjectsIn('日本'), subjectsIn('Sent')]).toEqual([['one'], ['three'], ['four']])
    expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
  })

  test('a message that is moved here stands in its other folder on the server and here, with its marks, and is not fetched again', async () => {
    await inOtherProgram(user, (client) => client.mailboxCreate('Projects'))
    await put('INBOX', 'one', 'two')
    await fetch()
    parts.mail.markPrivate([idOf('one')], true)
    const places = parts.mail.placesOf([idOf('one')], 'INBOX')
    const byFolder = new Map([['INBOX', places.map(({ serverId }) => serverId)]])
    expect(await moveMessages(parts, 'office', byFolder, 'Projects', AbortSignal.timeout(20_000))).toEqual({ ok: true, value: undefined })
    expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
    expect([subjectsIn('INBOX'), subjectsIn('Projects')]).toEqual([['two'], ['one']])
    expect(here('Projects')[0]).toMatchObject({ private: true })
    expect(parts.mail.placesOf([idOf('one')], 'INBOX')).toEqual([])
    expect(parts.storedFiles()).toHaveLength(2)
    expect(await moveMessages(parts, 'office', byFolder, 'Nowhere', AbortSignal.timeout(20_000))).toMatchObject({ ok: false, failure: { code: 'mailbox.missing' } })
    // The server has it there no more.
    await moveMessages(parts, 'office', byFolder, 'Projects', AbortSignal.timeout(20_000))
    expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
    expect(subjectsIn('Projects')).toEqual(['one'])
  })

  test('one that is renamed is followed with its mail, and nothing is fetched again', async () => {
    await inOtherProgram(user, (client) => client.mailboxCreate('Old'))
    await put('Old', 'one', 'two')
    await fetch()
    parts.mail.markPrivate([idOf('one')], true)
    await inOtherProgram(user, (client) => client.mailboxRename('Old', 'New'))
    expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
    expect(Object.keys(useOf())).not.toContain('Old')
    expect(subjectsIn('New')).toEqual(['one', 'two'])
    expect(here('New').filter((one) => one.private).map(({ subject }) => subject)).toEqual(['one'])
    expect(parts.storedFiles()).toHaveLength(2)
  })

  test('the mail of one that vanishes is kept, and is in its folder again when it comes back', async () => {
    await inOtherProgram(user, (client) => client.mailboxCreate('Project'))
    await put('Project', 'one')
    await fetch()
    await inOtherProgram(user, (client) => client.mailboxDelete('Project'))
    await fetch()
    expect(subjectsIn('')).toEqual(['one'])
    expect(useOf()).toMatchObject({ '': 'not-on-server' })
    await inOtherProgram(user, (client) => client.mailboxCreate('Project'))
    await put('Project', 'one')
    expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
    expect([subjectsIn(''), subjectsIn('Project')]).toEqual([[], ['one']])
    expect(parts.storedFiles()).toHaveLength(1)
  })

  test('numbered anew by the server, its messages are known again, and deleted ones stay deleted', async () => {
    await put('INBOX', 'one', 'two', 'three')
    await fetch()
    await parts.mail.delete([idOf('three')])
    const maildir = join(lab.mail, user, 'Maildir')
    for (const name of readdirSync(maildir).filter((one) => one.startsWith('dovecot'))) rmSync(join(maildir, name))
    await put('INBOX', 'four')
    expect(await fetch()).toMatchObject({ detail: { fetched: 1, skipped: [] } })
    expect([subjectsIn('INBOX'), subjectsIn('')]).toEqual([['four', 'one', 'two'], []])
    expect(parts.storedFiles()).toHaveLength(4)
    expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
  })
})

describe('what a person does with folders', () => {
  const change = (one: Parameters<typeof changeFolder>[2]) => changeFolder(parts, 'office', one, new AbortController().signal)

  test('they are made, renamed with their mail, and deleted when they are empty', async () => {
    for (const path of ['Été & plage', 'Project/日本']) expect(await change({ do: 'create', path })).toMatchObject({ ok: true })
    await put('Été & plage', 'one')
    await fetch()
    const id = idOf('one')
    expect(Object.keys(useOf())).toEqual(expect.arrayContaining(['Été & plage', `Project/日本`]))
    expect(await change({ do: 'delete', path: 'Été & plage' })).toMatchObject({ ok: false, failure: { code: 'mailbox.not-empty' } })
    expect(await change({ do: 'rename', path: 'Été & plage', to: 'Hiver' })).toMatchObject({ ok: true })
    await fetch()
    expect(here('Hiver')).toMatchObject([{ id, subject: 'one' }])
    expect(await change({ do: 'delete', path: `Project/日本` })).toMatchObject({ ok: true })
    await fetch()
    expect(Object.keys(useOf())).not.toEqual(expect.arrayContaining([`Project/日本`]))
  })

  test.each([
    [{ do: 'create', path: 'Archive' }, 'mailbox.exists'],
    [{ do: 'rename', path: 'Sent', to: 'Verzonden' }, 'mailbox.special'],
    [{ do: 'delete', path: 'INBOX' }, 'mailbox.special'],
    [{ do: 'delete', path: 'Nowhere' }, 'mailbox.missing'],
  ] as const)('%o is refused: %s', async (one, code) => {
    await put('INBOX', 'one')
    expect(await change(one)).toMatchObject({ ok: false, failure: { code } })
  })
})

describe('flags', () => {
  test('what happened on the server shows here', async () => {
    await put('INBOX', 'one', 'two')
    await inFolder(user, 'INBOX', async (client) => client.messageFlagsAdd(await uidOf(client, 'two'), ['\\Flagged', '\\Seen'], { uid: true }))
    await fetch()
    expect(here('INBOX').map(({ subject, seen, flagged }) => ({ subject, seen, flagged }))).toEqual(expect.arrayContaining([{ subject: 'one', seen: false, flagged: false }, { subject: 'two', seen: true, flagged: true }]))
    await inFolder(user, 'INBOX', async (client) => {
      await client.messageFlagsAdd(await uidOf(client, 'one'), ['\\Answered', '\\Seen'], { uid: true })
      await client.messageFlagsRemove(await uidOf(client, 'two'), ['\\Flagged'], { uid: true })
    })
    await fetch()
    expect(here('INBOX')).toEqual(expect.arrayContaining([expect.objectContaining({ subject: 'one', seen: true, answered: true }), expect.objectContaining({ subject: 'two', flagged: false })]))
  })

  test('what a person marks here goes to the server, in every folder, and keywords of others stay', async () => {
    await put('INBOX', 'one')
    await put('Archive', 'two')
    await inFolder(user, 'INBOX', async (client) => client.messageFlagsAdd('1', ['$Important', 'work']))
    await fetch()
    parts.mail.markSeen([idOf('one'), idOf('two')], true)
    parts.mail.markFlagged([idOf('one')], true)
    await fetch()
    expect(await flagsIn(user, 'INBOX')).toEqual({ one: ['$Important', '\\Flagged', '\\Seen', 'work'] })
    expect(await flagsIn(user, 'Archive')).toEqual({ two: ['\\Seen'] })
    parts.mail.markSeen([idOf('one')], false)
    await fetch()
    expect(await flagsIn(user, 'INBOX')).toEqual({ one: ['$Important', '\\Flagged', 'work'] })
    expect(parts.mail.server.flagChanges('office').size).toBe(0)
  })

  test('of two who change one flag the last to tell the server wins, and each keeps what only he changed', async () => {
    await put('INBOX', 'one')
    await fetch()
    parts.mail.markFlagged([idOf('one')], true)
    parts.mail.markFlagged([idOf('one')], false)
    parts.mail.markSeen([idOf('one')], true)
    await inFolder(user, 'INBOX', (client) => client.messageFlagsAdd('1', ['\\Flagged', '\\Answered']))
    await fetch()
    expect(await flagsIn(user, 'INBOX')).toEqual({ one: ['\\Answered', '\\Seen'] })
    await fetch()
    expect(here('INBOX')).toMatchObject([{ seen: true, flagged: false, answered: true }])
  })
})

describe('messages', () => {
  test('one that another program takes from the server is kept here, out of its folder', async () => {
    await put('INBOX', 'one', 'two')
    await fetch()
    await inFolder(user, 'INBOX', async (client) => client.messageDelete(await uidOf(client, 'one'), { uid: true }))
    await fetch()
    expect([subjectsIn('INBOX'), subjectsIn('')]).toEqual([['two'], ['one']])
    expect(here('')).toMatchObject([{ notOnServer: true, folder: 'INBOX' }])
    expect(parts.mail.removals('office', 10).total).toBe(0)
    expect(parts.storedFiles()).toHaveLength(2)
  })

  test('one that another program moves is followed, and what was done to it here stays', async () => {
    await put('INBOX', 'one', 'two')
    await fetch()
    const id = idOf('one')
    parts.mail.markPrivate([id], true)
    parts.mail.markFlagged([id], true)
    await inFolder(user, 'INBOX', async (client) => client.messageMove(await uidOf(client, 'one'), 'Archive', { uid: true }))
    expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
    expect(here('Archive')).toMatchObject([{ id, private: true, flagged: true }])
    expect([subjectsIn('INBOX'), subjectsIn('')]).toEqual([['two'], []])
    await fetch()
    expect(await flagsIn(user, 'Archive')).toEqual({ one: ['\\Flagged'] })
  })

  test('a message without Message-ID that was moved is known by its bytes', async () => {
    await inOtherProgram(user, (client) => client.append('INBOX', Buffer.from('Subject: bare\r\n\r\nbare\r\n')))
    await fetch()
    const id = idOf('bare')
    await inFolder(user, 'INBOX', (client) => client.messageMove('1', 'Archive'))
    await fetch()
    expect(here('Archive')).toMatchObject([{ id }])
    expect(parts.storedFiles()).toHaveLength(1)
  })

  test('one deleted here stays on the server until a preview was agreed to, wherever it is kept', async () => {
    await parts.close()
    open({ delivery: { removeWhenDeleted: true } })
    await put('INBOX', 'one', 'two')
    await put('Archive', 'three', 'four')
    await fetch()
    await parts.mail.delete([idOf('one'), idOf('three')])
    expect(await fetch()).toMatchObject({ detail: { fetched: 0, removed: 0 } })
    expect(Object.keys(await flagsIn(user, 'Archive'))).toHaveLength(2)
    expect(parts.mail.previewRemovals('office', parts.account.delivery)).toMatchObject({ due: 2, total: 2 })
    parts.mail.agreeToRemovals('office', parts.account.delivery)
    expect(await fetch()).toMatchObject({ detail: { removed: 2 } })
    expect([await flagsIn(user, 'INBOX'), await flagsIn(user, 'Archive')]).toEqual([{ two: [] }, { four: [] }])
    expect([subjectsIn(null), subjectsIn('')]).toEqual([['four', 'two'], []])
    expect(parts.mail.removals('office', 10).total).toBe(2)
  })

  test('what is not left on the server goes from the inbox alone: other folders are where a person keeps mail', async () => {
    await parts.close()
    open({ delivery: { leaveCopy: false } })
    await put('INBOX', 'one')
    await put('Sent', 'two')
    parts.mail.agreeToRemovals('office', parts.account.delivery)
    expect(await fetch()).toMatchObject({ detail: { fetched: 2, removed: 1 } })
    expect(await flagsIn(user, 'Sent')).toEqual({ two: [] })
    await fetch()
    expect([subjectsIn('INBOX'), subjectsIn('')]).toEqual([['one'], []])
  })

  test('a deletion taken back brings the message back as it was, without fetching it', async () => {
    await put('Archive', 'one')
    await fetch()
    const id = idOf('one')
    parts.mail.markPrivate([id], true)
    await parts.mail.delete([id])
    await fetch()
    expect(subjectsIn('Archive')).toEqual([])
    expect(parts.mail.undoDelete([id])).toEqual({ undone: [id], again: [] })
    expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
    expect(here('Archive')).toMatchObject([{ id, subject: 'one', private: true }])
  })

  test('one deleted in a folder stays on the server in the others, and in the others here', async () => {
    await parts.close()
    open({ delivery: { removeWhenDeleted: true } })
    await put('INBOX', 'one', 'two')
    await put('Archive', 'one', 'two')
    parts.mail.agreeToRemovals('office', parts.account.delivery)
    await fetch()
    expect(subjectsIn(null)).toEqual(['one', 'two'])
    await parts.mail.delete([idOf('one')], 'INBOX')
    expect([subjectsIn('INBOX'), subjectsIn('Archive')]).toEqual([['two'], ['one', 'two']])
    expect(await fetch()).toMatchObject({ detail: { removed: 1 } })
    expect([await flagsIn(user, 'INBOX'), await flagsIn(user, 'Archive')]).toEqual([{ two: [] }, { one: [], two: [] }])
    await parts.mail.delete([idOf('one')])
    expect(await fetch()).toMatchObject({ detail: { removed: 1 } })
    expect(await flagsIn(user, 'Archive')).toEqual({ two: [] })
    expect(parts.storedFiles()).toHaveLength(1)
  })

  test('one that a person copies to another folder is one message in both, and stays in each until it leaves that one', async () => {
    await put('INBOX', 'one', 'two')
    await fetch()
    const id = idOf('one')
    await inFolder(user, 'INBOX', async (client) => client.messageCopy(await uidOf(client, 'one'), 'Archive', { uid: true }))
    expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
    expect([subjectsIn(null), here('Archive').map((one) => one.id)]).toEqual([['one', 'two'], [id]])
    expect(parts.storedFiles()).toHaveLength(2)
    await inFolder(user, 'INBOX', async (client) => client.messageDelete(await uidOf(client, 'one'), { uid: true }))
    await fetch()
    expect([subjectsIn('INBOX'), subjectsIn('Archive'), subjectsIn('')]).toEqual([['two'], ['one'], []])
    await inFolder(user, 'Archive', async (client) => client.messageDelete(await uidOf(client, 'one'), { uid: true }))
    await fetch()
    expect([subjectsIn('Archive'), subjectsIn('')]).toEqual([[], ['one']])
    expect(parts.storedFiles()).toHaveLength(2)
  })

  test('one that the server calls the same in every folder is fetched from one of them, at once and later', async () => {
    const proxy = await objectIdsProxy(lab.port('CLEAR_IMAP'), lab.host)
    await parts.close()
    parts = openParts(clearDraft('imap', user, proxy.port))
    await put('INBOX', 'one', 'two')
    const copy = (subject: string, folder: string) => inFolder(user, 'INBOX', async (client) => client.messageCopy(await uidOf(client, subject), folder, { uid: true }))
    await copy('one', 'Archive')
    expect(await fetch()).toMatchObject({ detail: { fetched: 2, known: 1 } })
    await copy('two', 'Archive')
    await inFolder(user, 'INBOX', async (client) => client.messageMove(await uidOf(client, 'one'), 'Junk', { uid: true }))
    const before = proxy.asked.length
    expect(await fetch()).toMatchObject({ detail: { fetched: 0, bytes: 0 } })
    expect(proxy.asked.slice(before).filter((line) => line.includes('BODY'))).toEqual([])
    expect([subjectsIn('INBOX'), subjectsIn('Archive'), subjectsIn('Junk'), subjectsIn(null)]).toEqual([['two'], ['one', 'two'], ['one'], ['one', 'two']])
    expect(parts.storedFiles()).toHaveLength(2)
    await proxy.close()
  })
})
