import { describe, expect, it } from 'vitest'
import type { Mechanism } from '../../../electron/protocols/sasl/mechanism.ts'
import { oauthBearer, xOauth2 } from '../../../electron/protocols/sasl/bearer.ts'
import { cramMd5 } from '../../../electron/protocols/sasl/cram-md5.ts'
import { md4 } from '../../../electron/protocols/sasl/md4.ts'
import { mechanismsFor, methodsOf } from '../../../electron/protocols/sasl/mechanisms-for.ts'
import { ntlm, ntlmV2Response, parseChallenge, splitAccount } from '../../../electron/protocols/sasl/ntlm.ts'
import { digestMd5 } from '../../../electron/protocols/sasl/digest-md5.ts'
import { login, plain } from '../../../electron/protocols/sasl/plain.ts'
import { scram } from '../../../electron/protocols/sasl/scram.ts'
import { saslWay, signIn } from '../../../electron/protocols/sasl/sign-in.ts'
import type { Answer, Exchange } from '../../../electron/protocols/sasl/sign-in.ts'
import type { Way } from '../../../electron/protocols/sasl/way.ts'
import { done, failure } from '../../../shared/failures/failure.ts'

const says = async (mechanism: Mechanism, challenge: string) => (await mechanism.respond(Buffer.from(challenge)))?.toString() ?? null

