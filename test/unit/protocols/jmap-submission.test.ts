import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openJmapSubmission } from '../../../electron/protocols/jmap/jmap-submission.ts'
import type { SubmitRequest } from '../../../electron/protocols/mail-session.ts'
import { credentials, jmapFront, type JmapPlay, sending, sessionOf, targetOf } from '../../fakes/jmap-front.ts'

const folder = mkdtempSync(join(tmpdir(), 'mailroom-jmap-'))
const file = join(folder, 'mail.eml')
writeFileSync(file, 'Subject: one\r\n\r\nText\r\n')
const size = 'Subject: one\r\n\r\nText\r\n'.length
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
// The folder is this file's own.
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

const identity = (email: string) => ({ id: `i-${email}`, email })
const mailboxes = { list: [{ id: 'd1', name: 'Drafts', role: 'drafts' }, { id: 's1', name: 'Sent', role: 'sent' }, { id: 'm1', name: 'Inbox', role: 'inbox' }] }
type Asked = { readonly method: string; readonly args: Readonly<Record<string, unknown>> }

/** Sends one mail from `anna@shop.example` to two people; answers with how, and with what was asked of the server in which order. */
async function sent(answer: (args: Readonly<Record<string, unknown>>) => object, change: { readonly calls?: JmapPlay['calls']; readonly session?: object; readonly request?: Partial<SubmitRequest>; readonly signIn?: typeof credentials } = {}) {
  const asked: Asked[] = []
  const noted = (method: string, reply: (args: Readonly<Record<string, unknown>>) => object) => (args: Readonly<Record<string, unknown>>) => (asked.push({ method, args }), reply(args))
  const calls = {
    'Identity/get': noted('Identity/get', () => ({ list: [identity('*@shop.example')] })),
    'Mailbox/get': () => mailboxes,
    'Email/import': noted('Email/import', () => ({ created: { one: { id: 'e1' } } })),
    'EmailSubmission/set': noted('EmailSubmission/set', answer),
    'Email/set': noted('Email/set', () => ({ destroyed: ['e1'] })),
    ...change.calls,
  }
  const front = await jmapFront({ session: sessionOf({ ...sending, ...change.session }), calls })
  closing.push(() => front.close())
  const opened = await openJmapSubmission(targetOf(front), credentials)
  if (!opened.ok) return { outcome: opened, asked, front, notes: 0 }
  let notes = 0
  const request: SubmitRequest = { mailFrom: 'anna@shop.example', recipients: ['one@klant.example', 'two@klant.example'], file, size, envelopeId: null, submitting: () => ((notes += 1), true), ...change.request }
  const outcome = await opened.value.submit(request)
  await opened.value.close()
  return { outcome, asked, front, notes }
}
const created = (what: object = {}) => () => ({ created: { send: { id: 'x1', ...what } } })
const methods = (asked: readonly Asked[]) => asked.map(({ method }) => method)

