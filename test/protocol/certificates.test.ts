/**
 * Every way in which a server's certificate can be wrong, by its own name, on POP3, IMAP and SMTP, with STARTTLS and inside TLS: what is
 * shown of it is what is in it, and nothing of the user's was said. The one certificate that is trusted is taken in each direction for
 * itself, and any other is an alarm. What Dovecot and Postfix show: connection-security.test.ts.
 */
import { X509Certificate } from 'node:crypto'
import { writeFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls, { createServer, type TlsOptions } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { isGoodByStaple, needsStaple } from '../../electron/protocols/net/staple.ts'
import type { Credentials, ServerTarget } from '../../electron/protocols/net/server-target.ts'
import type { FailureCode } from '../../shared/failures/failure.ts'
import { fingerprintOf, type Identity, makeIdentity, makeRevocationList, makeStaple } from '../fakes/identities.ts'
import { answeringImap } from '../fakes/imap-answers.ts'
import { answering } from '../fakes/pop3-answers.ts'
import type { Conversation } from '../fakes/scripted-server.ts'
import { commandsOf, formsFound } from '../fakes/secret-forms.ts'
import { answeringSmtp } from '../fakes/smtp-answers.ts'
import { type UpgradableConversation, type UpgradingServer, upgradingServer } from '../fakes/upgrading-server.ts'
import { authority, type Protocol, run, silence } from './hostile-cases.ts'

const between = makeIdentity({ subject: 'Between', isAuthority: true, issuer: authority })
const gone = makeIdentity({ subject: 'Gone', isAuthority: true, issuer: authority })
const expiredAuthority = makeIdentity({ subject: 'Past its time', isAuthority: true, issuer: authority, from: -20, to: -2 })
const stranger = makeIdentity({ subject: 'Stranger', isAuthority: true })
const ofStranger = makeIdentity({ issuer: stranger })
const withdrawn = makeIdentity({ issuer: authority })
const mustStaple = makeIdentity({ issuer: authority, extensions: ['1.3.6.1.5.5.7.1.24=DER:30:03:02:01:05'] })
const alone = ({ key, cert }: Identity): Identity => ({ key, cert: cert.slice(0, cert.indexOf('-----END CERTIFICATE-----') + 26) })

const lists = join(mkdtempSync(join(tmpdir(), 'mailroom-lists-')), 'lists.pem')
writeFileSync(lists, makeRevocationList(authority, [{ of: gone, isWithdrawn: true }, { of: between, isWithdrawn: false }]))
process.env['MAILROOM_REVOCATION_LISTS'] = lists

const open: UpgradingServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

const greetings: Readonly<Record<Protocol, string>> = { pop3: '+OK hi\r\n', imap: '* OK hi\r\n', smtp: '220 hi\r\n' }
const sessions: Readonly<Record<Protocol, (conversation: Conversation, greeting: typeof silence | string) => Promise<void>>> = {
  pop3: (conversation, greeting) => answering({ greeting, LIST: '+OK\r\n.\r\n', UIDL: '+OK\r\n.\r\n' })(conversation),
  imap: (conversation, greeting) => answeringImap({ greeting, SELECT: '* 0 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\nOK', 'UID FETCH': 'OK' })(conversation),
  smtp: (conversation, greeting) => answeringSmtp({ greeting })(conversation),
}

/** A server without a fault of its own, but for its certificate. */
const serving = (protocol: Protocol, security: 'starttls' | 'tls', options: () => TlsOptions) => async (server: UpgradableConversation) => {
  if (security === 'tls') return sessions[protocol](await server.secure('', options()), greetings[protocol])
  await server.says(greetings[protocol])
  const first = await server.hears()
  const tag = first?.split(' ', 1)[0] ?? ''
  if (protocol === 'smtp') {
    await server.says('250-me\r\n250 STARTTLS\r\n')
    await server.hears()
  }
  const yes = { pop3: '+OK begin\r\n', imap: `${tag} OK begin\r\n`, smtp: '220 begin\r\n' }[protocol]
  return sessions[protocol](await server.secure(yes, options()), silence)
}

const credentials: Credentials = { userName: 'anna', secret: 'geheim-1234', method: 'password' }

async function tried(protocol: Protocol, security: 'starttls' | 'tls', options: () => TlsOptions, trustedCertificate: string | null = null, host = '127.0.0.1') {
  const server = await upgradingServer({}, serving(protocol, security, options))
  open.push(server)
  const target: ServerTarget = { host, port: server.port, security, trustedCertificate, timeoutSeconds: 20, signal: new AbortController().signal }
  return { server, target, outcome: await run(protocol, target, credentials) }
}

const ways = (['pop3', 'imap', 'smtp'] as const).flatMap((protocol) => (['starttls', 'tls'] as const).map((security) => [protocol, security] as const))
/** An authority that is trusted here is shown as well, although its server did not. */
const known = ['CN=Authority of the test']
const wrong: readonly { readonly what: string; readonly identity: Identity; readonly is: FailureCode; readonly with?: string; readonly chain?: readonly string[] }[] = [
  { what: 'signed by itself', identity: makeIdentity(), is: 'tls.self-signed-certificate' },
  { what: 'expired', identity: makeIdentity({ issuer: authority, from: -20, to: -2 }), is: 'tls.expired-certificate', chain: known },
  { what: 'expired and signed by itself', identity: makeIdentity({ from: -20, to: -2 }), is: 'tls.expired-certificate' },
  { what: 'not yet valid', identity: makeIdentity({ issuer: authority, from: 2, to: 20 }), is: 'tls.not-yet-valid-certificate', chain: known },
  { what: 'for another name', identity: makeIdentity({ issuer: authority, names: 'DNS:other.example' }), is: 'tls.wrong-name', chain: known },
  { what: 'for the address written as a name', identity: makeIdentity({ issuer: authority, names: 'DNS:127.0.0.1' }), is: 'tls.wrong-name', chain: known },
  { what: 'for a name that only begins like it', identity: makeIdentity({ issuer: authority, names: 'DNS:127.0.0.1.example, DNS:*.0.0.1' }), is: 'tls.wrong-name', chain: known },
  { what: 'of an unknown authority', identity: makeIdentity({ issuer: stranger }), is: 'tls.untrusted-certificate' },
  { what: 'of an unknown authority that is shown with it', identity: { ...ofStranger, cert: ofStranger.cert + stranger.cert }, is: 'tls.untrusted-certificate', chain: ['CN=Stranger'] },
  { what: 'shown without those between it and the root', identity: alone(makeIdentity({ issuer: between })), is: 'tls.untrusted-certificate' },
  { what: 'of an authority that has expired', identity: makeIdentity({ issuer: expiredAuthority }), is: 'tls.expired-certificate', with: 'CN=Past its time', chain: ['CN=Past its time'] },
  { what: 'of somebody who is no authority', identity: makeIdentity({ issuer: makeIdentity({ issuer: authority }) }), is: 'tls.untrusted-certificate', chain: ['CN=Lab server'] },
  { what: 'for people, not for servers', identity: makeIdentity({ issuer: authority, extensions: ['extendedKeyUsage=clientAuth'] }), is: 'tls.untrusted-certificate', chain: known },
  { what: 'with a key that is too short', identity: makeIdentity({ issuer: authority, key: 'rsa:1024' }), is: 'tls.weak-certificate', chain: known },
  { what: 'signed by way of SHA-1', identity: makeIdentity({ issuer: authority, digest: 'sha1' }), is: 'tls.weak-certificate', chain: known },
  { what: 'of an authority that was withdrawn, as a list on this computer says', identity: makeIdentity({ issuer: gone }), is: 'tls.revoked-certificate', with: 'CN=Gone', chain: ['CN=Gone'] },
]
// A key of 1024 bits is no longer used without being asked to.
const shown = ({ key, cert }: Identity) => (): TlsOptions => ({ key, cert, ciphers: 'DEFAULT@SECLEVEL=0' })

/** A server that brings what its authority says about its certificate. */
function stapling(identity: Identity, staple: Buffer): TlsOptions & { readonly server: tls.Server } {
  const server = createServer()
  server.on('OCSPRequest', (_certificate: Buffer, _issuer: Buffer, answer: (error: Error | null, staple: Buffer) => void) => answer(null, staple))
  return { ...identity, server }
}

describe.each(ways)('%s with %s', (protocol, security) => {
  test.each(wrong)('a certificate $what is refused as such, shown, and nothing is said', async ({ identity, is, with: problemWith = null, chain = [] }) => {
    const { server, outcome } = await tried(protocol, security, shown(identity))
    expect(outcome).toMatchObject({ ok: false, failure: { code: is, evidence: { host: '127.0.0.1', certificate: { problemWith, trustedBefore: null } } } })
    expect(outcome.ok ? [] : outcome.failure.evidence.certificate?.chain.map(({ subject }) => subject)).toEqual(chain)
    expect([formsFound(server.clear + server.secured, credentials.secret), commandsOf(server.clear + server.secured), server.secured]).toEqual([[], [], ''])
  })

  test('a certificate that is in order, or the very one that is trusted, is taken', async () => {
    expect((await tried(protocol, security, shown(makeIdentity({ issuer: between })))).outcome.ok).toBe(true)
    const expired = makeIdentity({ from: -20, to: -2 })
    expect((await tried(protocol, security, shown(expired), fingerprintOf(expired))).outcome.ok).toBe(true)
  })

  test('one that its own server says was withdrawn is refused, trusted or not; what is said of others counts for nothing', async () => {
    const said = makeStaple(authority, { of: withdrawn, isWithdrawn: true })
    for (const trusted of [null, fingerprintOf(withdrawn)]) {
      const { server, outcome } = await tried(protocol, security, () => stapling(withdrawn, said), trusted)
      expect(outcome).toMatchObject({ ok: false, failure: { code: 'tls.revoked-certificate', evidence: { certificate: { verifies: false } } } })
      expect(server.secured).toBe('')
    }
    const other = makeIdentity({ issuer: authority })
    for (const staple of [said, makeStaple(authority, { of: other, isWithdrawn: false }), Buffer.from('rubbish'), said.subarray(0, 90)]) {
      expect((await tried(protocol, security, () => stapling(other, staple))).outcome.ok).toBe(true)
    }
  })

  test('a certificate that is good only with a word of its issuer needs one that is his, about it, and of today', async () => {
    const said = makeStaple(authority, { of: mustStaple, isWithdrawn: false })
    expect((await tried(protocol, security, () => stapling(mustStaple, said))).outcome.ok).toBe(true)
    expect((await tried(protocol, security, shown(mustStaple), fingerprintOf(mustStaple))).outcome.ok).toBe(true)
    const forged = Buffer.from(said.toString('latin1').replace(/20\d\d(?=\d{10}Z)/, '2020'), 'latin1')
    const words = [makeStaple(authority, { of: withdrawn, isWithdrawn: false }), makeStaple(stranger, { of: mustStaple, isWithdrawn: false }), said.subarray(0, 90), forged]
    for (const options of [shown(mustStaple), ...words.map((word) => () => stapling(mustStaple, word))]) {
      const { server, outcome } = await tried(protocol, security, options)
      expect([outcome.ok ? 'done' : outcome.failure.code, server.secured]).toEqual(['tls.status-missing', ''])
    }
  })

  test('a server is known by the names its certificate lists alone, and not by what the certificate itself is called', async () => {
    const mine = makeIdentity({ issuer: authority, subject: 'localhost', names: 'DNS:localhost' })
    expect((await tried(protocol, security, shown(mine), null, 'localhost')).outcome.ok).toBe(true)
    for (const names of ['email:postmaster@localhost', 'URI:https://localhost', 'DNS:*', 'DNS:local*', 'DNS:*.localhost']) {
      const { server, outcome } = await tried(protocol, security, shown(makeIdentity({ issuer: authority, subject: 'localhost', names })), null, 'localhost')
      expect([names, outcome.ok ? 'done' : outcome.failure.code, server.secured]).toEqual([names, 'tls.wrong-name', ''])
    }
  })

  test('another certificate at the second connection is refused, and an alarm with both fingerprints where the first one was trusted', async () => {
    const [first, second] = [makeIdentity(), makeIdentity()]
    const inOrder = [makeIdentity({ issuer: authority }), second]
    const { target, outcome } = await tried(protocol, security, () => shown(inOrder.shift() ?? second)())
    expect(outcome.ok).toBe(true)
    expect(await run(protocol, target, credentials)).toMatchObject({ ok: false, failure: { code: 'tls.self-signed-certificate' } })

    const trusted = [first, second]
    const once = await tried(protocol, security, () => shown(trusted.shift() ?? second)(), fingerprintOf(first))
    expect(once.outcome.ok).toBe(true)
    expect(await run(protocol, once.target, credentials)).toMatchObject({ ok: false, failure: { code: 'tls.changed-certificate', evidence: { certificate: { fingerprint: fingerprintOf(second), trustedBefore: fingerprintOf(first) } } } })
  })
})

test('the word of an issuer is good for as long as it says', () => {
  const [certificate, issuer] = [new X509Certificate(mustStaple.cert), new X509Certificate(authority.cert)]
  const said = makeStaple(authority, { of: mustStaple, isWithdrawn: false })
  const days = (from: number) => new Date(Date.now() + from * 86_400_000)
  expect([-1, 0, 6, 8].map((from) => isGoodByStaple(said, certificate, issuer, days(from)))).toEqual([false, true, true, false])
  expect([mustStaple, withdrawn].map(({ cert }) => needsStaple(new X509Certificate(cert)))).toEqual([true, false])
})

test('what a certificate says of itself is shown as one line each, without tricks', async () => {
  const { outcome } = await tried('imap', 'tls', shown(makeIdentity({ subject: 'mail.example\u202egpj.exe\u0007 ok', names: 'DNS:a.example' })))
  expect(outcome.ok ? '' : outcome.failure.evidence.certificate?.subject).not.toMatch(/[\p{Cc}\p{Cf}]/u)
})
