import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createOutbox } from '../../../electron/outbox/create-outbox.ts'
import type { Outbox, ServerAnswer, TakenMail } from '../../../electron/outbox/outbox.ts'
import { failure, type Outcome } from '../../../shared/failures/failure.ts'
import { composedMailSchema, type OutgoingState, outgoingStateSchema, outgoingViewSchema, shownState } from '../../../shared/model/outgoing-mail.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'
import { mailsInHand } from '../../fakes/mails-in-hand.ts'
import { draftOf } from '../../fakes/one-account.ts'

let place: ReturnType<typeof freshDataFolder>
let outbox: Outbox
const account = { id: 'office', ...draftOf({ sending: { deliveryReport: true } }) }

beforeEach(() => {
  place = freshDataFolder()
  outbox = createOutbox(place)
})
afterEach(() => place.remove())

const [anna, ben, carl] = ['anna@buyer.example', 'ben@buyer.example', 'carl@buyer.example']
const refusal = failure('send.refused', { replyCode: 554, serverWords: '554 no' })
const said = (change: Partial<ServerAnswer>): ServerAnswer => ({ words: null, failure: null, recipients: [], retryAt: null, ...change })
const answer = (address: string, replyCode: number | null) => ({ address, accepted: replyCode === null, replyCode, words: replyCode === null ? null : `${replyCode} no` })

function view(id: string) {
  const found = outbox.get(id)
  if (!found.ok) throw new Error(found.failure.code)
  return outgoingViewSchema.parse(found.value)
}
function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.failure.code)
  return outcome.value
}
async function queue(to: readonly string[] = [anna]): Promise<string> {
  const row = await outbox.queue(account, composedMailSchema.parse({ accountId: 'office', to: to.map((address) => ({ address })), subject: 'Invoice', text: 'Hello' }), [])
  if (!row.ok) throw new Error(row.failure.code)
  return row.value.id
}
function take(): TakenMail {
  const mail = mailsInHand(outbox).take(place.clock.at)
  if (mail === null) throw new Error('nothing is ready')
  return mail
}
const later = (minutes: number) => new Date(place.clock.at.getTime() + minutes * 60_000)

describe('every state and everything that can be done', () => {
  type Deed = (id: string, held: TakenMail) => unknown
  const deeds: Readonly<Record<string, { readonly does: Deed; readonly to: Partial<Record<OutgoingState, OutgoingState>> }>> = {
    hold: { does: (id) => outbox.hold([id]), to: { scheduled: 'held', ready: 'held' } },
    release: { does: (id) => outbox.release([id]), to: { held: 'ready' } },
    reset: { does: (id) => outbox.reset([id]), to: { sending: 'ready' } },
    clear: { does: (id) => outbox.clear([id]), to: { error: 'ready' } },
    dismiss: { does: (id) => outbox.dismiss([id]), to: { error: 'cancelled' } },
    cancel: { does: (id) => outbox.cancel([id]), to: { draft: 'cancelled', scheduled: 'cancelled', held: 'cancelled', ready: 'cancelled', error: 'cancelled' } },
    'resolve as sent': { does: (id) => outbox.resolve([id], 'was-sent'), to: { unknown: 'sent' } },
    'resolve as not sent': { does: (id) => outbox.resolve([id], 'was-not-sent'), to: { unknown: 'ready' } },
    take: { does: () => outbox.take('office', place.clock.at, 10), to: { ready: 'sending', scheduled: 'sending' } },
    'mark as submitting': { does: (_id, held) => outbox.submitting(held), to: { sending: 'submitting' } },
    'note a yes': { does: (_id, held) => outbox.answered(held, said({ words: '250 ok' })), to: { submitting: 'sent', unknown: 'sent' } },
    'note a no': { does: (_id, held) => outbox.answered(held, said({ failure: refusal })), to: { sending: 'error', submitting: 'error', unknown: 'error' } },
    'note a no for now': { does: (_id, held) => outbox.answered(held, said({ failure: refusal, retryAt: later(1) })), to: { sending: 'ready', submitting: 'ready', unknown: 'ready' } },
    'give back': { does: (_id, held) => outbox.giveBack(held, null, null), to: { sending: 'ready', submitting: 'ready' } },
    'note a lost answer': { does: (_id, held) => outbox.unknown(held, failure('send.outcome-unknown')), to: { submitting: 'unknown' } },
    'start after a crash': { does: () => outbox.recoverAll(), to: { sending: 'ready', submitting: 'unknown' } },
    'begin a run': { does: () => outbox.recover('office'), to: { sending: 'ready', submitting: 'unknown' } },
    'resend': { does: (id) => outbox.resend([{ account, id }], null), to: {} },
  }

  test.each(Object.keys(deeds))('%s moves what it may, notes it once, and leaves all else alone', async (name) => {
    const { does, to } = deeds[name]!
    for (const state of outgoingStateSchema.options) {
      const id = await queue()
      const held = take()
      // A time that has come: only `take` looks at it.
      place.database.prepare('UPDATE outgoing SET state = ?, not_before = ? WHERE id = ?').run(state, state === 'scheduled' ? later(-1).getTime() : null, id)
      const steps = view(id).history.length
      await does(id, held)
      expect([state, view(id).state]).toEqual([state, to[state] ?? state])
      // What is scheduled becomes ready before it is taken.
      expect(view(id).history.length - steps, state).toBe(to[state] === undefined ? 0 : state === 'scheduled' && name === 'take' ? 2 : 1)
      place.database.exec("UPDATE outgoing SET state = 'cancelled'")
    }
  })
})

