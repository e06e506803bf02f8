/** Folders, flags and messages in step with real Cyrus over JMAP, which another program uses at the same time over IMAP. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changeFolder } from '../../electron/jobs/change-folder.ts'
import { fetchMail } from '../../electron/jobs/kinds/fetch-mail.ts'
import type { AccountDraftInput } from '../../shared/model/account.ts'
import type { Job } from '../../shared/model/job.ts'
import { awkwardMessages } from '../fakes/awkward-messages.ts'
import { digests } from '../protocol/lab-mail.ts'
import { openParts, type RunningParts } from '../protocol/running-parts.ts'
import { lab } from '../servers/lab.ts'
import { flagsInCyrus, importIntoCyrus, inCyrus, inCyrusFolder, jmapDraft } from './cyrus.ts'

let user: string
let parts: RunningParts
const open = (change: Partial<AccountDraftInput> = {}) => {
  parts = openParts({ ...jmapDraft(user), ...change })
}
beforeEach(() => {
  user = lab.freshUser('jmap')
  open()
})
afterEach(() => parts.close())

async function fetch(): Promise<Job> {
  const job = await parts.jobs.finished(parts.jobs.start(fetchMail(parts, 'office'), 'person'))
  expect(parts.bugs).toEqual([])
  expect(job.failure).toBeNull()
  return job
}
const message = (subject: string, text = '') => Buffer.from(`Message-ID: <${subject}@shop.example>\r\nSubject: ${subject}\r\n\r\nText of ${subject}\r\n${text}`)
const put = (folder: string, ...subjects: readonly string[]) =>
  inCyrus(user, async (client) => {
    for (const subject of subjects) await client.append(folder, message(subject))
  })
const here = (folder: string | null = null) => parts.mail.list({ accountId: 'office', folder, search: '', offset: 0, limit: 100 }).messages
const subjectsIn = (folder: string | null) => here(folder).map(({ subject }) => subject).toSorted()
const idOf = (subject: string) => here().find((one) => one.subject === subject)?.id ?? 0
const useOf = () => Object.fromEntries(parts.mail.folders('office').map(({ path, use }) => [path, use]))
const moved = (subject: string, from: string, to: string) => inCyrusFolder(user, from, async (client) => client.messageMove({ subject }, to))

/** It refuses NUL and bare CR or LF; all else of them is as awkward as before: dots, 8-bit bytes, endless lines, no line end at the end. */
const asCyrusTakesThem = (bytes: Buffer, index: number) => Buffer.from(`Subject: ${index}\r\n\r\n${bytes.toString('latin1').replaceAll('\0', '0').replaceAll(/\r\n|\r|\n/g, '\r\n')}`, 'latin1')

describe('messages', () => {
  test('200 awkward ones come byte for byte, and a second run fetches none of them', async () => {
    const taken = await importIntoCyrus(user, awkwardMessages(200).map(asCyrusTakesThem))
    expect(taken.length).toBe(200)
    expect(await fetch()).toMatchObject({ detail: { fetched: taken.length, skipped: [] } })
    expect(digests(parts.storedFiles())).toEqual(digests(taken))
    expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
  })

  test('long and short ones come several at a time', async () => {
    const sizes = [0, 900_000, 100, 3_000_000, 600_000, 0, 20]
    const sent = sizes.map((size, index) => message(`size ${index}`, `${'x'.repeat(70)}\r\n`.repeat(Math.ceil(size / 72))))
    const taken = await importIntoCyrus(user, sent)
    expect(await fetch()).toMatchObject({ detail: { fetched: taken.length } })
    expect(digests(parts.storedFiles())).toEqual(digests(taken))
  })

  test('a cancelled run keeps what came, and the next one brings the rest', async () => {
    await importIntoCyrus(user, Array.from({ length: 60 }, (_, index) => message(`many ${index}`, 'x'.repeat(40_000))))
    const id = parts.jobs.start(fetchMail(parts, 'office'), 'person')
    await new Promise<void>((resolve) => parts.jobs.onChange(({ detail }) => detail.kind === 'fetch-mail' && detail.bytes > 0 && resolve()))
    expect(await parts.jobs.cancel(id)).toMatchObject({ value: { state: 'cancelled' } })
    await fetch()
    expect(here()).toHaveLength(60)
    expect(parts.storedFiles()).toHaveLength(60)
  })

  test('one in several folders is here once, in all of them', async () => {
    await put('INBOX', 'one')
    await inCyrusFolder(user, 'INBOX', (client) => client.messageCopy('1:*', 'Archive'))
    expect(await fetch()).toMatchObject({ detail: { fetched: 1 } })
    expect([subjectsIn('INBOX'), subjectsIn('Archive'), subjectsIn(null)]).toEqual([['one'], ['one'], ['one']])
    expect(parts.storedFiles()).toHaveLength(1)
  })

  test('one that is moved is followed, there and back, and not fetched again', async () => {
    await put('INBOX', 'one', 'two')
    await fetch()
    await moved('one', 'INBOX', 'Archive')
    expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
    expect([subjectsIn('INBOX'), subjectsIn('Archive')]).toEqual([['two'], ['one']])
    await moved('one', 'Archive', 'INBOX')
    expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
    expect([subjectsIn('INBOX'), subjectsIn('Archive'), subjectsIn('')]).toEqual([['one', 'two'], [], []])
  })

  test('one that somebody took from the server is kept here', async () => {
    await put('INBOX', 'one', 'two')
    await fetch()
    await inCyrusFolder(user, 'INBOX', (client) => client.messageDelete({ subject: 'one' }))
    await put('INBOX', 'three')
    await fetch()
    expect([subjectsIn('INBOX'), subjectsIn('')]).toEqual([['three', 'two'], ['one']])
  })
})

