/** The check of an HTTP account against real Cyrus: every step shown is one that happened. */
import { afterEach, expect, test } from 'vitest'
import { checkAccount } from '../../electron/jobs/kinds/check-account.ts'
import type { AccountDraftInput } from '../../shared/model/account.ts'
import { httpFront, passOn } from '../fakes/http-front.ts'
import { openParts, type RunningParts } from '../protocol/running-parts.ts'
import { lab } from '../servers/lab.ts'
import { jmapDraft } from './cyrus.ts'

const open: RunningParts[] = []
afterEach(async () => {
  for (const parts of open.splice(0)) await parts.close()
})

async function check(draft: AccountDraftInput, password?: () => string) {
  const parts = openParts(draft, password)
  open.push(parts)
  const job = await parts.jobs.finished(parts.jobs.start(checkAccount(parts, { is: 'account', id: 'office' }, { testMessage: false, sendAs: null }), 'person'))
  expect(parts.bugs).toEqual([])
  const steps = job.detail.kind === 'check-account' ? job.detail.steps : []
  return { job, steps, shown: steps.map(({ side, step, state }) => `${side} ${step} ${state}`) }
}

const opening = ['name', 'connect', 'secure', 'sign-in']

test('proves every step, for receiving and for sending, and says how and where', async () => {
  const { job, steps, shown } = await check({ ...jmapDraft(lab.freshUser('check')), outgoing: { server: { use: 'incoming' } } })
  expect(job).toMatchObject({ state: 'done', failure: null })
  expect(shown).toEqual([...[...opening, 'mailbox'].map((step) => `incoming ${step} done`), ...[...opening, 'sender'].map((step) => `outgoing ${step} done`)])
  expect(steps.find(({ side, step }) => side === 'incoming' && step === 'sign-in')?.words).toBe(`Basic; localhost:${lab.port('JMAP_TLS')}; EmailSubmission`)
})

test('a wrong password fails at the sign-in, a certificate nobody trusts before it, and then no password goes out', async () => {
  const user = lab.freshUser('check')
  expect((await check(jmapDraft(user), () => 'not this one')).shown).toContain('incoming sign-in failed')
  const front = await httpFront(passOn)
  const { steps } = await check({ ...jmapDraft(user), incoming: { protocol: 'jmap', sessionUrl: front.sessionUrl, signIn: { userName: user } } })
  expect(steps.find(({ state }) => state === 'failed')).toMatchObject({ step: 'secure', failure: { code: 'tls.self-signed-certificate', evidence: { certificate: { fingerprint: front.fingerprint } } } })
  expect(front.heard).toEqual([])
  await front.close()
})

test('a server that speaks something else is told at the sign-in, where it says so', async () => {
  const { steps } = await check({ ...jmapDraft(lab.freshUser('check')), incoming: { protocol: 'jmap', sessionUrl: `https://localhost:${lab.port('IMAPS')}/`, signIn: { userName: 'anna' } } })
  expect(steps.find(({ state }) => state === 'failed')).toMatchObject({ step: 'sign-in', failure: { code: 'server.protocol' } })
})