describe('several recipients', () => {
  test('who has it never gets it twice: only those refused for now are tried again, and then all is told', async () => {
    const id = await queue([anna, ben, carl])
    const first = take()
    await outbox.submitting(first)
    await outbox.answered(first, said({ words: '250 ok', recipients: [answer(anna, null), answer(ben, 451), answer(carl, 550)], retryAt: later(1) }))
    expect(view(id)).toMatchObject({
      state: 'ready', notBefore: later(1).toISOString(), failure: { code: 'send.temporary', evidence: { address: ben, replyCode: 451 } },
      recipients: [{ state: 'accepted' }, { state: 'deferred', replyCode: 451 }, { state: 'refused', replyCode: 550 }],
    })
    expect(view(id).history.at(-1)).toMatchObject({ words: '250 ok', nextAt: later(1).toISOString() })
    place.clock.at = later(1)
    const again = take()
    expect(again.recipients).toEqual([ben])
    await outbox.submitting(again)
    await outbox.answered(again, said({ words: '250 ok', recipients: [answer(ben, null)] }))
    expect(view(id)).toMatchObject({ state: 'sent', recipients: [{ state: 'accepted' }, { state: 'accepted' }, { state: 'refused' }] })
    expect(shownState(view(id))).toBe('partly')
    expect(outbox.list({ states: ['partly'], accountId: null, offset: 0, limit: 10 })).toMatchObject({ total: 1, counts: { partly: 1 } })
  })

  test.each([
    ['given up', async () => outbox.answered(take(), said({ failure: refusal, recipients: [answer(ben, 451)] }))],
    ['cancelled', async (id: string) => outbox.cancel([id])],
  ] as const)('what some have already is sent to some, never an error or cancelled, when the rest is %s', async (_what, end) => {
    const id = await queue([anna, ben])
    const first = take()
    await outbox.submitting(first)
    await outbox.answered(first, said({ words: '250 ok', recipients: [answer(anna, null), answer(ben, 451)], retryAt: place.clock.at }))
    await end(id)
    expect(shownState(view(id))).toBe('partly')
    expect(view(id).recipients.map(({ state }) => state)).toEqual(['accepted', 'refused'])
  })

  test('an error that is cleared tries all of them anew', async () => {
    const id = await queue([anna, ben])
    await outbox.answered(take(), said({ failure: refusal, recipients: [answer(anna, 550), answer(ben, 550)] }))
    outbox.clear([id])
    expect(take().recipients).toEqual([anna, ben])
  })
})

describe('a mail sent again', () => {
  test('is a new one with the same words, a Message-ID of its own, and a link both ways', async () => {
    const id = await queue([anna, ben])
    await mailsInHand(outbox).send(place.clock.at)
    place.clock.at = later(60)
    const [newOne = ''] = valueOf(await outbox.resend([{ account, id }], [ben.toUpperCase()]))
    const resent = view(newOne)
    expect(resent).toMatchObject({ state: 'ready', resentFrom: id, recipients: [{ address: ben, state: 'waiting' }] })
    expect(view(id)).toMatchObject({ state: 'sent', resentAs: [resent.id] })
    const taken = take()
    expect(taken).toMatchObject({ id: resent.id, recipients: [ben], envelopeId: resent.id })
    const bytes = readFileSync(taken.file, 'latin1')
    expect(bytes.match(/^Message-ID: .*$/gim)).toEqual([`Message-ID: ${resent.messageId}`])
    expect(bytes.match(/^Date: .*$/gim)).toEqual(['Date: Sun, 22 Nov 2026 10:00:00 +0000'])
    expect(bytes.slice(bytes.indexOf('\r\n\r\n'))).toContain('Hello')
    expect(taken.size).toBe(bytes.length)
  })

  test('is refused where the first may still go out, and to strangers', async () => {
    const id = await queue()
    expect(valueOf(await outbox.resend([{ account, id }, { account, id: 'nobody' }], null))).toEqual([])
    outbox.cancel([id])
    expect(await outbox.resend([{ account, id }], ['stranger@x.example'])).toMatchObject({ ok: false, failure: { code: 'input.invalid' } })
  })

  test('with many others comes with all of them in one transaction, or with none, and leaves those alone that may still go out', async () => {
    const ids = [await queue(), await queue(), await queue()]
    const run = mailsInHand(outbox)
    for (const _first of ids.slice(1)) await run.send(place.clock.at)
    const told: number[] = []
    outbox.onChange((changed) => told.push(changed.length))
    const files = () => readdirSync(place.folder.outbox, { recursive: true }).filter((name) => String(name).includes('.eml')).length
    place.database.exec("CREATE TRIGGER second_fails BEFORE INSERT ON outgoing WHEN (SELECT count(*) FROM outgoing) = 4 BEGIN SELECT RAISE(ABORT, 'no'); END")
    await expect(outbox.resend(ids.map((id) => ({ account, id })), null)).rejects.toThrow('no')
    expect([outbox.list({ offset: 0, limit: 10 }).total, told]).toEqual([3, []])
    place.database.exec('DROP TRIGGER second_fails')
    const resent = valueOf(await outbox.resend(ids.map((id) => ({ account, id })), null))
    expect([resent.map((id) => view(id).resentFrom), told, files()]).toEqual([ids.slice(0, 2), [2], 5])
  })
})