describe('flags', () => {
  test('go both ways', async () => {
    await put('INBOX', 'one', 'two')
    await fetch()
    parts.mail.markSeen([idOf('one')], true)
    parts.mail.markFlagged([idOf('one')], true)
    await inCyrusFolder(user, 'INBOX', (client) => client.messageFlagsAdd({ subject: 'two' }, ['\\Seen', '\\Answered', 'urgent']))
    await fetch()
    expect(await flagsInCyrus(user, 'INBOX')).toEqual({ one: ['\\Flagged', '\\Seen'], two: ['\\Answered', '\\Seen', 'urgent'] })
    expect(here('INBOX').every(({ seen }) => seen)).toBe(true)
    parts.mail.markSeen([idOf('one')], false)
    await fetch()
    expect((await flagsInCyrus(user, 'INBOX'))['one']).toEqual(['\\Flagged'])
  })
})

describe('folders', () => {
  test('all of them come, with what they are for, whatever they are called', async () => {
    await inCyrus(user, async (client) => {
      await client.mailboxCreate('Années/Été & plage')
      await client.mailboxCreate('日本')
    })
    await put('INBOX', 'one')
    await put('Années/Été & plage', 'two')
    await put('日本', 'three')
    await put('Sent', 'four')
    expect(await fetch()).toMatchObject({ detail: { fetched: 4, arrived: 3, skipped: [] } })
    expect(useOf()).toMatchObject({ INBOX: 'inbox', Drafts: 'drafts', Sent: 'sent', Junk: 'junk', Trash: 'trash', Archive: 'archive', 'Années/Été & plage': null, 日本: null })
    expect([subjectsIn('INBOX'), subjectsIn('日本'), subjectsIn('Sent')]).toEqual([['one'], ['three'], ['four']])
  })

  test('can be made, renamed and deleted, and one with mail in it stays', async () => {
    const change = (what: Parameters<typeof changeFolder>[2]) => changeFolder(parts, 'office', what, new AbortController().signal)
    expect(await change({ do: 'create', path: 'Projects' })).toMatchObject({ ok: true })
    expect(await change({ do: 'create', path: 'Projects/2027' })).toMatchObject({ ok: true })
    expect(await change({ do: 'create', path: 'Projects/2027' })).toMatchObject({ ok: false, failure: { code: 'mailbox.exists' } })
    await put('Projects/2027', 'one')
    await fetch()
    expect(await change({ do: 'rename', path: 'Projects/2027', to: 'Projects/Next year' })).toMatchObject({ ok: true })
    expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
    expect(subjectsIn('Projects/Next year')).toEqual(['one'])
    expect(await change({ do: 'delete', path: 'Projects/Next year' })).toMatchObject({ ok: false, failure: { code: 'mailbox.not-empty' } })
    expect(await change({ do: 'delete', path: 'Sent' })).toMatchObject({ ok: false, failure: { code: 'mailbox.special' } })
    await inCyrusFolder(user, 'Projects/Next year', (client) => client.messageDelete('1:*'))
    expect(await change({ do: 'delete', path: 'Projects/Next year' })).toMatchObject({ ok: true })
    await fetch()
    expect(Object.keys(useOf())).not.toContain('Projects/Next year')
  })
})

describe('removing', () => {
  test('the copies go from the server once they are here, when the account says so and somebody agreed', async () => {
    await parts.close()
    open({ delivery: { leaveCopy: false } })
    await put('INBOX', 'one', 'two')
    await inCyrusFolder(user, 'INBOX', (client) => client.messageCopy({ subject: 'two' }, 'Archive'))
    expect(await fetch()).toMatchObject({ detail: { fetched: 2, removed: 0 } })
    expect(parts.mail.previewRemovals('office', parts.account.delivery)).toMatchObject({ due: 2 })
    parts.mail.agreeToRemovals('office', parts.account.delivery)
    expect(await fetch()).toMatchObject({ detail: { fetched: 0, removed: 2 } })
    expect([await flagsInCyrus(user, 'INBOX'), Object.keys(await flagsInCyrus(user, 'Archive'))]).toEqual([{}, ['two']])
    await fetch()
    expect(subjectsIn('INBOX')).toEqual(['one', 'two'])
  })
})

test('a wrong password is told as one', async () => {
  await parts.close()
  parts = openParts(jmapDraft(user), () => 'not this one')
  const job = await parts.jobs.finished(parts.jobs.start(fetchMail(parts, 'office'), 'person'))
  expect(job.failure).toMatchObject({ code: 'signin.rejected' })
})