describe('sending over JMAP', () => {
  it('goes out as a draft that the server moves to Sent, noted as submitting before it is submitted', async () => {
    const { outcome, asked, notes } = await sent(created(), { request: { envelopeId: 'env-1' } })
    expect(outcome).toMatchObject({ ok: true, value: { recipients: [{ address: 'one@klant.example', accepted: true }, { address: 'two@klant.example', accepted: true }] } })
    expect([methods(asked), notes]).toEqual([['Identity/get', 'Email/import', 'EmailSubmission/set'], 1])
    expect(asked.at(-1)?.args).toMatchObject({
      create: { send: { identityId: 'i-*@shop.example', emailId: 'e1', envelope: { mailFrom: { email: 'anna@shop.example', parameters: { ENVID: 'env-1' } } } } },
      onSuccessUpdateEmail: { '#send': { 'mailboxIds/d1': null, 'mailboxIds/s1': true, 'keywords/$draft': null } },
    })
  })

  it('the identity of the very address comes before one of the whole domain, and without any nothing goes out', async () => {
    const own = await sent(created(), { calls: { 'Identity/get': () => ({ list: [identity('*@shop.example'), identity('Anna@Shop.Example')] }) } })
    expect(own.asked.at(-1)?.args).toMatchObject({ create: { send: { identityId: 'i-Anna@Shop.Example' } } })
    const none = await sent(created(), { calls: { 'Identity/get': () => ({ list: [identity('*@other.example')] }) } })
    expect(none.outcome).toMatchObject({ ok: false, failure: { code: 'policy.sender-refused', evidence: { address: 'anna@shop.example' } } })
    expect(none.front.heard.filter(({ path }) => path.startsWith('/up/'))).toEqual([])
  })

  it('each recipient has an answer of its own, where the server gives one', async () => {
    const deliveryStatus = { 'one@klant.example': { smtpReply: '250 2.1.5 ok', delivered: 'queued' }, 'two@klant.example': { smtpReply: '550 5.1.1 no such user', delivered: 'no' } }
    expect((await sent(created({ undoStatus: 'final', deliveryStatus }))).outcome).toMatchObject({
      ok: true, recipients: [{ address: 'one@klant.example', accepted: true, words: '250 2.1.5 ok' }, { address: 'two@klant.example', accepted: false, replyCode: 550, words: '550 5.1.1 no such user' }],
    })
    const invalid = await sent(() => ({ notCreated: { send: { type: 'invalidRecipients', invalidRecipients: ['two@klant.example'], description: 'no such user' } } }))
    expect(invalid.outcome).toMatchObject({ ok: false, failure: { code: 'send.all-recipients-refused' }, recipients: [{ accepted: false, replyCode: null }, { accepted: false, replyCode: 550 }] })
  })

  it.each([
    ['canceled', created({ undoStatus: 'canceled' }), 'send.refused'],
    ['too large', () => ({ notCreated: { send: { type: 'tooLarge', maxSize: 10 } } }), 'message.too-large'],
    ['not from this address', () => ({ notCreated: { send: { type: 'forbiddenMailFrom' } } }), 'policy.sender-refused'],
    ['not at all', () => ({ notCreated: { send: { type: 'forbiddenToSend', description: 'not today' } } }), 'policy.refused'],
    ['for a reason of its own', () => ({ notCreated: { send: { type: 'toString' } } }), 'server.refused'],
    ['as a method it cannot do', () => ({ error: 'accountReadOnly' }), 'policy.refused'],
  ] as const)('what the server refuses (%s) is told as what it is, and its draft is taken away', async (_, answer, code) => {
    const { outcome, asked } = await sent(answer)
    expect(outcome).toMatchObject({ ok: false, failure: { code } })
    expect(asked.at(-1)).toMatchObject({ method: 'Email/set', args: { destroy: ['e1'] } })
  })

  it('what may have been done in part, or is not said, is unknown: its draft stays, and it is asked once', async () => {
    for (const answer of [() => ({ error: 'serverPartialFail' }), () => ({}), () => ({ created: { other: { id: 'x1' } } }), created({ id: '../' })]) {
      const { outcome, asked } = await sent(answer)
      expect(outcome).toMatchObject({ ok: false, failure: { code: 'send.outcome-unknown' } })
      expect(methods(asked).filter((method) => method.endsWith('/set'))).toEqual(['EmailSubmission/set'])
    }
  })

  it('what is larger than the server takes is refused before a byte of it goes out', async () => {
    const core = { ...sending.capabilities['urn:ietf:params:jmap:core'], maxSizeUpload: 10 }
    const { outcome, front } = await sent(created(), { session: { capabilities: { ...sending.capabilities, 'urn:ietf:params:jmap:core': core } } })
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'message.too-large' } })
    expect(front.heard.filter(({ path }) => path.startsWith('/up/'))).toEqual([])
  })

  it('what must not go out any more does not, and a file that changed meanwhile neither', async () => {
    const stopped = await sent(created(), { request: { submitting: () => false } })
    expect(stopped.outcome).toMatchObject({ ok: false, failure: { code: 'job.cancelled' } })
    expect(methods(stopped.asked)).not.toContain('EmailSubmission/set')
    const changed = await sent(created(), { request: { size: size + 1 } })
    expect(changed.outcome).toMatchObject({ ok: false, failure: { code: 'outbox.changed-file' } })
    expect(methods(changed.asked)).not.toContain('EmailSubmission/set')
  })

  it('where there is no Sent folder the draft goes once it is sent, for nothing may look unsent that was sent', async () => {
    const { outcome, asked } = await sent(created(), { calls: { 'Mailbox/get': () => ({ list: mailboxes.list.filter(({ role }) => role !== 'sent') }) } })
    expect(outcome).toMatchObject({ ok: true })
    expect(asked.at(-1)?.args).toMatchObject({ onSuccessDestroyEmail: ['#send'] })
  })
})