describe('many at once', () => {
  const mails = (count: number, wrong = -1) =>
    Array.from({ length: count }, (_, index) => ({
      account, attachments: index === wrong ? [{ name: 'gone.pdf', path: '/nowhere/gone.pdf' }] : [],
      mail: composedMailSchema.parse({ accountId: 'office', to: [{ address: `customer-${index}@shop.example` }], subject: String(index) }),
    }))
  const files = () => (existsSync(place.folder.outbox) ? readdirSync(place.folder.outbox, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()) : [])
  const never = new AbortController().signal

  test('are all there in their order, and what comes with them too', async () => {
    const also: string[][] = []
    const queued = await outbox.queueMany(mails(30), { signal: never, batchId: 'october', also: (ids) => also.push([...ids]) })
    if (!queued.ok) throw new Error(queued.failure.code)
    expect(queued.value.map((id) => view(id).subject)).toEqual(Array.from({ length: 30 }, (_, index) => String(index)))
    expect(also).toEqual([queued.value])
    expect(outbox.list({ states: null, accountId: null, batchId: 'october', offset: 0, limit: 1 }).total).toBe(30)
    expect(files()).toHaveLength(30)
  })

  test('or none, and no file of them stays: one is wrong, it is cancelled, or what comes with them fails', async () => {
    expect(await outbox.queueMany(mails(30, 20), { signal: never })).toMatchObject({ ok: false, failure: { code: 'input.unreadable-file', evidence: { index: 20 } } })
    const cancel = new AbortController()
    expect(await outbox.queueMany(mails(30), { signal: cancel.signal, progress: (frozen) => frozen > 9 && cancel.abort() })).toMatchObject({ ok: false, failure: { code: 'job.cancelled' } })
    await expect(outbox.queueMany(mails(3), { signal: never, also: () => { throw new Error('a bug') } })).rejects.toThrow('a bug')
    expect([outbox.list({ states: null, accountId: null, offset: 0, limit: 1 }).total, files()]).toEqual([0, []])
  })
})

test('mails taken together are marked together; one that was reset before that is not among them, and one given back is ready', async () => {
  const ids = [await queue(), await queue(), await queue(), await queue()]
  const taken = outbox.take('office', place.clock.at, 8)
  if (!taken.ok) throw new Error(taken.failure.code)
  outbox.reset([ids[1]!])
  const [first, reset, second, third] = taken.value as [TakenMail, TakenMail, TakenMail, TakenMail]
  expect(await outbox.submitting(first)).toEqual({ ok: true, value: true })
  expect(ids.map((id) => view(id).state)).toEqual(['submitting', 'ready', 'submitting', 'submitting'])
  expect(await outbox.submitting(reset)).toEqual({ ok: true, value: false })
  expect(await outbox.submitting(second)).toEqual({ ok: true, value: true })
  await outbox.giveBack(third, null, null)
  expect(view(third.id).state).toBe('ready')
  // What was marked once counts for that time only.
  expect(await outbox.submitting(third)).toEqual({ ok: true, value: false })
  expect(await outbox.submitting(first)).toEqual({ ok: true, value: false })
})

test('a time that was set while the clock was wrong does not keep a mail for years', async () => {
  const id = await queue()
  await outbox.answered(take(), said({ failure: refusal, retryAt: new Date('2036-01-01') }))
  expect(view(id).state).toBe('ready')
  expect(take().id).toBe(id)
})
