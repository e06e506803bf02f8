/** Copies of sent mail in real Dovecot's Sent folder, beside another program that puts them there too. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { createKeepSent, thenKeepSent } from '../../electron/jobs/keep-sent.ts'
import { sendMail } from '../../electron/jobs/kinds/send-mail.ts'
import { createSentCopies } from '../../electron/outbox/sent-copies/create-sent-copies.ts'
import { composedMailSchema } from '../../shared/model/outgoing-mail.ts'
import { mailsInHand } from '../fakes/mails-in-hand.ts'
import { inOtherProgram } from '../fakes/other-program.ts'
import { lab } from '../servers/lab.ts'
import { digests, filesOf, servedTo } from './lab-mail.ts'
import { labDraft, openParts, type RunningParts } from './running-parts.ts'

const open: RunningParts[] = []
afterEach(async () => {
  for (const parts of open.splice(0)) await parts.close()
})

async function queued(user: string, count: number) {
  const draft = labDraft('imap', user)
  const parts = openParts({ ...draft, sending: { ...draft.sending, keepSent: 'always' } })
  open.push(parts)
  const ids: string[] = []
  for (let index = 0; index < count; index += 1) {
    const mail = await parts.outbox.queue(parts.account, composedMailSchema.parse({ accountId: 'office', to: [{ address: `${lab.freshUser('customer')}@${lab.domain}` }], subject: `Invoice ${String(index)}`, text: 'Grüße. '.repeat(index * 2000) }), [])
    if (!mail.ok) throw new Error(mail.failure.code)
    ids.push(mail.value.id)
  }
  const keep = createKeepSent({ ...parts, copies: createSentCopies(parts) })
  return { parts, ids, keep }
}

const copyOf = ({ outbox }: RunningParts, id: string) => {
  const found = outbox.get(id)
  return found.ok ? found.value.sentCopy : null
}

describe('after a run that sent mail', () => {
  test('the very bytes that were sent are in the Sent folder, once and as read', async () => {
    const user = lab.freshUser('sent')
    const { parts, ids, keep } = await queued(user, 3)
    const job = await parts.jobs.finished(parts.jobs.start(thenKeepSent(sendMail(parts, 'office'), keep), 'person'))
    expect([job.state, parts.bugs, job.detail]).toEqual(['done', [], { kind: 'send-mail', sent: 3, failed: 0, unknown: 0 }])
    await keep('office', new AbortController().signal)
    expect(ids.map((id) => copyOf(parts, id)).map((copy) => [copy?.state, copy?.folder, copy?.added])).toEqual(ids.map(() => ['there', 'Sent', true]))
    const frozen = ids.map((id) => readFileSync(join(parts.folder.outbox, new Date().toISOString().slice(0, 7), `${id}.eml`)))
    expect(digests(servedTo(user, 'Sent'))).toEqual(digests(frozen))
    await inOtherProgram(user, async (client) => {
      expect(await client.status('Sent', { unseen: true, messages: true })).toMatchObject({ unseen: 0, messages: 3 })
    })
  })

  test('one that another program has put there is not added; one whose outcome was unknown is known to be sent', async () => {
    const user = lab.freshUser('sent')
    const { parts, ids, keep } = await queued(user, 2)
    const [there = '', elsewhere = ''] = ids
    const run = mailsInHand(parts.outbox)
    for (const _id of ids) {
      const mail = run.take(new Date())
      if (mail === null) throw new Error('nothing was ready')
      await run.submitting(mail)
      await run.unknown(mail)
    }
    await inOtherProgram(user, (client) => client.append('Sent', Buffer.from(`Message-ID: <${there}@${lab.domain}>\r\nSubject: Invoice\r\n\r\nSent\r\n`)))
    await keep('office', new AbortController().signal)
    expect(ids.map((id) => copyOf(parts, id)?.state)).toEqual(['there', 'missing'])
    const states = ids.map((id) => parts.outbox.get(id)).map((found) => (found.ok ? found.value.state : null))
    expect([states, filesOf(user, 'Sent').length, elsewhere]).toEqual([['sent', 'unknown'], 1, elsewhere])
  })
})
