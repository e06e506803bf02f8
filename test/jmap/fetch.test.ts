/** Messages from real Cyrus over JMAP, which another program uses at the same time over IMAP. What all protocols with folders promise alike is in folders.test.ts. */
import { describe, expect, test } from 'vitest'
import { fetchMail } from '../../electron/jobs/kinds/fetch-mail.ts'
import { awkwardMessages } from '../fakes/awkward-messages.ts'
import { otherProgramAt } from '../fakes/other-program.ts'
import { folderStage } from '../protocol/folder-stage.ts'
import { digests } from '../protocol/lab-mail.ts'
import { openParts } from '../protocol/running-parts.ts'
import { importIntoCyrus, jmapDraft } from './cyrus.ts'

const otherProgram = otherProgramAt('CYRUS_IMAP')
const { inFolder, flagsIn } = otherProgram
const stage = folderStage({ draft: jmapDraft, otherProgram })
const { fetch, put, here, subjectsIn } = stage
const message = (subject: string, text = '') => Buffer.from(`Message-ID: <${subject}@shop.example>\r\nSubject: ${subject}\r\n\r\nText of ${subject}\r\n${text}`)
const moved = (subject: string, from: string, to: string) => inFolder(stage.user, from, async (client) => client.messageMove({ subject }, to))

/** It refuses NUL and bare CR or LF; all else of them is as awkward as before: dots, 8-bit bytes, endless lines, no line end at the end. */
const asCyrusTakesThem = (bytes: Buffer, index: number) => Buffer.from(`Subject: ${index}\r\n\r\n${bytes.toString('latin1').replaceAll('\0', '0').replaceAll(/\r\n|\r|\n/g, '\r\n')}`, 'latin1')

describe('messages', () => {
  test('200 awkward ones come byte for byte, and a second run fetches none of them', async () => {
    const taken = await importIntoCyrus(stage.user, awkwardMessages(200).map(asCyrusTakesThem))
    expect(taken.length).toBe(200)
    expect(await fetch()).toMatchObject({ detail: { fetched: taken.length, skipped: [] } })
    expect(digests(stage.parts.storedFiles())).toEqual(digests(taken))
    expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
  })

  test('long and short ones come several at a time', async () => {
    const sizes = [0, 900_000, 100, 3_000_000, 600_000, 0, 20]
    const sent = sizes.map((size, index) => message(`size ${index}`, `${'x'.repeat(70)}\r\n`.repeat(Math.ceil(size / 72))))
    const taken = await importIntoCyrus(stage.user, sent)
    expect(await fetch()).toMatchObject({ detail: { fetched: taken.length } })
    expect(digests(stage.parts.storedFiles())).toEqual(digests(taken))
  })

  test('a cancelled run keeps what came, and the next one brings the rest', async () => {
    await importIntoCyrus(stage.user, Array.from({ length: 60 }, (_, index) => message(`many ${index}`, 'x'.repeat(40_000))))
    const id = stage.parts.jobs.start(fetchMail(stage.parts, 'office'), 'person')
    await new Promise<void>((resolve) => stage.parts.jobs.onChange(({ detail }) => detail.kind === 'fetch-mail' && detail.bytes > 0 && resolve()))
    expect(await stage.parts.jobs.cancel(id)).toMatchObject({ value: { state: 'cancelled' } })
    await fetch()
    expect(here()).toHaveLength(60)
    expect(stage.parts.storedFiles()).toHaveLength(60)
  })

  test('one in several folders is here once, in all of them', async () => {
    await put('INBOX', 'one')
    await inFolder(stage.user, 'INBOX', (client) => client.messageCopy('1:*', 'Archive'))
    expect(await fetch()).toMatchObject({ detail: { fetched: 1 } })
    expect([subjectsIn('INBOX'), subjectsIn('Archive'), subjectsIn(null)]).toEqual([['one'], ['one'], ['one']])
    expect(stage.parts.storedFiles()).toHaveLength(1)
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
})

describe('removing', () => {
  test('the copies go from the server once they are here, when the account says so and somebody agreed', async () => {
    await stage.openAnew({ delivery: { leaveCopy: false } })
    await put('INBOX', 'one', 'two')
    await inFolder(stage.user, 'INBOX', (client) => client.messageCopy({ subject: 'two' }, 'Archive'))
    expect(await fetch()).toMatchObject({ detail: { fetched: 2, removed: 0 } })
    expect(stage.parts.mail.previewRemovals('office', stage.parts.account.delivery)).toMatchObject({ due: 2 })
    stage.parts.mail.agreeToRemovals('office', stage.parts.account.delivery)
    expect(await fetch()).toMatchObject({ detail: { fetched: 0, removed: 2 } })
    expect([await flagsIn(stage.user, 'INBOX'), Object.keys(await flagsIn(stage.user, 'Archive'))]).toEqual([{}, ['two']])
    await fetch()
    expect(subjectsIn('INBOX')).toEqual(['one', 'two'])
  })
})

test('a wrong password is told as one', async () => {
  const parts = openParts(jmapDraft(stage.user), () => 'not this one')
  const job = await parts.jobs.finished(parts.jobs.start(fetchMail(parts, 'office'), 'person'))
  expect(job.failure).toMatchObject({ code: 'signin.rejected' })
  await parts.close()
})
