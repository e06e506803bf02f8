import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createOutbox } from '../../../electron/outbox/create-outbox.ts'
import type { Outbox } from '../../../electron/outbox/outbox.ts'
import { createBounceNews } from '../../../electron/outbox/returned/bounce-news.ts'
import type { DeliveryAction, RecipientReport, ReturnedMail } from '../../../electron/outbox/returned/returned-mail.ts'
import { composedMailSchema, outgoingViewSchema, type OutgoingView, shownState } from '../../../shared/model/outgoing-mail.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'
import { mailsInHand } from '../../fakes/mails-in-hand.ts'
import { draftOf } from '../../fakes/one-account.ts'

let place: ReturnType<typeof freshDataFolder>
let outbox: Outbox

beforeEach(() => {
  place = freshDataFolder()
  outbox = createOutbox(place)
})
afterEach(() => place.remove())

const anna = 'Anna@buyer.example'
const ben = 'ben@buyer.example'

/** Handed to the server; it has it, unless `unknown`. */
async function submitted(end: 'sent' | 'unknown' = 'sent', to: readonly string[] = [anna, ben]): Promise<OutgoingView> {
  const mail = composedMailSchema.parse({ accountId: 'office', to: to.map((address) => ({ address })), subject: 'Invoice', text: 'Hello' })
  await outbox.queue({ id: 'office', ...draftOf({ sending: { deliveryReport: true } }) }, mail, [])
  const run = mailsInHand(outbox)
  const taken = run.take(place.clock.at)
  if (taken === null) throw new Error('nothing was ready')
  await run.submitting(taken)
  await (end === 'sent' ? run.sent(taken) : run.unknown(taken))
  return view(taken.id)
}

function view(id: string): OutgoingView {
  const found = outbox.get(id)
  if (!found.ok) throw new Error(found.failure.code)
  return outgoingViewSchema.parse(found.value)
}

const report = (mail: Pick<OutgoingView, 'messageId'>, recipient: string | null, action: DeliveryAction = 'failed', words = '550 5.1.1 User unknown', change: Partial<RecipientReport> = {}): ReturnedMail => ({
  is: 'delivery-report', about: { envelopeId: null, messageIds: [mail.messageId] }, reportingServer: null,
  recipients: [{ recipient, originalRecipient: null, action, status: '5.1.1', replyCode: 550, cause: action === 'failed' ? 'no-such-address' : null, bounce: action === 'failed' ? 'hard' : null, words, ...change }],
})
const receipt = (mail: Pick<OutgoingView, 'messageId'>, recipient: string): ReturnedMail => ({
  is: 'read-receipt', about: { envelopeId: null, messageIds: [mail.messageId] }, receipt: { recipient, originalRecipient: null, disposition: 'displayed', automatic: false },
})

const answer = (mail: Pick<OutgoingView, 'messageId'>, from: string): ReturnedMail => ({ is: 'auto-reply', about: { envelopeId: null, messageIds: [mail.messageId] }, from, words: 'Out of office: back on Monday' })
const complaint = (mail: Pick<OutgoingView, 'messageId'>, recipients: readonly string[], feedbackType = 'abuse'): ReturnedMail => ({ is: 'complaint', about: { envelopeId: null, messageIds: [mail.messageId] }, feedbackType, recipients })

let key = 0
const came = (...reads: readonly ReturnedMail[]) => outbox.noteReturned(reads.map((read, index) => ({ read, at: new Date(place.clock.at.getTime() + index * 60_000) })), (key += 1))
const outcomes = (id: string) => view(id).recipients.map(({ returned }) => returned?.outcome ?? null)

