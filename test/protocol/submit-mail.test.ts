import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PDFDocument from 'pdfkit'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { SubmissionSession, SubmitRequest } from '../../electron/protocols/mail-session.ts'
import { openInbox } from '../../electron/protocols/open-inbox.ts'
import { openSubmission } from '../../electron/protocols/open-submission.ts'
import type { ServerTarget } from '../../electron/protocols/net/server-target.ts'
import type { Security } from '../../shared/model/server.ts'
import { CollectingReceiver } from '../fakes/collecting-receiver.ts'
import { lab } from '../servers/lab.ts'
import type { LabPort } from '../servers/lab.ts'
import { labCredentials, labTarget, mustBe } from './lab-mail.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mailroom-submit-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const at = (user: string) => `${user}@${lab.domain}`

async function pdf(): Promise<Buffer> {
  const document = new PDFDocument()
  const pieces: Buffer[] = []
  document.on('data', (piece: Buffer) => pieces.push(piece))
  const finished = new Promise((resolve) => document.on('end', resolve))
  document.text('Invoice 2026-0042').end()
  await finished
  return Buffer.concat(pieces)
}

/** A finished mail in a file, as the outbox freezes it. */
async function mail(from: string, to: readonly string[], attachment: Buffer | null = null): Promise<{ readonly file: string; readonly bytes: Buffer; readonly id: string }> {
  const id = `${randomUUID()}@mailroom.test`
  const composed = await createTransport({ streamTransport: true, buffer: true, newline: 'windows' }).sendMail({
    from, to: [...to], subject: 'Invoice 2026-0042', messageId: `<${id}>`, text: '.a line with a dot\n..\n.\nend',
    ...(attachment !== null && { attachments: [{ filename: 'invoice.pdf', content: attachment }] }),
  })
  const file = join(folder, `${randomUUID()}.eml`)
  const bytes = composed.message as Buffer
  writeFileSync(file, bytes)
  return { file, bytes, id }
}

async function request(from: string, to: readonly string[], changes: Partial<SubmitRequest> = {}): Promise<SubmitRequest> {
  const { file, bytes } = await mail(from, to)
  return { mailFrom: from, recipients: to, file, size: bytes.length, envelopeId: null, submitting: () => true, ...changes }
}

async function session(port: LabPort, security: Security, user: string | null = lab.freshUser('sender'), changes: Partial<ServerTarget> = {}): Promise<SubmissionSession> {
  return mustBe(await openSubmission(labTarget(port, security, changes), user === null ? null : labCredentials(user)))
}

/** The one message that arrives for a user, as its inbox gives it out; the servers take a moment to deliver. */
async function arrived(user: string): Promise<Buffer> {
  const target = labTarget('IMAPS', 'tls')
  const fetched = async () => {
    const inbox = mustBe(await openInbox('imap', target, labCredentials(user)))
    const receiver = new CollectingReceiver()
    await inbox.fetch(mustBe(await inbox.list()).map(({ serverId }) => serverId), receiver)
    await inbox.close()
    return [...receiver.messages.values()][0]
  }
  return vi.waitUntil(fetched, { timeout: 20_000, interval: 100 })
}

describe.each([['SUBMISSION', 'starttls'], ['SUBMISSIONS', 'tls'], ['CLEAR_SUBMISSION', 'none']] as const)('submission on %s with security %s', (port, security) => {
  it('a mail with a PDF arrives with every byte of it', async () => {
    const [from, to] = [lab.freshUser('from'), lab.freshUser('to')]
    const attachment = await pdf()
    const { file, bytes } = await mail(at(from), [at(to)], attachment)
    const open = await session(port, security, from)
    const sent = await open.submit({ mailFrom: at(from), recipients: [at(to)], file, size: bytes.length, envelopeId: null, submitting: () => true })
    await open.close()
    expect(sent).toMatchObject({ ok: true, value: { replyCode: 250, words: expect.stringContaining('250') }, recipients: [{ address: at(to), accepted: true }] })
    const received = await arrived(to)
    // Servers put their trace above it (RFC 5321 section 4.4); below that nothing may differ.
    expect(received.subarray(received.length - bytes.length).equals(bytes)).toBe(true)
  })
})

