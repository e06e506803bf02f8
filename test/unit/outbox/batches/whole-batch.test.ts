import { afterEach, beforeEach, expect, test } from 'vitest'
import { arrivingMails } from '../../../../electron/outbox/arriving/arriving-mails.ts'
import type { TakenMail } from '../../../../electron/outbox/outbox.ts'
import { failure } from '../../../../shared/failures/failure.ts'
import { batchFolder, valueOf } from '../../../fakes/batch-folder.ts'

let place: ReturnType<typeof batchFolder>
let batchId: string
/** More than are moved in one transaction. */
const count = 230

beforeEach(async () => {
  place = batchFolder()
  const table = await place.open(`email;factuur;bedrag;datum\n${Array.from({ length: count }, (_, index) => `c${index}@customer.example;${index};1,00;2027-01-03\n`).join('')}`, { files: null })
  batchId = valueOf(await place.batches.queue(table.id, table.order, place.quiet)).id
})
afterEach(() => place.remove())

const take = (most: number): readonly TakenMail[] => valueOf(place.outbox.take('office', place.clock.at, most))
const stateOf = (id: string) => valueOf(place.outbox.get(id)).state
const counts = () => place.outbox.list({ batchId, offset: 0, limit: 1 }).counts
const refusedForNow = { words: null, failure: failure('send.temporary'), recipients: [], retryAt: new Date(0) }

test('a batch is paused and continued as a whole: what is sent and what is being sent stays as it is', async () => {
  const [sent, open] = take(2)
  valueOf(await place.outbox.submitting(sent as TakenMail))
  valueOf(await place.outbox.answered(sent as TakenMail, { words: '250 ok', failure: null, recipients: [], retryAt: null }))
  expect(place.outbox.batchStanding(batchId)).toEqual({ pause: count - 2, continue: 0, cancel: count - 2, underWay: 1, doubted: 0, sent: 1, needsPerson: 0 })
  expect(await place.outbox.moveBatch(batchId, 'pause')).toBe(count - 2)
  expect([counts(), stateOf(open?.id ?? '')]).toEqual([{ sent: 1, submitting: 1, held: count - 2 }, 'submitting'])
  expect(take(9)).toEqual([])
  expect(await place.outbox.moveBatch(batchId, 'continue')).toBe(count - 2)
  expect(counts()).toEqual({ sent: 1, submitting: 1, ready: count - 2 })
})

test('what comes back from a run after its batch was stopped follows the others, and is sent no more', async () => {
  const [back, refused, left] = take(3)
  await place.outbox.moveBatch(batchId, 'pause')
  valueOf(await place.outbox.giveBack(back as TakenMail, null, null))
  valueOf(await place.outbox.answered(refused as TakenMail, refusedForNow))
  valueOf(place.outbox.recover('office'))
  expect([back, refused, left].map((mail) => stateOf(mail?.id ?? ''))).toEqual(['held', 'held', 'held'])
  expect(take(9)).toEqual([])
})

test('a batch that is cancelled sends nothing any more, whatever comes back; it may be queued again', async () => {
  const [back] = take(1)
  expect(await place.outbox.moveBatch(batchId, 'cancel')).toBe(count - 1)
  valueOf(await place.outbox.giveBack(back as TakenMail, null, null))
  expect(counts()).toEqual({ cancelled: count })
})

test('a batch that is continued before a mail comes back keeps it going; and a wish is for that one time', async () => {
  const [back] = take(1)
  await place.outbox.moveBatch(batchId, 'pause')
  await place.outbox.moveBatch(batchId, 'continue')
  valueOf(await place.outbox.giveBack(back as TakenMail, null, null))
  expect(stateOf(back?.id ?? '')).toBe('ready')
  const [again] = take(1)
  await place.outbox.moveBatch(batchId, 'pause')
  valueOf(await place.outbox.giveBack(again as TakenMail, null, null))
  place.outbox.release([again?.id ?? ''])
  valueOf(await place.outbox.giveBack(take(1)[0] as TakenMail, null, null))
  expect(stateOf(again?.id ?? '')).toBe('ready')
})

test('what may have been sent by another copy of the folder is not released with the others', async () => {
  await place.outbox.moveBatch(batchId, 'pause')
  const [doubted] = place.outbox.list({ batchId, offset: 0, limit: 1 }).mails
  place.database.prepare('UPDATE outgoing SET failure = ? WHERE id = ?').run(JSON.stringify(failure('outbox.older-copy')), doubted?.id ?? '')
  expect(place.outbox.batchStanding(batchId)).toMatchObject({ continue: count - 1, doubted: 1 })
  expect(await place.outbox.moveBatch(batchId, 'continue')).toBe(count - 1)
  expect(stateOf(doubted?.id ?? '')).toBe('held')
})

test('mails of a batch that are decided and not in their place yet are stopped with the others', async () => {
  const [model] = place.outbox.list({ batchId, offset: 0, limit: 1 }).mails
  const arriving = arrivingMails(place.database)
  const { id: _id, ...mail } = { ...(model as NonNullable<typeof model>), file: 'late.eml', mailFrom: 'office@shop.example', envelopeId: null, text: '', isPrivate: false, notBefore: null, state: 'ready' as const, document: null, batchId }
  arriving.note('late', Array.from({ length: 120 }, (_, position) => ({ position, mail: { ...mail, id: `late-${position}`, file: `late-${position}.eml`, recipients: mail.recipients.map(({ kind, name, address }) => ({ kind, name, address })), attachmentNames: [] } })))
  arriving.decide('late', 120, place.clock.at)
  expect(await place.outbox.moveBatch(batchId, 'pause')).toBe(count + 120)
  expect(counts()).toEqual({ held: count + 120 })
})

test('another batch, and mail of none, goes on', async () => {
  expect(await place.outbox.moveBatch('another', 'cancel')).toBe(0)
  expect(counts()).toEqual({ ready: count })
  expect(valueOf(place.batches.get(batchId))).toMatchObject({ id: batchId, mails: count })
  expect(place.batches.get('another')).toMatchObject({ ok: false, failure: { code: 'batch.unknown' } })
})
