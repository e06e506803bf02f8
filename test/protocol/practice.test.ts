/** The program's own protocols, jobs and store against the practice server: what `npm run demo` shows. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkAccount } from '../../electron/jobs/kinds/check-account.ts'
import { fetchMail } from '../../electron/jobs/kinds/fetch-mail.ts'
import { sendMail } from '../../electron/jobs/kinds/send-mail.ts'
import { startPractice, type PracticeServer } from '../../electron/practice/start-practice.ts'
import type { Work } from '../../electron/jobs/job-engine.ts'
import { composedMailSchema } from '../../shared/model/outgoing-mail.ts'
import { openParts, type RunningParts } from './running-parts.ts'

let practice: PracticeServer
let parts: RunningParts

beforeEach(async () => {
  const started = await startPractice()
  if (!started.ok) throw new Error(started.failure.code)
  practice = started.value
  const [{ draft, secrets }] = practice.accounts
  parts = openParts(draft, () => secrets.incoming ?? '')
})
afterEach(async () => {
  await parts.close()
  await practice.stop()
})

const run = async (work: Pick<Work, 'kind'>) => parts.jobs.finished(parts.jobs.start(work as Work, 'person'))
const onServer = () => practice.messages(parts.account.user.address).toSorted(Buffer.compare)

test('its account proves itself, fetches byte for byte, sends an invoice and gets the answer', async () => {
  expect(await run(checkAccount(parts, { is: 'account', id: 'office' }, { testMessage: true, sendAs: null }))).toMatchObject({ state: 'done', failure: null })
  expect(await run(fetchMail(parts, 'office'))).toMatchObject({ state: 'done', detail: { fetched: 13 } })
  expect(parts.storedFiles()).toEqual(onServer())

  const mail = composedMailSchema.parse({ accountId: 'office', to: [{ address: 'accounts@bakery.example' }], subject: 'Factuur één', text: 'Bijgaand.' })
  const queued = await parts.outbox.queue(parts.account, mail, [])
  expect(queued.ok).toBe(true)
  expect(await run(sendMail(parts, 'office'))).toMatchObject({ state: 'done', detail: { sent: 1 } })
  expect(await run(fetchMail(parts, 'office'))).toMatchObject({ state: 'done', detail: { fetched: 1, known: 13 } })
  expect(parts.storedFiles()).toEqual(onServer())
  expect(parts.mail.list({ accountId: 'office', search: '', offset: 0, limit: 1 }).messages[0]).toMatchObject({ subject: 'Re: Factuur één', from: { address: 'accounts@bakery.example' } })
})
