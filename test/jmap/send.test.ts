/** Sending by EmailSubmission through real Cyrus: once, whatever becomes of the answer. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { createKeepSent } from '../../electron/jobs/keep-sent.ts'
import { sendMail } from '../../electron/jobs/kinds/send-mail.ts'
import { createSentCopies } from '../../electron/outbox/sent-copies/create-sent-copies.ts'
import { composedMailSchema } from '../../shared/model/outgoing-mail.ts'
import type { Job } from '../../shared/model/job.ts'
import { openParts, serverFiles, type RunningParts } from '../protocol/running-parts.ts'
import { lab } from '../servers/lab.ts'
import { flagsInCyrus, inCyrusFolder, jmapDraft } from './cyrus.ts'
import { httpFront, passOn, type HttpFront, type Play } from '../fakes/http-front.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

function start(user: string, front?: HttpFront): RunningParts {
  const draft = jmapDraft(user)
  const incoming = front === undefined ? draft.incoming : { protocol: 'jmap' as const, sessionUrl: front.sessionUrl, trustedCertificate: front.fingerprint, signIn: { userName: user } }
  const parts = openParts({ ...draft, ...(incoming && { incoming }), outgoing: { server: { use: 'incoming' } } })
  closing.push(() => parts.close())
  return parts
}

async function fronted(play: Play): Promise<HttpFront> {
  const front = await httpFront(play)
  closing.push(() => front.close())
  return front
}

async function queue(parts: RunningParts, subject: string, ...recipients: string[]): Promise<string> {
  const to = recipients.map((name) => ({ address: `${name}@${lab.domain}` }))
  const queued = await parts.outbox.queue(parts.account, composedMailSchema.parse({ accountId: 'office', to, subject, text: 'Attached.' }), [])
  if (!queued.ok) throw new Error(queued.failure.code)
  return queued.value.id
}

async function send(parts: RunningParts, now = () => new Date()): Promise<Job> {
  const job = await parts.jobs.finished(parts.jobs.start(sendMail({ ...parts, now }, 'office'), 'person'))
  expect(parts.bugs).toEqual([])
  return job
}

const stateOf = (parts: RunningParts, id: string) => {
  const found = parts.outbox.get(id)
  return found.ok ? found.value.state : null
}
const lookInSent = (parts: RunningParts) => createKeepSent({ ...parts, copies: createSentCopies(parts) })('office', new AbortController().signal)
const isSubmission = ({ body }: { readonly body: string }) => body.includes('"EmailSubmission/set"')

describe('sending over JMAP', () => {
  test('mails go out, arrive once, and stand in Sent and no more in Drafts', async () => {
    const [user, customer] = [lab.freshUser('jsend'), lab.freshUser('customer')]
    const parts = start(user)
    const ids = [await queue(parts, 'one', customer), await queue(parts, 'two', customer)]
    expect(await send(parts)).toMatchObject({ state: 'done', detail: { sent: 2, failed: 0, unknown: 0 } })
    expect(ids.map((id) => stateOf(parts, id))).toEqual(['sent', 'sent'])
    await expect.poll(() => serverFiles(customer).length).toBe(2)
    expect([Object.keys(await flagsInCyrus(user, 'Sent')).toSorted(), await flagsInCyrus(user, 'Drafts')]).toEqual([['one', 'two'], {}])
    expect(await send(parts)).toMatchObject({ detail: { sent: 0 } })
    // The server's own copy is the one: none is put beside it.
    await lookInSent(parts)
    expect(await inCyrusFolder(user, 'Sent', async ({ mailbox }) => mailbox !== false && mailbox.exists)).toBe(2)
  })

  test('what the server refuses is told, goes to nobody, and leaves no draft', async () => {
    const [user, customer] = [lab.freshUser('jsend'), lab.freshUser('customer')]
    const parts = start(user)
    const id = await queue(parts, 'one', 'reject', customer)
    expect(await send(parts)).toMatchObject({ detail: { sent: 0, failed: 1 } })
    expect([stateOf(parts, id), existsSync(join(lab.mail, customer)), await flagsInCyrus(user, 'Drafts'), await flagsInCyrus(user, 'Sent')]).toEqual(['error', false, {}, {}])
  })

  test.each([
    ['an answer that is lost', (answer: ServerResponse) => void answer.destroy()],
    ['an answer that is rubbish', (answer: ServerResponse) => void answer.end('{"methodResponses":[[')],
    ['a server in front that gives up', (answer: ServerResponse) => void answer.writeHead(502).end('Bad gateway')],
  ])('%s leaves the outcome unknown; it is not sent again, and Sent tells that it was', async (_, spoil) => {
    const [user, customer] = [lab.freshUser('jsend'), lab.freshUser('customer')]
    const front = await fronted(async (heard, answer, ask) => {
      if (!isSubmission(heard)) return passOn(heard, answer, ask)
      await ask()
      spoil(answer)
    })
    const parts = start(user, front)
    const id = await queue(parts, 'one', customer)
    expect(await send(parts)).toMatchObject({ state: 'failed', failure: { code: 'send.outcome-unknown' }, detail: { sent: 0, unknown: 1 } })
    expect(stateOf(parts, id)).toBe('unknown')
    expect(await send(parts)).toMatchObject({ detail: { sent: 0 } })
    await lookInSent(parts)
    expect(stateOf(parts, id)).toBe('sent')
    await expect.poll(() => serverFiles(customer).length).toBe(1)
  })

  test('one that was cut off before the server had it stays unknown, for Sent has nothing of it', async () => {
    const user = lab.freshUser('jsend')
    const front = await fronted((heard, answer, ask) => (isSubmission(heard) ? void answer.destroy() : passOn(heard, answer, ask)))
    const parts = start(user, front)
    const id = await queue(parts, 'one', lab.freshUser('customer'))
    expect(await send(parts)).toMatchObject({ detail: { unknown: 1 } })
    await lookInSent(parts)
    expect([stateOf(parts, id), Object.keys(await flagsInCyrus(user, 'Drafts'))]).toEqual(['unknown', ['one']])
  })

  test('whatever breaks before the mail is submitted leaves it ready, and it goes out later as the one draft it is', async () => {
    const [user, customer] = [lab.freshUser('jsend'), lab.freshUser('customer')]
    let broken = true
    const front = await fronted(async (heard, answer, ask) => {
      if (!broken || !heard.body.includes('"Email/import"')) return passOn(heard, answer, ask)
      await ask()
      answer.destroy()
    })
    const parts = start(user, front)
    const id = await queue(parts, 'one', customer)
    await send(parts)
    expect([stateOf(parts, id), front.heard.filter(isSubmission).length]).toEqual(['ready', 0])
    broken = false
    const inAnHour = new Date(Date.now() + 3_600_000)
    expect(await send(parts, () => inAnHour)).toMatchObject({ detail: { sent: 1 } })
    await expect.poll(() => serverFiles(customer).length).toBe(1)
    expect([Object.keys(await flagsInCyrus(user, 'Sent')), await flagsInCyrus(user, 'Drafts')]).toEqual([['one'], {}])
  })
})
