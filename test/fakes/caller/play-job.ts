/**
 * How the fake's long work goes, step by step. What happens is decided by what was typed, so that a person or a test can ask
 * for any ending: a host beginning with `selfsigned` shows a certificate nobody knows, `expired` one whose authority is past its time,
 * `closed` refuses connections, one over HTTP beginning with `elsewhere` keeps files on another, the password `wrong` is refused; an address at `gmail.com` needs an app password, at `nowhere.example` nothing is found.
 */
import type { Secrets } from '../../../shared/contract/methods.ts'
import { failure, type Failure } from '../../../shared/failures/failure.ts'
import { type AccountDraft, portOf, sessionHost } from '../../../shared/model/account.ts'
import type { Findings, FoundServer } from '../../../shared/model/findings.ts'
import { lookUpNames } from '../../../shared/model/preferences.ts'
import type { CheckStep } from '../../../shared/model/job.ts'
import type { Security, ServerProtocol } from '../../../shared/model/server.ts'

const selfSignedFingerprint = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

interface Reached {
  readonly host: string
  readonly port: number
  readonly security: Security
  readonly trusted: string | null
  readonly protocol: ServerProtocol | 'jmap'
  readonly otherHosts?: readonly string[]
}

/** Every step of a check with its ending; the first failure of a side skips the rest of it. */
export function checkSteps(draft: AccountDraft, secrets: Secrets, testMessage: boolean): CheckStep[] {
  const steps: CheckStep[] = []
  if (draft.incoming !== null && draft.incoming.protocol !== 'jmap') {
    const { host, security, trustedCertificate, protocol } = draft.incoming
    steps.push(...sideSteps('incoming', { host, port: portOf(protocol, draft.incoming), security, trusted: trustedCertificate, protocol }, secrets.incoming))
  }
  if (draft.incoming?.protocol === 'jmap') {
    const { sessionUrl, otherHosts, trustedCertificate } = draft.incoming
    const at: Reached = { host: sessionHost(sessionUrl), port: 443, security: 'tls', trusted: trustedCertificate, protocol: 'jmap', otherHosts }
    steps.push(...sideSteps('incoming', at, secrets.incoming), ...(draft.outgoing?.server.use === 'incoming' ? sideSteps('outgoing', at, secrets.incoming) : []))
  }
  if (draft.outgoing?.server.use === 'own') {
    const { host, security, trustedCertificate } = draft.outgoing.server
    const password = draft.outgoing.signIn.use === 'own' ? secrets.outgoing : secrets.incoming
    steps.push(...sideSteps('outgoing', { host, port: portOf('smtp', draft.outgoing.server), security, trusted: trustedCertificate, protocol: 'smtp' }, password))
  }
  if (testMessage) {
    const reachable = steps.every(({ failure: problem }) => problem === null)
    for (const step of ['submit', ...(draft.incoming === null ? [] : ['arrive' as const])] as const) {
      steps.push({ side: 'test-message', step, state: reachable ? 'done' : 'skipped', milliseconds: reachable ? (step === 'arrive' ? 2140 : 312) : null, words: reachable && step === 'submit' ? '250 2.0.0 Ok: queued as 4F2A91C' : null, failure: null })
    }
  }
  return steps
}

function sideSteps(side: 'incoming' | 'outgoing', at: Reached, password: string | undefined): CheckStep[] {
  const where = { host: at.host, port: at.port }
  const endings: readonly [CheckStep['step'], number, string | null, Failure | null][] = [
    ['name', 12, '198.51.100.24', at.host.startsWith('nowhere') ? failure('dns.no-such-host', where) : null],
    ['connect', 24, `${at.host}:${String(at.port)}`, at.host.startsWith('closed') ? failure('connect.refused', where) : null],
    ['secure', 41, at.security === 'none' ? null : 'TLSv1.3', certificateProblem(at)],
    ['sign-in', 118, at.protocol === 'jmap' ? `Basic; ${at.host}; EmailSubmission` : 'SCRAM-SHA-256', at.host.startsWith('elsewhere') && at.otherHosts?.length === 0 ? failure('server.elsewhere', { ...where, name: 'files.mail-hosting.example' }) : password === 'wrong' ? failure('signin.rejected', { ...where, serverWords: 'Authentication failed.' }) : null],
    side === 'incoming' ? ['mailbox', 33, '1204', null] : ['sender', 52, '250 2.1.5 Ok', null],
  ]
  let broken = false
  return endings.map(([step, milliseconds, words, problem]): CheckStep => {
    if (broken) return { side, step, state: 'skipped', milliseconds: null, words: null, failure: null }
    broken = problem !== null
    return { side, step, state: broken ? 'failed' : 'done', milliseconds, words: broken ? null : words, failure: problem }
  })
}

const issuingAuthority = {
  subject: 'C=NL, O=Voorbeeld Vertrouwen BV, CN=Voorbeeld CA 3', issuer: 'C=NL, O=Voorbeeld Vertrouwen BV, CN=Voorbeeld Root', validFrom: '2021-03-01T00:00:00.000Z', validTo: '2026-03-01T00:00:00.000Z',
  fingerprint: 'c'.repeat(64),
}