describe('what came back', () => {
  test('is noted on the recipient it names, with the reason, and in the story', async () => {
    const mail = await submitted()
    expect(came(report(mail, 'anna@BUYER.example'))).toEqual([mail.id])
    const bounced = { outcome: 'bounced', at: place.clock.at.toISOString(), bounce: 'hard', status: '5.1.1', cause: 'no-such-address', words: '550 5.1.1 User unknown' }
    expect(view(mail.id).recipients.map(({ returned }) => returned)).toEqual([bounced, null])
    expect(view(mail.id).returns).toEqual([{ ...bounced, address: anna }])
    expect(outbox.list({ states: null, accountId: null, offset: 0, limit: 1 }).mails.map(shownState)).toEqual(['bounced'])
  })

  test('changes no mail that it does not name, and no recipient', async () => {
    const [mail, other] = [await submitted(), await submitted()]
    expect(came(
      report({ messageId: '<guessed@shop.example>' }, anna),
      report(mail, 'carl@buyer.example'),
      report(mail, null),
      receipt(mail, 'anna@elsewhere.example'),
      { is: 'no-report' },
      answer(mail, 'somebody@else.example'),
      complaint(mail, ['carl@buyer.example']),
      complaint(mail, []),
      complaint(mail, [anna], 'not-spam'),
    )).toEqual([])
    expect([...outcomes(mail.id), ...outcomes(other.id)]).toEqual([null, null, null, null])
  })

  test('may be a complaint or an automatic answer: shown in the story, and neither a bounce', async () => {
    const mail = await submitted()
    came(answer(mail, ben), complaint(mail, [anna]))
    expect(outcomes(mail.id)).toEqual(['complained', 'answered'])
    expect(view(mail.id).returns.map(({ outcome, address, words, bounce }) => [outcome, address, words, bounce])).toEqual([['answered', ben, 'Out of office: back on Monday', null], ['complained', anna, 'abuse', null]])
    expect(shownState(view(mail.id))).toBe('sent')
    came(report(mail, ben))
    expect([outcomes(mail.id), shownState(view(mail.id))]).toEqual([['complained', 'bounced'], 'bounced'])
  })

  test('that names nobody of a mail to one person is about that one', async () => {
    const mail = await submitted('sent', [anna])
    came(complaint(mail, []), answer(mail, 'anna@alias.example'))
    expect(view(mail.id).returns.map(({ outcome, address }) => [outcome, address])).toEqual([['complained', anna], ['answered', anna]])
    expect(shownState(view(mail.id))).toBe('delivered')
  })

  test('is news when it is a bounce, until somebody has looked, and once', async () => {
    const news = createBounceNews(place.database)
    const [one, other] = [await submitted(), await submitted()]
    came(report(one, anna), receipt(other, anna))
    came(report(one, ben), report(other, ben, 'delayed', 'busy'))
    expect(news.unlooked().map(({ id }) => id)).toEqual([one.id])
    expect([news.noteLooked([one.id, other.id]), news.noteLooked([one.id]), news.unlookedCount()]).toEqual([true, false, 0])
    came(report(other, ben))
    expect(createBounceNews(place.database).unlooked().map(({ id }) => id)).toEqual([other.id])
  })

  test('is found by ENVID alone, and by the address we gave where forwarding changed it', async () => {
    const mail = await submitted()
    came({ ...report(mail, 'anna@new.example', 'failed', 'gone', { originalRecipient: anna }), about: { envelopeId: mail.id, messageIds: ['<other@shop.example>'] } } as ReturnedMail)
    expect(outcomes(mail.id)).toEqual(['bounced', null])
  })

  test('comes to the same in any order, and however often', async () => {
    const steps = (mail: OutgoingView) => [report(mail, anna, 'delayed', 'busy'), report(mail, anna, 'relayed', ''), report(mail, anna, 'delivered', ''), receipt(mail, anna), report(mail, ben, 'delayed', 'busy'), report(mail, ben)]
    const [forth, back] = [await submitted(), await submitted()]
    came(...steps(forth))
    came(...steps(back).toReversed(), ...steps(back))
    expect(outcomes(forth.id)).toEqual(['read', 'bounced'])
    expect(outcomes(back.id)).toEqual(outcomes(forth.id))
    expect(view(back.id).returns).toHaveLength(6)
    came(...steps(back))
    expect(came(...steps(back))).toEqual([])
  })

  test('is kept in a bounded number, whatever somebody sends', async () => {
    const mail = await submitted()
    came(...Array.from({ length: 200 }, (_, index) => report(mail, anna, 'delayed', `busy ${String(index)}`)))
    expect(view(mail.id).returns).toHaveLength(20)
  })

  test('proves that a mail whose outcome was unknown had been sent', async () => {
    const mail = await submitted('unknown')
    came(report(mail, anna))
    expect(view(mail.id)).toMatchObject({ state: 'sent', recipients: [{ state: 'accepted', returned: { outcome: 'bounced' } }, { state: 'accepted', returned: null }] })
  })

  test('proves nothing of a later attempt, where some had accepted the mail before', async () => {
    const run = mailsInHand(outbox)
    await outbox.queue({ id: 'office', ...draftOf() }, composedMailSchema.parse({ accountId: 'office', to: [{ address: anna }, { address: ben }], subject: 'Invoice' }), [])
    const first = run.take(place.clock.at)!
    await run.submitting(first)
    await run.sent(first, '250 ok', [{ address: anna, accepted: true, replyCode: null, words: null }, { address: ben, accepted: false, replyCode: 450, words: 'later' }], place.clock.at)
    const again = run.take(place.clock.at)!
    await run.submitting(again)
    await run.unknown(again)
    outbox.noteReturned([{ read: report(view(first.id), anna, 'delivered'), at: place.clock.at }], 7)
    expect(view(first.id).state).toBe('unknown')
    expect(view(first.id).recipients.map(({ state }) => state)).toEqual(['accepted', 'deferred'])
    outbox.noteReturned([{ read: report(view(first.id), ben, 'delivered'), at: place.clock.at }], 8)
    expect(view(first.id).state).toBe('sent')
  })

  test('and how far the incoming mail was looked through are one', async () => {
    const mail = await submitted()
    expect(outbox.awaitsReturnsSince()).toBe(Date.parse(mail.createdAt))
    outbox.noteReturned([{ read: report(mail, anna), at: place.clock.at }], 70)
    outbox.noteReturned([], 12)
    outbox = createOutbox(place)
    expect([outbox.returnsReadUpTo(), ...outcomes(mail.id)]).toEqual([70, 'bounced', null])
  })
})

describe('the state that is shown', () => {
  test.each([
    [[report, report], 'bounced'],
    [[receipt, report], 'bounced'],
    [[receipt, receipt], 'read'],
    [[receipt, (mail: OutgoingView, address: string) => report(mail, address, 'delivered', '')], 'delivered'],
    [[receipt], 'sent'],
  ] as const)('tells the worst that came back, and what all of them did (%#)', async (reads, expected) => {
    const mail = await submitted()
    came(...reads.map((make, index) => make(mail, [anna, ben][index] ?? '')))
    expect(shownState(view(mail.id))).toBe(expected)
    expect(outbox.list({ states: [expected], accountId: 'office', offset: 0, limit: 10 })).toMatchObject({ mails: [{ id: mail.id }], total: 1, counts: { [expected]: 1 } })
  })
})
