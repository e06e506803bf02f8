/**
 * Every mechanism on POP3, IMAP and SMTP, against real Dovecot and Postfix, each made to announce that one only: it signs in, also with a
 * password that needs quoting; a wrong, an empty or a very long one is refused as such; and where the mechanism keeps the password to
 * itself, nothing of it was on the line. Then each of the users whom the servers know by one mechanism only, while all are announced.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openInbox } from '../../electron/protocols/open-inbox.ts'
import { openSubmission } from '../../electron/protocols/open-submission.ts'
import type { Credentials, ServerTarget } from '../../electron/protocols/net/server-target.ts'
import { type MechanismProxy, announcingOnly } from '../fakes/mechanism-proxy.ts'
import { formsFound } from '../fakes/secret-forms.ts'
import { lab, type LabPort } from '../servers/lab.ts'
import type { Protocol } from './hostile-cases.ts'
import { labCredentials, labTarget } from './lab-mail.ts'

/** By which mechanism, or why not. */
async function signIn(protocol: Protocol, target: ServerTarget, credentials: Credentials): Promise<string> {
  let mechanism = ''
  const watcher = { began: () => {}, ended: (step: string, words: string | null) => void (step === 'sign-in' && (mechanism = words ?? '')) }
  const opened = protocol === 'smtp' ? await openSubmission(target, credentials, watcher) : await openInbox(protocol, target, credentials, watcher)
  if (!opened.ok) return opened.failure.code
  await opened.value.close()
  return mechanism
}

async function token(user: string): Promise<string> {
  const answer = await fetch(`${lab.oidcIssuer}/lab/token?user=${user}&ttl=600`)
  return (await answer.text()).trim()
}

const inClear: Readonly<Record<Protocol, LabPort>> = { pop3: 'CLEAR_POP3', imap: 'CLEAR_IMAP', smtp: 'CLEAR_SUBMISSION' }
const passwords = ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'DIGEST-MD5', 'CRAM-MD5', 'PLAIN', 'LOGIN'] as const
const protocols = ['pop3', 'imap', 'smtp'] as const
/** Dovecot 2.3 hashes a password in UTF-8 where RFC 2831 section 2.1.2.1 has it in ISO 8859-1: with accents the two never meet. */
const users = (mechanism: string) => [lab.freshUser('mechanism'), ...(mechanism === 'DIGEST-MD5' ? [] : ['odd'])]
const keepsItToItself = (mechanism: string) => /SCRAM|MD5|NTLM|APOP/.test(mechanism)

let proxy: MechanismProxy
const through = (changes: Partial<ServerTarget> = {}) => labTarget('CLEAR_IMAP', 'none', { port: proxy.port, ...changes })

describe.each(protocols.flatMap((protocol) => passwords.map((mechanism) => ({ protocol, mechanism }))))('$mechanism on $protocol', ({ protocol, mechanism }) => {
  beforeAll(async () => {
    proxy = await announcingOnly(mechanism, { host: lab.host, port: lab.port(inClear[protocol]) })
  })
  afterAll(() => proxy.close())

  test('signs in, with a password of quotes, backslashes, spaces, braces and accents, too', async () => {
    for (const user of users(mechanism)) expect(await signIn(protocol, through(), labCredentials(user))).toBe(mechanism)
    expect(keepsItToItself(mechanism) ? formsFound(proxy.heard, lab.password) : []).toEqual([])
    expect(keepsItToItself(mechanism) ? formsFound(proxy.heard, lab.passwordOf('odd')) : []).toEqual([])
  })

  test.each([['wrong', 'wrong-password-17'], ['of a thousand letters', 'x'.repeat(1000)], ['of a letter', 'x'], ['in other case', 'LAB-PASSWORD'], ['with a space at its end', 'lab-password ']])('a password that is %s is refused as one', async (_what, secret) => {
    expect(await signIn(protocol, through(), labCredentials(lab.freshUser('mechanism'), { secret }))).toBe('signin.rejected')
  })
})

describe.each(protocols)('%s', (protocol) => {
  const encrypted = { pop3: 'POP3S', imap: 'IMAPS', smtp: 'SUBMISSIONS' } as const
  const target = () => labTarget(encrypted[protocol], 'tls')

  test.each([['NTLM', 'spa', 'spa'], ['XOAUTH2', 'oauth', 'oauth2'], ['OAUTHBEARER', 'oauth', 'oauth2']] as const)('%s signs in, and who is not let in by it is not', async (mechanism, user, method) => {
    const secret = method === 'oauth2' ? await token(user) : lab.password
    const only = await announcingOnly(mechanism, { host: lab.host, port: lab.port(inClear[protocol]) })
    const at = labTarget(inClear[protocol], 'none', { port: only.port })
    expect(await signIn(protocol, at, labCredentials(user, { method, secret }))).toBe(mechanism)
    expect(keepsItToItself(mechanism) ? formsFound(only.heard, secret) : []).toEqual([])
    expect(await signIn(protocol, at, labCredentials(user, { method, secret: 'not-this-one' }))).toBe(method === 'oauth2' ? 'signin.again' : 'signin.rejected')
    await only.close()
  })

  test.each([['plain', /^(?:PLAIN|USER)$/], ['cram', /^CRAM-MD5$/], ['scram', /^SCRAM-SHA-256$/], ['odd', /^SCRAM-SHA-256$/]])('who is known as %s is let in where everything is announced', async (user, mechanism) => {
    expect(await signIn(protocol, target(), labCredentials(user))).toMatch(mechanism)
  })

  test('the strongest that is announced is taken', async () => {
    expect(await signIn(protocol, target(), labCredentials(lab.freshUser('mechanism')))).toBe('SCRAM-SHA-256')
  })
})

test('APOP signs in where a POP3 server announces nothing else, and a wrong password does not', async () => {
  const only = await announcingOnly('APOP', { host: lab.host, port: lab.port('CLEAR_POP3') })
  const at = labTarget('CLEAR_POP3', 'none', { port: only.port })
  expect(await signIn('pop3', at, labCredentials('apop'))).toBe('APOP')
  expect(formsFound(only.heard, lab.password)).toEqual([])
  expect(await signIn('pop3', at, labCredentials('apop', { secret: 'wrong-password-17' }))).toBe('signin.rejected')
  await only.close()
})