function certificateProblem({ host, port, trusted }: Reached): Failure | null {
  if (host.startsWith('expired')) {
    const dates = { validFrom: '2026-01-04T00:00:00.000Z', validTo: '2028-01-04T00:00:00.000Z', fingerprint: selfSignedFingerprint }
    return failure('tls.expired-certificate', {
      host, port, certificate: { subject: `O=De Vries Advies, CN=${host}`, issuer: issuingAuthority.subject, names: [host], ...dates, chain: [issuingAuthority], problemWith: issuingAuthority.subject, trustedBefore: null, verifies: false },
    })
  }
  if (!host.startsWith('selfsigned') || trusted === selfSignedFingerprint) return null
  return failure(trusted === null ? 'tls.self-signed-certificate' : 'tls.changed-certificate', {
    host, port,
    certificate: {
      subject: `CN=${host}`, issuer: `CN=${host}`, names: [host], validFrom: '2026-01-04T00:00:00.000Z', validTo: '2028-01-04T00:00:00.000Z',
      fingerprint: selfSignedFingerprint, chain: [], problemWith: null, trustedBefore: trusted, verifies: false,
    },
  })
}

export function findingsFor(address: string): Findings {
  const domain = address.slice(address.lastIndexOf('@') + 1)
  const server = (protocol: FoundServer['protocol'], host: string, port: number, security: Security, source: FoundServer['source'], more: Partial<FoundServer> = {}): FoundServer => ({
    source, agreed: [], protocol, host, port, security, userNameForm: 'address', userName: address, otherUserName: null, sessionUrl: null, methods: ['password'], answered: true, failure: null, cautions: [], ...more,
  })
  const sources = (states: Partial<Record<FoundServer['source'], Findings['sources'][number]['state']>>, rest: 'nothing' | 'not-needed'): Findings['sources'] =>
    lookUpNames.map((source, index) => {
      const state = source === 'autodiscover' && rest === 'nothing' ? 'needs-address' : (states[source] ?? rest)
      return { source, state, milliseconds: state === 'found' || state === 'nothing' ? 2 + 61 * index : null, failure: null }
    })
  switch (domain) {
    case 'nowhere.example':
      return { address, sources: sources({}, 'nothing'), incoming: [], outgoing: [], guidance: null }
    case 'gmail.com':
      return {
        address, sources: sources({ 'provider-table': 'found' }, 'not-needed'),
        incoming: [server('imap', 'imap.gmail.com', 993, 'tls', 'provider-table'), server('pop3', 'pop.gmail.com', 995, 'tls', 'provider-table')],
        outgoing: [server('smtp', 'smtp.gmail.com', 465, 'tls', 'provider-table')],
        guidance: { provider: 'Gmail', needs: 'app-password', page: 'https://myaccount.google.com/apppasswords', steps: [{ do: 'two-step', page: 'https://myaccount.google.com/signinoptions/two-step-verification' }, { do: 'app-password', page: 'https://myaccount.google.com/apppasswords' }] },
      }
    case 'outlook.com':
      return {
        address, sources: sources({ 'provider-table': 'found' }, 'not-needed'),
        incoming: [server('imap', 'outlook.office365.com', 993, 'tls', 'provider-table')],
        outgoing: [server('smtp', 'smtp-mail.outlook.com', 587, 'starttls', 'provider-table')],
        guidance: { provider: 'Outlook.com', needs: 'oauth2', page: null, steps: [{ do: 'allow-programs', page: 'https://outlook.live.com/mail/0/options/mail/accounts' }, { do: 'web-sign-in', page: null }] },
      }
    // Only the name service answers, and it names servers elsewhere; the domain's own only know the clear.
    case 'doubtful.example':
      return {
        address, sources: sources({ autoconfig: 'found', srv: 'found' }, 'nothing'),
        incoming: [
          server('imap', 'imap.mail-hosting.example', 993, 'tls', 'srv', { cautions: ['other-domain'], agreed: ['mx'] }),
          server('pop3', `pop.${domain}`, 995, 'tls', 'autoconfig', { cautions: ['no-answer'], answered: false, failure: failure('connect.timeout', { host: `pop.${domain}`, port: 995, seconds: 5 }) }),
          server('pop3', `pop.${domain}`, 110, 'none', 'autoconfig', { cautions: ['clear-text'], answered: null }),
        ],
        outgoing: [server('smtp', 'smtp.mail-hosting.example', 465, 'tls', 'srv', { cautions: ['other-domain'] })],
        guidance: null,
      }
    default:
      return {
        address, sources: sources({ guess: 'found' }, 'nothing'),
        incoming: [server('imap', `imap.${domain}`, 993, 'tls', 'guess'), server('pop3', `pop.${domain}`, 995, 'tls', 'guess')],
        outgoing: [server('smtp', `smtp.${domain}`, 465, 'tls', 'guess'), server('smtp', `smtp.${domain}`, 587, 'starttls', 'guess')],
        guidance: null,
      }
  }
}
