/** The check job against real Dovecot and Postfix: every step shown is one that happened. */
import { afterEach, describe, expect, test } from 'vitest'
import { checkAccount } from '../../electron/jobs/kinds/check-account.ts'
import type { AccountDraftInput } from '../../shared/model/account.ts'
import type { CheckStep, Job } from '../../shared/model/job.ts'
import { lab } from '../servers/lab.ts'
import { labDraft, openParts, serverFiles, type RunningParts } from './running-parts.ts'

const open: RunningParts[] = []
afterEach(async () => {
  for (const parts of open.splice(0)) await parts.close()
})

async function check(draft: AccountDraftInput, testMessage = false, password?: () => string, sendAs: string | null = null): Promise<{ job: Job; steps: readonly CheckStep[]; shown: string[] }> {
  const parts = openParts(draft, password)
  open.push(parts)
  const job = await parts.jobs.finished(parts.jobs.start(checkAccount(parts, { is: 'account', id: 'office' }, { testMessage, sendAs }), 'person'))
  expect(parts.bugs).toEqual([])
  const steps = job.detail.kind === 'check-account' ? job.detail.steps : []
  return { job, steps, shown: steps.map(({ side, step, state }) => `${side} ${step} ${state}`) }
}

const all = ['incoming name', 'incoming connect', 'incoming secure', 'incoming sign-in', 'incoming mailbox', 'outgoing name', 'outgoing connect', 'outgoing secure', 'outgoing sign-in', 'outgoing sender']

describe.each(['pop3', 'imap'] as const)('checking an account with %s', (protocol) => {
  test('proves every step on both servers, each with its time, and sends nothing', async () => {
    const user = lab.freshUser('check')
    const { job, steps, shown } = await check(labDraft(protocol, user))
    expect(job).toMatchObject({ state: 'done', failure: null, progress: { done: 10, total: 10 } })
    expect(shown).toEqual(all.map((step) => `${step} done`))
    expect(steps.every(({ milliseconds }) => milliseconds !== null)).toBe(true)
    expect(serverFiles(user)).toEqual([])
  })

  test('sends a message to oneself and sees it arrive, when asked to', async () => {
    const user = lab.freshUser('check')
    const { job, shown } = await check(labDraft(protocol, user), true)
    expect(job.state).toBe('done')
    expect(shown.slice(-2)).toEqual(['test-message submit done', 'test-message arrive done'])
    expect(serverFiles(user)).toHaveLength(1)
  })
})

test('a wrong password fails at the sign-in of both servers', async () => {
  const { job, shown } = await check(labDraft('imap', lab.freshUser('check')), true, () => 'not this one')
  expect(job).toMatchObject({ state: 'failed', failure: { code: 'signin.rejected' } })
  expect(shown.filter((line) => line.endsWith('failed'))).toEqual(['incoming sign-in failed', 'outgoing sign-in failed'])
  expect(shown.filter((line) => line.endsWith('skipped'))).toEqual(['incoming mailbox skipped', 'outgoing sender skipped', 'test-message submit skipped', 'test-message arrive skipped'])
})

test('a certificate that does not verify fails at the security, and shows itself', async () => {
  const draft = labDraft('imap', lab.freshUser('check'))
  const incoming = { protocol: 'imap', host: lab.host, port: lab.port('SELFSIGNED_IMAPS'), security: 'tls', signIn: { userName: 'x' } } as const
  const { steps } = await check({ ...draft, incoming })
  const secure = steps.find(({ side, step }) => side === 'incoming' && step === 'secure')
  expect(secure).toMatchObject({ state: 'failed', failure: { code: 'tls.self-signed-certificate', evidence: { certificate: { fingerprint: expect.stringMatching(/^[\da-f]{64}$/) } } } })
})

test('a port nobody listens on fails at the connection; the other server is proven all the same', async () => {
  const draft = labDraft('pop3', lab.freshUser('check'))
  const { job, shown } = await check({ ...draft, outgoing: { server: { use: 'own', host: lab.host, port: 1, security: 'tls' } } })
  expect(job).toMatchObject({ failure: { code: 'connect.refused' } })
  expect(shown).toContain('outgoing connect failed')
  expect(shown.filter((line) => line.startsWith('incoming')).every((line) => line.endsWith('done'))).toBe(true)
})

test('a host that does not exist fails at its name', async () => {
  const draft = labDraft('pop3', lab.freshUser('check'))
  const { shown } = await check({ ...draft, outgoing: { server: { use: 'own', host: 'no-such-host.invalid', security: 'tls' } } })
  expect(shown).toContain('outgoing name failed')
})

describe('asking whether one may send under another address', () => {
  const team = () => `sales@${lab.domain}`
  const through = (port: 'SUBMISSION' | 'SUBMISSION_OWN', user: string) => {
    const draft = labDraft('imap', user)
    return { ...draft, outgoing: { ...draft.outgoing!, server: { use: 'own' as const, host: lab.host, port: lab.port(port), security: 'starttls' as const } } }
  }

  test('says yes where the server takes any sender, and sends nothing', async () => {
    const user = lab.freshUser('sendas')
    const { job, shown } = await check(through('SUBMISSION', user), false, undefined, team())
    expect(job.failure).toBeNull()
    expect(shown.slice(-2)).toEqual(['outgoing sender done', 'outgoing send-as done'])
    expect(serverFiles(user)).toEqual([])
  })

  test('says no where the server takes only one’s own, with its words and the address, and one’s own still works', async () => {
    const { job, steps, shown } = await check(through('SUBMISSION_OWN', lab.freshUser('sendas')), false, undefined, `somebody.else@${lab.domain}`)
    expect(shown.slice(-2)).toEqual(['outgoing sender done', 'outgoing send-as failed'])
    expect(job.failure).toMatchObject({ code: 'policy.sender-refused', evidence: { address: `somebody.else@${lab.domain}` } })
    expect(steps.at(-1)?.failure?.evidence.serverWords).toMatch(/not owned|rejected/i)
  })
})
