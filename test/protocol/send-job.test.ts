/** The send job against real Postfix, and against servers that refuse, hang up and do not answer. */
import { afterEach, describe, expect, test } from 'vitest'
import { createPaces } from '../../electron/jobs/paces.ts'
import { sendMail } from '../../electron/jobs/kinds/send-mail.ts'
import { composedMailSchema, type OutgoingView } from '../../shared/model/outgoing-mail.ts'
import type { Job } from '../../shared/model/job.ts'
import { lab, type LabPort } from '../servers/lab.ts'
import { labDraft, openParts, serverFiles, type RunningParts } from './running-parts.ts'

const open: RunningParts[] = []
afterEach(async () => {
  for (const parts of open.splice(0)) await parts.close()
})

function start(user: string, port: LabPort = 'SUBMISSION', password?: () => string): RunningParts {
  const draft = labDraft('imap', user)
  // The sinks know neither TLS nor sign-in.
  const isSink = port !== 'SUBMISSION'
  const server = { use: 'own', host: lab.host, port: lab.port(port), security: isSink ? 'none' : 'starttls', clearTextConfirmed: isSink } as const
  const parts = openParts({ ...draft, outgoing: { server, signIn: { use: isSink ? 'none' : 'same-as-incoming' } } }, password)
  open.push(parts)
  return parts
}

async function queue(parts: RunningParts, ...recipients: string[]): Promise<string> {
  const to = recipients.map((name) => ({ address: `${name}@${lab.domain}` }))
  const queued = await parts.outbox.queue(parts.account, composedMailSchema.parse({ accountId: 'office', to, subject: 'Invoice', text: 'Attached.' }), [])
  if (!queued.ok) throw new Error(queued.failure.code)
  return queued.value.id
}

async function send(parts: RunningParts): Promise<Job> {
  const job = await parts.jobs.finished(parts.jobs.start(sendMail(parts, 'office'), 'person'))
  expect(parts.bugs).toEqual([])
  return job
}

function mail(parts: RunningParts, id: string): OutgoingView {
  const found = parts.outbox.get(id)
  if (!found.ok) throw new Error(found.failure.code)
  return found.value
}

describe('sending', () => {
  test('three mails go out over Postfix in order and arrive', async () => {
    const [user, customer] = [lab.freshUser('send'), lab.freshUser('customer')]
    const parts = start(user)
    const ids = [await queue(parts, customer), await queue(parts, customer), await queue(parts, customer)]
    expect(await send(parts)).toMatchObject({ state: 'done', progress: { done: 3, total: 3 }, detail: { sent: 3, failed: 0, unknown: 0 } })
    for (const id of ids) expect(mail(parts, id)).toMatchObject({ state: 'sent', recipients: [{ state: 'accepted' }] })
    await expect.poll(() => serverFiles(customer).length).toBe(3)
    const arrived = serverFiles(customer).map(String)
    for (const id of ids) expect(arrived.some((text) => text.includes(mail(parts, id).messageId))).toBe(true)
  })

  test('a recipient the server refuses is named, and the other one gets the mail', async () => {
    const [user, customer] = [lab.freshUser('send'), lab.freshUser('customer')]
    const parts = start(user)
    const id = await queue(parts, customer, 'reject')
    expect(await send(parts)).toMatchObject({ state: 'done', detail: { sent: 1 } })
    expect(mail(parts, id).recipients).toMatchObject([{ state: 'accepted' }, { state: 'refused', replyCode: 550 }])
  })

  test.each([
    ['reject', 'error'],
    ['data-reject', 'error'],
    ['tempfail', 'ready'],
    ['data-tempfail', 'ready'],
  ] as const)('what %s refuses becomes %s with the server\'s words, and the next mail goes out', async (recipient, state) => {
    const [user, customer] = [lab.freshUser('send'), lab.freshUser('customer')]
    const parts = start(user)
    const [refused, taken] = [await queue(parts, recipient), await queue(parts, customer)]
    expect(await send(parts)).toMatchObject({ state: 'done', detail: { sent: 1, failed: 1 } })
    expect(mail(parts, refused)).toMatchObject({ state, attempts: 1 })
    expect(mail(parts, refused).failure).not.toBeNull()
    if (state === 'ready') expect(Date.parse(mail(parts, refused).notBefore ?? '')).toBeGreaterThan(Date.now() + 50_000)
    expect(mail(parts, taken).state).toBe('sent')
  })

  test('a server that says "not so fast" is left alone for a while: the queue stays as it is, and the pace is kept for the next start', async () => {
    const [user, customer] = [lab.freshUser('send'), lab.freshUser('customer')]
    const parts = start(user)
    const [told, next] = [await queue(parts, 'hangup'), await queue(parts, customer)]
    expect(await send(parts)).toMatchObject({ state: 'failed', failure: { code: 'policy.too-fast', evidence: { replyCode: 421 } }, detail: { sent: 0, failed: 1 } })
    expect([mail(parts, told).state, mail(parts, next).state]).toEqual(['ready', 'ready'])
    expect(mail(parts, told).history.at(-1)).toMatchObject({ state: 'ready', failure: { code: 'policy.too-fast' }, nextAt: mail(parts, told).notBefore })
    const paces = createPaces({ database: parts.database })
    expect(paces.restsUntil('office', new Date())?.toISOString()).toBe(mail(parts, told).notBefore)
    expect(paces.of('office', lab.host, new Date())).toMatchObject({ gap: 2000, connections: 1 })
  })

  test('a server that takes the mail and does not answer leaves its outcome unknown, and a second run does not send it again', async () => {
    const parts = start(lab.freshUser('send'), 'SINK_NOREPLY')
    const id = await queue(parts, 'customer')
    expect(await send(parts)).toMatchObject({ state: 'failed', failure: { code: 'send.outcome-unknown' }, detail: { unknown: 1 } })
    expect(mail(parts, id).state).toBe('unknown')
    expect(await send(parts)).toMatchObject({ state: 'done', detail: { sent: 0 } })
  })

  test('a wrong password leaves the queue as it is and pauses sending', async () => {
    const parts = start(lab.freshUser('send'), 'SUBMISSION', () => 'not this one')
    const ids = [await queue(parts, 'a'), await queue(parts, 'b')]
    expect(await send(parts)).toMatchObject({ state: 'failed', failure: { code: 'signin.rejected' } })
    expect(ids.map((id) => mail(parts, id).state)).toEqual(['ready', 'ready'])
    expect(parts.pauses.of('office', 'outgoing')).toMatchObject({ code: 'signin.rejected' })
  })

  test('a server that is not there leaves the queue as it is', async () => {
    const parts = start(lab.freshUser('send'))
    Object.assign(parts.account.outgoing?.server ?? {}, { port: 1 })
    const id = await queue(parts, 'a')
    expect(await send(parts)).toMatchObject({ state: 'failed', failure: { code: 'connect.refused' } })
    expect(mail(parts, id).state).toBe('ready')
    expect(parts.pauses.of('office')).toBeNull()
  })
})
