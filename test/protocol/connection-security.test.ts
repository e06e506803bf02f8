import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { InboxSession, SubmissionSession } from '../../electron/protocols/mail-session.ts'
import { openInbox } from '../../electron/protocols/open-inbox.ts'
import { openSubmission } from '../../electron/protocols/open-submission.ts'
import { probeServer } from '../../electron/protocols/probe-server.ts'
import type { ServerTarget } from '../../electron/protocols/net/server-target.ts'
import type { Outcome } from '../../shared/failures/failure.ts'
import { lab } from '../servers/lab.ts'
import type { LabPort } from '../servers/lab.ts'
import { labCredentials, labTarget, mustBe } from './lab-mail.ts'

const fingerprint = () => new X509Certificate(readFileSync(lab.selfSignedCertificate)).fingerprint256.replaceAll(':', '').toLowerCase()

type Protocol = 'pop3' | 'imap' | 'smtp'
const open = (protocol: Protocol, target: ServerTarget): Promise<Outcome<InboxSession | SubmissionSession>> =>
  protocol === 'smtp' ? openSubmission(target, labCredentials(lab.freshUser())) : openInbox(protocol, target, labCredentials(lab.freshUser()))

const ports = {
  pop3: { starttls: 'POP3', tls: 'POP3S' },
  imap: { starttls: 'IMAP', tls: 'IMAPS' },
  smtp: { starttls: 'SUBMISSION', tls: 'SUBMISSIONS' },
} as const
const ways = (['pop3', 'imap', 'smtp'] as const).flatMap((protocol) => (['starttls', 'tls'] as const).map((security) => [protocol, security] as const))

describe.each(ways)('%s with %s', (protocol, security) => {
  const port = ports[protocol][security]
  const variant = (kind: 'SELFSIGNED' | 'EXPIRED'): LabPort => `${kind}_${port}`

  it('a certificate that verifies is taken without a question', async () => {
    const session = mustBe(await open(protocol, labTarget(port, security)))
    await session.close()
  })

  it('a self-signed certificate is refused and shown', async () => {
    const outcome = await open(protocol, labTarget(variant('SELFSIGNED'), security))
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'tls.self-signed-certificate', evidence: { host: lab.host, certificate: { fingerprint: fingerprint(), trustedBefore: null } } } })
  })

  it('the one certificate the user trusts is taken', async () => {
    const session = mustBe(await open(protocol, labTarget(variant('SELFSIGNED'), security, { trustedCertificate: fingerprint() })))
    await session.close()
  })

  it('another certificate than the trusted one is reported with both fingerprints', async () => {
    const before = createHash('sha256').update('another').digest('hex')
    const outcome = await open(protocol, labTarget(variant('SELFSIGNED'), security, { trustedCertificate: before }))
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'tls.changed-certificate', evidence: { certificate: { fingerprint: fingerprint(), trustedBefore: before } } } })
  })

  it('where one certificate is trusted, another is an alarm even if it verifies', async () => {
    const outcome = await open(protocol, labTarget(port, security, { trustedCertificate: fingerprint() }))
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'tls.changed-certificate', evidence: { certificate: { trustedBefore: fingerprint(), verifies: true } } } })
  })

  it('an expired certificate is refused as such, with its dates', async () => {
    const outcome = await open(protocol, labTarget(variant('EXPIRED'), security))
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'tls.expired-certificate', evidence: { certificate: { validTo: expect.stringMatching(/^2021-/) } } } })
  })

  it("a certificate for other names is refused, and the names it has are shown", async () => {
    const outcome = await open(protocol, labTarget(port, security, { host: lab.otherHost }))
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'tls.wrong-name', evidence: { host: lab.otherHost } } })
    expect(outcome.ok ? [] : outcome.failure.evidence.certificate?.names).toContain('127.0.0.1')
  })
})

describe.each([['pop3', 'CLEAR_POP3'], ['imap', 'CLEAR_IMAP'], ['smtp', 'CLEAR_SUBMISSION']] as const)('%s', (protocol, port) => {
  it('a server without STARTTLS is not spoken to in clear instead', async () => {
    expect(await open(protocol, labTarget(port, 'starttls'))).toMatchObject({ ok: false, failure: { code: 'tls.not-offered' } })
  })

  it('a port that does not speak TLS is a failed handshake', async () => {
    expect(await open(protocol, labTarget(port, 'tls'))).toMatchObject({ ok: false, failure: { code: 'tls.handshake-failed' } })
  })

  it('in clear works where the user chose it', async () => {
    const session = mustBe(await open(protocol, labTarget(port, 'none')))
    await session.close()
  })

  it('a name that does not exist, and a port where nobody listens, are told apart', async () => {
    expect(await open(protocol, labTarget(port, 'tls', { host: 'no-such-host.invalid' }))).toMatchObject({ ok: false, failure: { code: expect.stringMatching(/^dns\./) } })
    const listener = createServer()
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
    const { port: free } = listener.address() as AddressInfo
    await new Promise((resolve) => listener.close(resolve))
    expect(await open(protocol, labTarget(port, 'tls', { port: free }))).toMatchObject({ ok: false, failure: { code: 'connect.refused', evidence: { port: free } } })
  })

  it('a connection cancelled before it began is cancelled', async () => {
    expect(await open(protocol, labTarget(port, 'none', { signal: AbortSignal.abort() }))).toMatchObject({ ok: false, failure: { code: 'job.cancelled' } })
  })
})

describe('steps', () => {
  it.each([['pop3', 'POP3', 'USER|SCRAM|CRAM|PLAIN'], ['imap', 'IMAP', 'SCRAM|PLAIN'], ['smtp', 'SUBMISSION', 'SCRAM|CRAM|PLAIN']] as const)('%s tells each step with its facts', async (protocol, port, mechanism) => {
    const told: string[] = []
    const watcher = { began: (step: string) => told.push(`${step}…`), ended: (step: string, words: string | null) => told.push(`${step}: ${words}`) }
    const user = labCredentials(lab.freshUser())
    const target = labTarget(port, 'starttls')
    const session = mustBe<InboxSession | SubmissionSession>(protocol === 'smtp' ? await openSubmission(target, user, watcher) : await openInbox(protocol, target, user, watcher))
    await session.close()
    expect(told).toEqual([
      'name…', 'name: 127.0.0.1', 'connect…', `connect: 127.0.0.1:${target.port}`, 'secure…', expect.stringMatching(/^secure: TLSv1\.[23] TLS_/),
      'sign-in…', expect.stringMatching(new RegExp(`^sign-in: (${mechanism})`)),
    ])
  })
})

describe('probing', () => {
  it.each([['pop3', 'POP3S', 'tls'], ['pop3', 'POP3', 'starttls'], ['imap', 'IMAPS', 'tls'], ['imap', 'IMAP', 'starttls'], ['smtp', 'SUBMISSION', 'starttls'], ['smtp', 'SUBMISSIONS', 'tls']] as const)(
    '%s on %s tells how one may sign in, without signing in',
    async (protocol, port, security) => {
      const offer = mustBe(await probeServer(protocol, labTarget(port, security)))
      expect(offer.methods).toEqual(expect.arrayContaining(['password', 'oauth2']))
    },
  )
})
