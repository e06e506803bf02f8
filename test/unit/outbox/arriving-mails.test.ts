import { afterEach, beforeEach, expect, test } from 'vitest'
import { arrivingMails, atATime, type ArrivingMail } from '../../../electron/outbox/arriving/arriving-mails.ts'
import { createOutbox } from '../../../electron/outbox/create-outbox.ts'
import { transaction } from '../../../electron/storage/database.ts'
import { composedMailSchema } from '../../../shared/model/outgoing-mail.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'
import { draftOf } from '../../fakes/one-account.ts'

let place: ReturnType<typeof freshDataFolder>
beforeEach(() => void (place = freshDataFolder()))
afterEach(() => place.remove())

const mail = (position: number): ArrivingMail => ({
  id: `m${position}`, accountId: 'office', state: 'ready', file: `2027-01/b-m${position}.eml`, size: 10, messageId: `<m${position}@x.example>`, envelopeId: null, mailFrom: 'a@x.example', from: { name: 'A', address: 'a@x.example' },
  recipients: [{ kind: 'to', name: '', address: `c${position}@y.example` }], subject: String(position), attachmentNames: [], text: 'Hello', notBefore: null, isPrivate: false, batchId: 'b',
  document: { documentType: 'Invoice', number: String(position), content: String(position), recipients: [`C${position}@y.example`] },
})
const many = atATime * 2 + 5
const note = (arriving: ReturnType<typeof arrivingMails>) => arriving.note('2027-01/b-', Array.from({ length: many }, (_, position) => ({ position, mail: mail(position) })).toReversed())
const subjects = () => createOutbox(place).list({ states: null, accountId: null, offset: 0, limit: 500 }).mails.map(({ subject }) => Number(subject)).toReversed()
const left = () => ['arriving_mail', 'arrived'].map((table) => place.database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'])
const remembered = () => place.database.prepare('SELECT count(*) AS n FROM batch_document').get()?.['n']

test('mails that were decided come into the outbox at the next start, all of them, in their order, with what is remembered of them', () => {
  const arriving = arrivingMails(place.database)
  note(arriving)
  transaction(place.database, () => arriving.decide('2027-01/b-', many, place.clock.at))
  // Killed in the middle of bringing them in.
  expect(arriving.bringSome('2027-01/b-')).toBe(false)
  expect(subjects()).toEqual(Array.from({ length: many }, (_, position) => position))
  expect([left(), remembered()]).toEqual([[0, 0], many])
  expect(subjects()).toHaveLength(many)
})

test('mails that nobody decided are forgotten at the next start, and were never there', () => {
  note(arrivingMails(place.database))
  expect(subjects()).toEqual([])
  expect([left(), remembered()]).toEqual([[0, 0], 0])
})

test('nothing is decided for fewer mails than there are', () => {
  const arriving = arrivingMails(place.database)
  note(arriving)
  expect(() => arriving.decide('2027-01/b-', many + 1, place.clock.at)).toThrow('not all')
})

test('a thread that comes to grief after the decision keeps no mail from its place', async () => {
  const outbox = createOutbox({ ...place, freezingThread: new URL('../../fakes/freezing-thread-that-ends.ts', import.meta.url) })
  const account = { id: 'office', ...draftOf() }
  const mails = Array.from({ length: 12 }, (_, index) => ({ account, attachments: [], mail: composedMailSchema.parse({ accountId: 'office', to: [{ address: `c${index}@y.example` }], subject: String(index) }) }))
  expect(await outbox.queueMany(mails, { signal: new AbortController().signal })).toMatchObject({ ok: true })
  expect(outbox.list({ states: ['ready'], accountId: null, offset: 0, limit: 1 }).total).toBe(12)
  expect(left()).toEqual([0, 0])
})
