import { describe, expect, it } from 'vitest'
import type { InboxSession, SubmissionSession } from '../../electron/protocols/mail-session.ts'
import { openInbox } from '../../electron/protocols/open-inbox.ts'
import { openSubmission } from '../../electron/protocols/open-submission.ts'
import type { Credentials } from '../../electron/protocols/net/server-target.ts'
import type { Outcome } from '../../shared/failures/failure.ts'
import type { Security } from '../../shared/model/server.ts'
import { announcingOnly } from '../fakes/mechanism-proxy.ts'
import { lab } from '../servers/lab.ts'
import type { LabPort } from '../servers/lab.ts'
import { labCredentials, labTarget, mustBe } from './lab-mail.ts'

type Protocol = 'pop3' | 'imap' | 'smtp'

async function signsIn(protocol: Protocol, port: LabPort, security: Security, credentials: Credentials, at = lab.port(port)) {
  const words: (string | null)[] = []
  const watcher = { began: () => {}, ended: (step: string, said: string | null) => void (step === 'sign-in' && words.push(said)) }
  const target = labTarget(port, security, { port: at })
  const opened: Outcome<InboxSession | SubmissionSession> = protocol === 'smtp' ? await openSubmission(target, credentials, watcher) : await openInbox(protocol, target, credentials, watcher)
  if (opened.ok) await opened.value.close()
  return { outcome: opened, mechanism: words[0] ?? null }
}

const ports = [['pop3', 'POP3S', 'NOPLAIN_POP3S'], ['imap', 'IMAPS', 'NOPLAIN_IMAPS'], ['smtp', 'SUBMISSIONS', 'NOPLAIN_SUBMISSION']] as const

describe.each(ports)('%s', (protocol, port, withoutPlain) => {
  const security = (of: LabPort) => (of.endsWith('SUBMISSION') ? 'starttls' : 'tls')

  it('a wrong password is refused as one, in the server\'s words and without the password in them', async () => {
    const { outcome } = await signsIn(protocol, port, 'tls', labCredentials(lab.freshUser(), { secret: 'wrong-password-17' }))
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'signin.rejected', evidence: { serverWords: expect.any(String) } } })
    expect(JSON.stringify(outcome)).not.toContain('wrong-password-17')
  })

  it('a user whom the server knows by PLAIN only signs in although it announces more', async () => {
    mustBe((await signsIn(protocol, port, 'tls', labCredentials('plain'))).outcome)
  })

  it('SCRAM signs in where there is no PLAIN', async () => {
    const { outcome, mechanism } = await signsIn(protocol, withoutPlain, security(withoutPlain), labCredentials('scram'))
    mustBe(outcome)
    expect(mechanism).toBe('SCRAM-SHA-256')
  })

  it('CRAM-MD5 signs in where there is no PLAIN', async () => {
    const { outcome, mechanism } = await signsIn(protocol, withoutPlain, security(withoutPlain), labCredentials('cram'))
    mustBe(outcome)
    expect(mechanism).toBe('CRAM-MD5')
  })

  it('a password with quotes, backslashes and accents arrives as it is', async () => {
    mustBe((await signsIn(protocol, port, 'tls', labCredentials('odd'))).outcome)
  })

  it('a line break in name or password is never sent', async () => {
    expect((await signsIn(protocol, port, 'tls', labCredentials('a\r\nNOOP'))).outcome).toMatchObject({ ok: false, failure: { code: 'input.invalid' } })
    expect((await signsIn(protocol, port, 'tls', labCredentials('a', { secret: 'x\nNOOP' }))).outcome).toMatchObject({ ok: false, failure: { code: 'input.invalid' } })
  })

  it('an access token that is no good asks to sign in again, not for another password', async () => {
    const { outcome } = await signsIn(protocol, port, 'tls', labCredentials('oauth', { method: 'oauth2', secret: 'not-a-token' }))
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'signin.again' } })
  })
})

it.each([['pop3', 'POP3', 'digest'], ['imap', 'IMAP', 'digest'], ['smtp', 'SUBMISSION_SASL', 'spa']] as const)('DIGEST-MD5 signs in where a %s server announces nothing else, and a wrong password does not', async (protocol, port, user) => {
  const proxy = await announcingOnly('DIGEST-MD5', { host: lab.host, port: lab.port(port) })
  const right = await signsIn(protocol, port, 'none', labCredentials(user), proxy.port)
  mustBe(right.outcome)
  expect(right.mechanism).toBe('DIGEST-MD5')
  expect((await signsIn(protocol, port, 'none', labCredentials(user, { secret: 'wrong-password-17' }), proxy.port)).outcome).toMatchObject({ ok: false, failure: { code: 'signin.rejected' } })
  await proxy.close()
})

it('Secure Password Authentication signs in', async () => {
  for (const [protocol, port, security] of [['pop3', 'POP3S', 'tls'], ['imap', 'IMAP', 'starttls'], ['smtp', 'SUBMISSION_SASL', 'none']] as const) {
    const { outcome, mechanism } = await signsIn(protocol, port, security, labCredentials('spa', { method: 'spa' }))
    mustBe(outcome)
    expect(mechanism).toBe('NTLM')
  }
})

it('an account that the server cannot check just now is no wrong password', async () => {
  for (const [protocol, port] of [['pop3', 'POP3S'], ['imap', 'IMAPS']] as const) {
    expect((await signsIn(protocol, port, 'tls', labCredentials('tempfail'))).outcome).toMatchObject({ ok: false, failure: { code: 'signin.unavailable' } })
  }
  expect((await signsIn('smtp', 'SINK_AUTH_TEMP', 'none', labCredentials('anyone'))).outcome).toMatchObject({ ok: false, failure: { code: 'signin.unavailable', evidence: { replyCode: 454 } } })
})

it('sign-in with a password that the provider switched off says so', async () => {
  expect((await signsIn('smtp', 'SINK_AUTH_OFF', 'none', labCredentials('anyone'))).outcome).toMatchObject({ ok: false, failure: { code: 'policy.basic-auth-off', evidence: { replyCode: 535 } } })
})

it('no common mechanism is said so, and nothing is sent', async () => {
  expect((await signsIn('smtp', 'NOPLAIN_SUBMISSION', 'starttls', labCredentials('spa', { method: 'spa' }))).outcome).toMatchObject({ ok: false, failure: { code: 'signin.no-mechanism' } })
})