describe('mechanisms', () => {
  it('PLAIN is RFC 4616 section 4', () => {
    expect(plain('tim', 'tanstaaftanstaaf').initial?.toString()).toBe('\0tim\0tanstaaftanstaaf')
  })

  it('LOGIN answers name, then password, then nothing', async () => {
    const mechanism = login('tim', 'secret')
    expect([await says(mechanism, 'Username:'), await says(mechanism, 'Password:'), await says(mechanism, 'More:')]).toEqual(['tim', 'secret', null])
  })

  it('CRAM-MD5 is the example of RFC 2195 section 2', async () => {
    expect(await says(cramMd5('tim', 'tanstaaftanstaaf'), '<1896.697170952@postoffice.reston.mci.net>')).toBe('tim b913a602c7eda7a495b4e6e7334d3890')
  })

  it('SCRAM-SHA-1 is the example of RFC 5802 section 5, and proves the server', async () => {
    const mechanism = scram('sha1', 'user', 'pencil', 'none', 'fyko+d2lbbFgONRv9qkxdawL')
    expect(mechanism.initial?.toString()).toBe('n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL')
    expect(await says(mechanism, 'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096')).toBe(
      'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
    )
    expect(mechanism.proven()).toBe(false)
    expect(await says(mechanism, 'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=')).toBe('')
    expect(mechanism.proven()).toBe(true)
  })

  it('SCRAM-SHA-256 is the example of RFC 7677 section 3', async () => {
    const mechanism = scram('sha256', 'user', 'pencil', 'none', 'rOprNGfwEbeRWgbNEkqO')
    expect(await says(mechanism, 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096')).toBe(
      'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
    )
    expect(await says(mechanism, 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBe('')
    expect(mechanism.proven()).toBe(true)
  })

  it.each([
    ['a nonce that is not built on ours', 'r=somebody-elses,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096'],
    ['our nonce and nothing of its own', 'r=abc,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096'],
    ['too few iterations', 'r=abcdef,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1'],
    ['iterations for an hour', 'r=abcdef,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=999999999'],
    ['an extension we must understand and do not', 'm=1,r=abcdef,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096'],
  ])('SCRAM gives no proof for %s', async (_, challenge) => {
    expect(await says(scram('sha256', 'user', 'pencil', 'none', 'abc'), challenge)).toBeNull()
  })

  it('SCRAM does not believe a server that signs wrongly', async () => {
    const mechanism = scram('sha1', 'user', 'pencil', 'none', 'abc')
    await says(mechanism, 'r=abcdef,s=QSXCR+Q6sek8bf92,i=4096')
    expect(await says(mechanism, 'v=AAAAAAAAAAAAAAAAAAAAAAAAAAA=')).toBeNull()
    expect(mechanism.proven()).toBe(false)
  })

  it('SCRAM quotes what means something in a user name', () => {
    expect(scram('sha1', 'a=b,c', 'x', 'none', 'n').initial?.toString()).toBe('n,,n=a=3Db=2Cc,r=n')
  })

  it.each([['I\u00adX', 'IX'], ['\u00aa', 'a'], ['\u2168', 'IX'], ['a\u00a0b', 'a b'], ['e\u0301', '\u00e9']])('SCRAM prepares %j as %j (RFC 4013 section 3)', async (typed, prepared) => {
    const challenge = 'r=abcdef,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096'
    const proofs = [typed, prepared].map(async (text) => {
      const mechanism = scram('sha256', text, text, 'none', 'abc')
      return [mechanism.initial?.toString(), await says(mechanism, challenge)]
    })
    expect(await proofs[0]).toEqual(await proofs[1])
  })

  it.each(['', 'x'.repeat(1000), '"\\ \' {}', 'wachtwoord\u20ac'])('every mechanism answers with the password %j, and those that keep it to themselves do not say it', async (password) => {
    const challenges = { 'SCRAM-SHA-256': 'r=abcdef,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096', 'DIGEST-MD5': 'nonce="a",qop="auth",algorithm=md5-sess,charset=utf-8', 'CRAM-MD5': '<1@here>' }
    for (const mechanism of [scram('sha256', 'tim', password, 'none', 'abc'), digestMd5('tim', password, { service: 'imap', host: 'h' }), cramMd5('tim', password)]) {
      const said = await says(mechanism, challenges[mechanism.name as keyof typeof challenges])
      expect(said).not.toBeNull()
      expect(password.length > 3 && said?.includes(password)).toBe(false)
    }
    expect(plain('tim', password).initial?.toString()).toBe(`\0tim\0${password}`)
  })

  it('SCRAM with channel binding says which and puts its bytes into the proof (RFC 5802 section 7)', async () => {
    const mechanism = scram('sha256', 'user', 'pencil', { type: 'tls-exporter', data: Buffer.from('what both ends know') }, 'abc')
    expect(mechanism.name).toBe('SCRAM-SHA-256-PLUS')
    expect(mechanism.initial?.toString()).toBe('p=tls-exporter,,n=user,r=abc')
    const final = await says(mechanism, 'r=abcdef,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096')
    expect(Buffer.from(/^c=([^,]+),/.exec(final ?? '')?.[1] ?? '', 'base64').toString()).toBe('p=tls-exporter,,what both ends know')
  })

  it('SCRAM tells a server that announces no channel binding that this side could, so that a shortened list is noticed', async () => {
    const mechanism = scram('sha1', 'user', 'pencil', 'not-offered', 'abc')
    expect(mechanism.initial?.toString()).toBe('y,,n=user,r=abc')
    expect(await says(mechanism, 'r=abcdef,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096')).toMatch(/^c=eSws,/)
  })

  it('DIGEST-MD5 is the example of RFC 2831 section 4, and proves the server', async () => {
    const mechanism = digestMd5('chris', 'secret', { service: 'imap', host: 'elwood.innosoft.com' }, 'OA6MHXh6VqTrRk')
    expect(await says(mechanism, 'realm="elwood.innosoft.com",nonce="OA6MG9tEQGm2hh",qop="auth",algorithm=md5-sess,charset=utf-8')).toBe(
      'charset=utf-8,username="chris",realm="elwood.innosoft.com",nonce="OA6MG9tEQGm2hh",nc=00000001,cnonce="OA6MHXh6VqTrRk",' +
        'digest-uri="imap/elwood.innosoft.com",response=d388dad90d4bbd760a152321f2143af7,qop=auth',
    )
    expect(mechanism.proven()).toBe(false)
    expect(await says(mechanism, 'rspauth=ea40f60335c427b5527b84dbabcdfffd')).toBe('')
    expect(mechanism.proven()).toBe(true)
  })

  it.each([
    ['no nonce', 'realm="x",qop="auth",algorithm=md5-sess'],
    ['two nonces', 'nonce="a",nonce="b",algorithm=md5-sess'],
    ['another algorithm', 'nonce="a",algorithm=sha-sess'],
    ['privacy only', 'nonce="a",qop="auth-conf",algorithm=md5-sess'],
    ['a quotation that never ends', 'nonce="a,algorithm=md5-sess'],
    ['what no server may send, for its length', `nonce="${'a'.repeat(2048)}",algorithm=md5-sess`],
  ])('DIGEST-MD5 answers nothing to %s', async (_, challenge) => {
    expect(await says(digestMd5('chris', 'secret', { service: 'imap', host: 'h' }), challenge)).toBeNull()
  })

  it('DIGEST-MD5 does not believe a server that proves nothing', async () => {
    const mechanism = digestMd5('chris', 'secret', { service: 'imap', host: 'h' })
    await says(mechanism, 'nonce="a",algorithm=md5-sess')
    expect(await says(mechanism, 'rspauth=00000000000000000000000000000000')).toBeNull()
    expect(mechanism.proven()).toBe(false)
  })

  it('MD4 is RFC 1320 appendix A.5', () => {
    const digests = ['', 'a', 'abc', 'message digest', 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '1234567890'.repeat(8)]
    expect(digests.map((text) => md4(Buffer.from(text)).toString('hex'))).toEqual([
      '31d6cfe0d16ae931b73c59d7e0c089c0', 'bde52cb31de33e46245e05fbdbd6fb24', 'a448017aaf21d8525fc10ae87aa6729d', 'd9130a8164549fe818874806e1c7014b',
      'd79e1c308aa5bbcdeea8ed63df412da9', '043f8582f241db351ce627e153e7f0e4', 'e33b4ddc9c38f2199c3e7b164fcc0536',
    ])
  })

  it('NTLMv2 is the example of MS-NLMP section 4.2.4', () => {
    const targetInfo = Buffer.from('02000c0044006f006d00610069006e0001000c0053006500720076006500720000000000', 'hex')
    const { nt, lm } = ntlmV2Response({
      user: 'User', domain: 'Domain', password: 'Password', serverChallenge: Buffer.from('0123456789abcdef', 'hex'), clientChallenge: Buffer.alloc(8, 0xaa), time: Buffer.alloc(8), targetInfo,
    })
    expect(nt.subarray(0, 16).toString('hex')).toBe('68cd0ab851e51c96aabc927bebef6a1c')
    expect(lm.toString('hex')).toBe('86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa')
  })

  it('NTLM answers nothing that is not a challenge, whatever lengths it claims', async () => {
    for (const bytes of ['', 'NTLMSSP\0', `NTLMSSP\0\u0002\0\0\0${'\0'.repeat(28)}\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff`]) {
      const challenge = Buffer.from(bytes, 'latin1')
      expect(parseChallenge(challenge)).toBeNull()
      expect(await ntlm('user', 'x').respond(challenge)).toBeNull()
    }
    expect(splitAccount('OFFICE\\anna')).toEqual({ user: 'anna', domain: 'OFFICE' })
    expect(splitAccount('anna@office.example')).toEqual({ user: 'anna@office.example', domain: '' })
  })

  it('OAUTHBEARER is the example of RFC 7628 section 4.1; a refusal is acknowledged once', async () => {
    const mechanism = oauthBearer('user@example.com', 'vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==', 'server.example.com', 143)
    expect(mechanism.initial?.toString('base64')).toBe(
      'bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB',
    )
    expect([await says(mechanism, '{"status":"invalid_token"}'), await says(mechanism, 'more')]).toEqual(['\u0001', null])
  })

  it.each([
    ['{"status":"invalid_token","scope":"mail","openid-configuration":"https://id.example/.well-known/openid-configuration"}', { reason: 'invalid_token', issuer: 'https://id.example' }],
    ['{"status":"401","openid-configuration":"https://id.example/tenant/.well-known/oauth-authorization-server"}', { reason: '401', issuer: 'https://id.example/tenant' }],
    ['{"status":"invalid_token","openid-configuration":"http://id.example/.well-known/openid-configuration"}', { reason: 'invalid_token', issuer: null }],
    ['{"status":"x","openid-configuration":"https://you@id.example/.well-known/openid-configuration"}', { reason: 'x', issuer: null }],
    ['{"status":"x","openid-configuration":"https://id.example/?next=.well-known/openid-configuration"}', { reason: 'x', issuer: null }],
    ['{"status":"x","openid-configuration":"javascript:alert(1)"}', { reason: 'x', issuer: null }],
    [`{"status":"x","openid-configuration":"https://id.example/${'a'.repeat(500)}/.well-known/openid-configuration"}`, { reason: 'x', issuer: null }],
    ['{"status":"two words","openid-configuration":7}', { reason: null, issuer: null }],
    ['{"__proto__":{"status":"inherited"}}', { reason: null, issuer: null }],
    ['["invalid_token"]', { reason: null, issuer: null }],
    ['not JSON', { reason: null, issuer: null }],
    [`{"status":"late${' '.repeat(4096)}"}`, { reason: null, issuer: null }],
  ])('of a refusal of OAUTHBEARER (RFC 7628 section 3.2.2) only what has its form is told: %s', async (document, told) => {
    const mechanism = oauthBearer('user', 'token', 'host', 143)
    await says(mechanism, document)
    expect(mechanism.refusal?.()).toEqual(told)
  })

  it('XOAUTH2 is the example of Google', () => {
    expect(xOauth2('someuser@example.com', 'ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg').initial?.toString('base64')).toBe(
      'dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ==',
    )
  })
})

describe('choosing', () => {
  const credentials = { userName: 'a', secret: 'b', method: 'password' } as const
  const target = { host: 'h', port: 1, service: 'imap', bindings: [] } as const

  it('the strongest mechanism both know comes first', () => {
    const all = new Set(['LOGIN', 'PLAIN', 'CRAM-MD5', 'DIGEST-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256', 'NTLM', 'XOAUTH2', 'GSSAPI'])
    expect(mechanismsFor(credentials, all, target).map(({ name }) => name)).toEqual(['SCRAM-SHA-256', 'SCRAM-SHA-1', 'DIGEST-MD5', 'CRAM-MD5', 'PLAIN', 'LOGIN'])
    const bound = { ...target, bindings: [{ type: 'tls-exporter', data: Buffer.alloc(32) }] } as const
    expect(mechanismsFor(credentials, new Set([...all, 'SCRAM-SHA-256-PLUS', 'SCRAM-SHA-1-PLUS']), bound).map(({ name }) => name).slice(0, 3)).toEqual(['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-1-PLUS', 'SCRAM-SHA-256'])
    const gs2Flags = [mechanismsFor(credentials, all, bound), mechanismsFor(credentials, all, target)].map(([first]) => first?.initial?.toString().slice(0, 3))
    expect(gs2Flags).toEqual(['y,,', 'n,,'])
    expect(mechanismsFor({ ...credentials, method: 'spa' }, all, target).map(({ name }) => name)).toEqual(['NTLM'])
    expect(methodsOf(all, false)).toEqual(['password', 'spa', 'oauth2'])
  })

  const way = (name: string, clearText: boolean, verdict: 'accepted' | 'signin.rejected' | 'signin.unavailable' | 'signin.no-mechanism', tried: string[], tested = true): Way => ({
    name, clearText, attempt: async () => {
      tried.push(name)
      return done(verdict === 'accepted' ? { kind: 'accepted' } : { kind: 'refused', failure: failure(verdict), tested })
    },
  })

  it('a password is never sent in clear where it may not be', async () => {
    const tried: string[] = []
    expect(await signIn([way('PLAIN', true, 'accepted', tried)], false, {}, 'x')).toMatchObject({ ok: false, failure: { code: 'signin.clear-text-refused' } })
    await signIn([way('CRAM-MD5', false, 'signin.rejected', tried), way('PLAIN', true, 'accepted', tried)], false, {}, 'x')
    expect(tried).toEqual(['CRAM-MD5'])
  })

  const all = ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-1-PLUS', 'SCRAM-SHA-256', 'SCRAM-SHA-1', 'DIGEST-MD5', 'CRAM-MD5', 'PLAIN', 'LOGIN', 'USER']
  const isClear = (name: string) => ['PLAIN', 'LOGIN', 'USER'].includes(name)

  it.each([
    // Which ways are there (all of them but those named), whom the server can't do at all, who gets in, and what is then tried.
    { what: 'a wrong password is tested twice where the server has SCRAM for this user', without: /PLUS/, unable: /none/, tried: ['SCRAM-SHA-256', 'PLAIN'] },
    { what: 'a wrong password is tested once where that was bound to the connection: somebody in between would be glad of another way', without: /none/, unable: /none/, tried: ['SCRAM-SHA-256-PLUS'] },
    { what: 'a wrong password is tested three times at most', without: /none/, unable: /SCRAM/, tried: ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-1-PLUS', 'DIGEST-MD5', 'CRAM-MD5', 'PLAIN'] },
    { what: 'a wrong password is tested once where nothing but it is wanted', without: /SCRAM|MD5/, unable: /none/, tried: ['PLAIN'] },
    { what: 'who has SCRAM with the older hash only gets in by that', without: /PLUS/, unable: /SHA-256/, getsIn: 'SCRAM-SHA-1', tried: ['SCRAM-SHA-256', 'SCRAM-SHA-1'] },
    { what: 'who has CRAM-MD5 only gets in by that', without: /PLUS/, unable: /SCRAM/, getsIn: 'CRAM-MD5', tried: ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'DIGEST-MD5', 'CRAM-MD5'] },
    { what: 'who has PLAIN only gets in by that', without: /PLUS/, unable: /SCRAM/, getsIn: 'PLAIN', tried: ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'DIGEST-MD5', 'CRAM-MD5', 'PLAIN'] },
    { what: 'who has PLAIN only gets in where the server makes up challenges for SCRAM', without: /PLUS/, unable: /none/, getsIn: 'PLAIN', tried: ['SCRAM-SHA-256', 'PLAIN'] },
    { what: 'where nothing may go in clear, nothing does', without: /PLUS/, unable: /SCRAM/, inClear: false, tried: ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'DIGEST-MD5', 'CRAM-MD5'] },
  ])('$what', async ({ without, unable, getsIn, inClear = true, tried }) => {
    const went: string[] = []
    const ways = all.filter((name) => !without.test(name)).map((name) => way(name, isClear(name), name === getsIn ? 'accepted' : 'signin.rejected', went, !unable.test(name)))
    expect((await signIn(ways, inClear, {}, 'x')).ok).toBe(getsIn !== undefined)
    expect(went).toEqual(tried)
  })

  it('a mechanism that is announced and not known is passed over', async () => {
    const went: string[] = []
    expect(await signIn([way('CRAM-MD5', false, 'signin.no-mechanism', went, false), way('PLAIN', true, 'accepted', went)], true, {}, 'x')).toEqual({ ok: true, value: 'PLAIN' })
  })

  it('only a rejected password is tried in another way', async () => {
    const tried: string[] = []
    expect(await signIn([way('CRAM-MD5', false, 'signin.unavailable', tried), way('PLAIN', true, 'accepted', tried)], true, {}, 'x')).toMatchObject({ ok: false, failure: { code: 'signin.unavailable' } })
    expect(tried).toEqual(['CRAM-MD5'])
  })
})

describe('the exchange', () => {
  const scripted = (answers: readonly Answer[], said: string[], takesInitial = true): Exchange => {
    const rest = [...answers]
    const next = async () => done(rest.shift() ?? { kind: 'challenge' as const, text: '' })
    return {
      takesInitial: () => takesInitial,
      begin: (name, initial) => (said.push(`${name} ${initial}`), next()),
      answer: (response) => (said.push(response), next()),
      cancel: () => void said.push('*'),
    }
  }

  it('an initial response is held back until the server asks, where it may not go along', async () => {
    const said: string[] = []
    const verdict = await saslWay(plain('tim', 'x'), scripted([{ kind: 'challenge', text: '' }, { kind: 'accepted', text: null }], said, false), {}).attempt()
    expect(verdict).toEqual({ ok: true, value: { kind: 'accepted' } })
    expect(said).toEqual(['PLAIN null', Buffer.from('\0tim\0x').toString('base64')])
  })

  it('a server that says yes without proving itself is not signed in to', async () => {
    const verdict = await saslWay(scram('sha256', 'tim', 'x'), scripted([{ kind: 'accepted', text: null }], []), {}).attempt()
    expect(verdict).toMatchObject({ ok: false, failure: { code: 'server.protocol' } })
  })

  it('a server that never stops asking is left', async () => {
    const verdict = await saslWay(oauthBearer('a', 'b', 'h', 1), scripted([], []), {}).attempt()
    expect(verdict).toMatchObject({ ok: false, failure: { code: 'server.protocol' } })
  })
})
