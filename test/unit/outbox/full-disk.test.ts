/** A database that may not grow further (`max_page_count`, which says what a full disk says). On a disk that is really full: test/long/small-disk.test.ts. */
import { mkdirSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sendMail } from '../../../electron/jobs/kinds/send-mail.ts'
import { createPaces } from '../../../electron/jobs/paces.ts'
import { createOutbox } from '../../../electron/outbox/create-outbox.ts'
import { openSubmission } from '../../../electron/protocols/open-submission.ts'
import { done } from '../../../shared/failures/failure.ts'
import { composedMailSchema } from '../../../shared/model/outgoing-mail.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'
import { draftOf } from '../../fakes/one-account.ts'
import { recordingSink, type RecordingSink } from '../../fakes/recording-sink.ts'

let place: ReturnType<typeof freshDataFolder>
let sink: RecordingSink
beforeEach(async () => {
  place = freshDataFolder()
  sink = await recordingSink()
})
afterEach(async () => {
  await sink.close()
  place.remove()
})

const mails = 60

async function queued() {
  const outbox = createOutbox({ database: place.database, folder: place.folder })
  expect(outbox.recoverAll()).toMatchObject({ ok: true })
  const mail = (index: number) => composedMailSchema.parse({ accountId: 'office', to: [{ address: `customer-${String(index)}@shop.example` }], subject: `Invoice ${String(index)}` })
  const wanted = Array.from({ length: mails }, (_, index) => ({ account: { id: 'office', ...draftOf() }, attachments: [], mail: mail(index) }))
  expect(await outbox.queueMany(wanted, { signal: new AbortController().signal })).toMatchObject({ ok: true })
  const server = { host: '127.0.0.1', port: sink.port, security: 'none', trustedCertificate: null, timeoutSeconds: 10 } as const
  const parts = {
    accounts: { wayMark: () => '', route: async () => done({ protocol: 'smtp' as const, server, credentials: null }) },
    outbox, openSubmission, pauses: { note: () => undefined }, paces: createPaces({ database: place.database }), connections: 3,
  }
  return { outbox, send: () => sendMail(parts, 'office').run({ id: 'run', signal: new AbortController().signal, report: () => undefined }) }
}
const pages = () => Number(place.database.prepare('PRAGMA page_count').get()?.['page_count'])

test.each([0, 1, 2, 3, 5, 8])('a database that has room for %i pages more: the run says so, says of no mail what is not so, and the next sends the rest, each once', async (room) => {
  const { outbox, send } = await queued()
  // Not into the room that queueing left behind.
  place.database.exec('VACUUM')
  place.database.exec(`PRAGMA max_page_count = ${String(pages() + room)}`)
  expect(await send()).toMatchObject({ ok: false, failure: { code: 'storage.full' } })
  for (const { state, messageId } of outbox.list({ offset: 0, limit: 500 }).mails) expect(state === 'sent' && !sink.taken.has(messageId)).toBe(false)
  place.database.exec('PRAGMA max_page_count = 1000000')
  expect(await send()).toEqual({ ok: true, value: undefined })
  expect(outbox.list({ offset: 0, limit: 1 }).counts).toEqual({ sent: mails })
  expect([sink.taken.size, new Set(sink.taken.values())]).toEqual([mails, new Set([1])])
})

test('where what was submitted can\'t be written down beside the database, nothing is submitted, and no mail is in doubt', async () => {
  const { outbox, send } = await queued()
  const journal = `${place.folder.outbox}/${new Date().toISOString().slice(0, 7)}/submitted`
  mkdirSync(journal)
  expect(await send()).toMatchObject({ ok: false, failure: { code: 'storage.failed' } })
  expect([outbox.list({ offset: 0, limit: 1 }).counts, sink.taken.size]).toEqual([{ ready: mails }, 0])
  rmSync(journal, { recursive: true })
  expect(await send()).toEqual({ ok: true, value: undefined })
  expect([outbox.list({ offset: 0, limit: 1 }).counts, sink.taken.size]).toEqual([{ sent: mails }, mails])
})
