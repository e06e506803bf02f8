/** What became of a mail after it was sent: real Postfix says that a user is unknown, and a reader's receipt comes back. */
import { createTransport } from 'nodemailer'
import { afterEach, describe, expect, test } from 'vitest'
import { fetchMail } from '../../electron/jobs/kinds/fetch-mail.ts'
import { sendMail } from '../../electron/jobs/kinds/send-mail.ts'
import { createReadReturns, thenReadReturns } from '../../electron/jobs/read-returns.ts'
import { composedMailSchema, type OutgoingView, shownState } from '../../shared/model/outgoing-mail.ts'
import { lab } from '../servers/lab.ts'
import { labDraft, openParts, serverFiles, type RunningParts } from './running-parts.ts'

const open: RunningParts[] = []
afterEach(async () => {
  for (const parts of open.splice(0)) await parts.close()
})

async function sent(user: string, recipient: string, sending: object): Promise<{ readonly parts: RunningParts; readonly id: string }> {
  const parts = openParts({ ...labDraft('imap', user), sending })
  open.push(parts)
  const queued = await parts.outbox.queue(parts.account, composedMailSchema.parse({ accountId: 'office', to: [{ address: recipient }], subject: 'Invoice 12', text: 'Attached.' }), [])
  if (!queued.ok) throw new Error(queued.failure.code)
  await parts.jobs.finished(parts.jobs.start(sendMail(parts, 'office'), 'person'))
  expect(mail(parts, queued.value.id).state).toBe('sent')
  return { parts, id: queued.value.id }
}

async function fetched(parts: RunningParts): Promise<void> {
  const job = await parts.jobs.finished(parts.jobs.start(thenReadReturns(fetchMail(parts, 'office'), createReadReturns(parts)), 'person'))
  expect([job.state, parts.bugs]).toEqual(['done', []])
}

function mail(parts: RunningParts, id: string): OutgoingView {
  const found = parts.outbox.get(id)
  if (!found.ok) throw new Error(found.failure.code)
  return found.value
}

describe('after a mail was sent', () => {
  test('one to an unknown user comes back, and its row says Bounced, with the reason', async () => {
    const user = lab.freshUser('returns')
    const { parts, id } = await sent(user, `bounce@${lab.domain}`, {})
    await expect.poll(() => serverFiles(user).length).toBe(1)
    await fetched(parts)
    const row = mail(parts, id)
    expect(shownState(row)).toBe('bounced')
    expect(row.recipients).toMatchObject([{ state: 'accepted', returned: { outcome: 'bounced', bounce: 'hard', status: '5.1.1', cause: 'no-such-address', words: expect.stringContaining('User unknown') } }])
    await fetched(parts)
    expect(mail(parts, id)).toEqual(row)
  })

  test('one to a full mailbox comes back, and a later one may arrive', async () => {
    const user = lab.freshUser('returns')
    const { parts, id } = await sent(user, `full@${lab.domain}`, { deliveryReport: true })
    await expect.poll(() => serverFiles(user).length).toBe(1)
    await fetched(parts)
    expect(mail(parts, id).recipients).toMatchObject([{ returned: { outcome: 'bounced', bounce: 'temporary', cause: 'mailbox-full' } }])
  })

  test('one whose reader says so is Read', async () => {
    const [user, customer] = [lab.freshUser('returns'), lab.freshUser('customer')]
    const { parts, id } = await sent(user, `${customer}@${lab.domain}`, { readReceipt: 'account' })
    await expect.poll(() => serverFiles(customer).length).toBe(1)
    const arrived = String(serverFiles(customer)[0])
    expect(arrived).toMatch(/^Disposition-Notification-To: .*returns/im)
    await sendReceipt(customer, `${user}@${lab.domain}`, mail(parts, id).messageId)
    await expect.poll(() => serverFiles(user).length).toBe(1)
    await fetched(parts)
    expect(shownState(mail(parts, id))).toBe('read')
  })
})

/** As RFC 8098 section 9 has it. */
async function sendReceipt(from: string, to: string, messageId: string): Promise<void> {
  const address = `${from}@${lab.domain}`
  const raw = [
    `From: ${address}`, `To: ${to}`, 'Subject: Read: Invoice 12', 'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=disposition-notification; boundary=mdn', '',
    '--mdn', 'Content-Type: text/plain', '', 'Your message was displayed.', '',
    '--mdn', 'Content-Type: message/disposition-notification', '', `Final-Recipient: rfc822; ${address}`, `Original-Message-ID: ${messageId}`, 'Disposition: manual-action/MDN-sent-manually; displayed', '', '--mdn--', '',
  ].join('\r\n')
  const transport = createTransport({ host: lab.host, port: lab.port('SUBMISSION'), requireTLS: true, auth: { user: from, pass: lab.password } })
  await transport.sendMail({ envelope: { from: address, to }, raw })
  transport.close()
}