describe('the answers', () => {
  it('the row is told before the message can have arrived', async () => {
    const before = readdirSync(lab.sinkDir).length
    const open = await session('SINK', 'none', null)
    const told: number[] = []
    const sent = await open.submit(await request('a@lab.test', ['b@lab.test'], { submitting: async () => told.push(readdirSync(lab.sinkDir).length - before) > 0 }))
    await open.close()
    expect(sent.ok).toBe(true)
    expect(told).toHaveLength(1)
  })

  it('when the row cannot be written, the mail does not go out', async () => {
    const open = await session('SUBMISSIONS', 'tls')
    const to = lab.freshUser('never')
    await expect(open.submit(await request('a@lab.test', [at(to)], { submitting: () => Promise.reject(new Error('disk full')) }))).rejects.toThrow('disk full')
  })

  it.each([
    ['reject', 'send.recipient-refused', 550], ['policy', 'policy.refused', 554], ['tempfail', 'send.temporary', 451], ['greylist', 'send.temporary', 450], ['mailboxfull', 'quota.exceeded', 452],
  ] as const)('a recipient refused like %s is %s', async (who, code, replyCode) => {
    const open = await session('SUBMISSIONS', 'tls')
    const answer = await open.submit(await request('a@lab.test', [at(who)]))
    expect(answer).toMatchObject({ ok: false, failure: { code, evidence: { replyCode } }, recipients: [{ address: at(who), accepted: false, replyCode }] })
    // The connection is as good as before.
    const to = lab.freshUser('after')
    expect(await open.submit(await request('a@lab.test', [at(to)]))).toMatchObject({ ok: true })
    await open.close()
  })

  it('one refused recipient does not keep the mail from the others, and each is answered for', async () => {
    const open = await session('SUBMISSIONS', 'tls')
    const to = lab.freshUser('good')
    const answer = await open.submit(await request('a@lab.test', [at('reject'), at(to), at('tempfail')]))
    await open.close()
    expect(answer).toMatchObject({ ok: true, recipients: [{ accepted: false, replyCode: 550 }, { address: at(to), accepted: true }, { accepted: false, replyCode: 451 }] })
    expect((await arrived(to)).length).toBeGreaterThan(0)
  })

  it('when all are refused and one of them only for now, trying again makes sense', async () => {
    const open = await session('SUBMISSIONS', 'tls')
    expect(await open.submit(await request('a@lab.test', [at('reject'), at('tempfail')]))).toMatchObject({ ok: false, failure: { code: 'send.temporary' } })
    expect(await open.submit(await request('a@lab.test', [at('reject'), at('policy')]))).toMatchObject({ ok: false, failure: { code: 'send.all-recipients-refused' } })
    await open.close()
  })

  it.each([['data-tempfail', 'send.temporary', 451], ['data-reject', 'send.refused', 554]] as const)('a message refused like %s after all of it is %s', async (who, code, replyCode) => {
    const open = await session('SUBMISSIONS', 'tls')
    const answer = await open.submit(await request('a@lab.test', [at(who)]))
    await open.close()
    expect(answer).toMatchObject({ ok: false, failure: { code: expect.stringMatching(new RegExp(`^(${code}|policy.refused)$`)), evidence: { replyCode } }, recipients: [{ accepted: false }] })
  })

  it('a server that hangs up after RCPT does not have the mail', async () => {
    const open = await session('SUBMISSIONS', 'tls')
    const answer = await open.submit(await request('a@lab.test', [at('hangup')]))
    expect(answer).toMatchObject({ ok: false, failure: { code: 'policy.too-fast', evidence: { replyCode: 421 } } })
  })

  it('a server that takes the message and hangs up without a word leaves the outcome unknown', async () => {
    const open = await session('SINK_NOREPLY', 'none', null)
    expect(await open.submit(await request('a@lab.test', ['b@lab.test']))).toMatchObject({ ok: false, failure: { code: 'send.outcome-unknown' }, recipients: [{ accepted: false }] })
  })

  it('a server that is busy says so instead of greeting', async () => {
    expect(await openSubmission(labTarget('SINK_BUSY', 'none'), null)).toMatchObject({ ok: false, failure: { code: 'server.unavailable', evidence: { replyCode: 421 } } })
  })

  it('a message larger than the server takes is not sent to it', async () => {
    const open = await session('SUBMISSIONS', 'tls')
    const answer = await open.submit(await request('a@lab.test', [at('big')], { size: 11 * 1024 * 1024 }))
    await open.close()
    expect(answer).toMatchObject({ ok: false, failure: { code: 'message.too-large' } })
  })

  it("a sender address that is not one's own is refused as such", async () => {
    const open = await session('SUBMISSION_OWN', 'starttls', 'owner')
    expect(await open.submit(await request(at('somebody-else'), [at('to')]))).toMatchObject({ ok: false, failure: { code: 'policy.sender-refused' } })
    await open.close()
  })

  it('a non-ASCII mailbox name is refused before anything is sent where the server cannot take it; a non-ASCII domain goes out in ASCII', async () => {
    const open = await session('SINK', 'none', null)
    expect(await open.submit(await request('a@lab.test', ['jürgen@lab.test']))).toMatchObject({ ok: false, failure: { code: 'send.needs-smtputf8', evidence: { address: 'jürgen@lab.test' } } })
    expect(await open.submit(await request('a@lab.test', ['info@bücher.example']))).toMatchObject({ ok: true, recipients: [{ address: 'info@bücher.example', accepted: true }] })
    await open.close()
  })

  it('a delivery report that is asked for is asked of the server', async () => {
    const user = lab.freshUser('report')
    const open = await session('SUBMISSIONS', 'tls', user)
    expect(await open.submit(await request(at(user), [at(lab.freshUser('to'))], { envelopeId: `env-${randomBytes(4).toString('hex')}` }))).toMatchObject({ ok: true })
    await open.close()
    expect((await arrived(user)).toString()).toMatch(/message\/delivery-status/)
  })
})

describe('rehearsing', () => {
  it('tells whether a mail would be taken, without sending one, and leaves the connection ready', async () => {
    const user = lab.freshUser('rehearse')
    const open = await session('SUBMISSIONS', 'tls', user)
    expect(await open.rehearse(at(user), at(user))).toMatchObject({ ok: true })
    expect(await open.rehearse(at(user), at('reject'))).toMatchObject({ ok: false, failure: { code: 'send.recipient-refused', evidence: { replyCode: 550 } } })
    expect(await open.submit(await request(at(user), [at(user)]))).toMatchObject({ ok: true })
    expect(await open.rehearse(at(user), at(user))).toMatchObject({ ok: true })
    await open.close()
  })

  it('a sender address of somebody else is noticed without a mail', async () => {
    const open = await session('SUBMISSION_OWN', 'starttls', 'owner')
    expect(await open.rehearse(at('somebody-else'), at('owner'))).toMatchObject({ ok: false, failure: { code: 'policy.sender-refused' } })
    await open.close()
  })
})
