import { describe, expect, it } from 'vitest'
import net from 'node:net'
import { certificateProblem } from '../../../electron/protocols/net/certificate.ts'
import { connectToAny } from '../../../electron/protocols/net/connect-to-any.ts'
import { connectionFailure, mostTelling } from '../../../electron/protocols/net/connection-failure.ts'
import { dial } from '../../../electron/protocols/net/dial.ts'
import { serverWords, withoutSecret } from '../../../electron/protocols/net/server-words.ts'
import { failed } from '../../../shared/failures/failure.ts'

async function listening<T>(host: string, during: (port: number) => Promise<T>): Promise<T> {
  const server = net.createServer((socket) => socket.on('error', () => {}))
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  try {
    return await during((server.address() as net.AddressInfo).port)
  } finally {
    server.close()
  }
}

const system = (code: string) => Object.assign(new Error(`connect ${code}`), { code })

describe('connecting', () => {
  it('an address that refuses is passed over for the next one', async () => {
    await listening('127.0.0.1', async (port) => {
      const socket = await connectToAny(['::1', '127.0.0.7', '127.0.0.1'], port, new AbortController().signal)
      expect(socket.remoteAddress).toBe('127.0.0.1')
      socket.destroy()
    })
  })

  it('when all refuse, the refusal is told and not the missing route', async () => {
    const port = await listening('127.0.0.1', async (free) => free)
    await expect(connectToAny(['::1', '127.0.0.1'], port, new AbortController().signal)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    expect(mostTelling([system('ENETUNREACH'), system('ECONNREFUSED'), system('ENETUNREACH')])).toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('an attempt that is given up leaves no socket behind', async () => {
    const cancel = new AbortController()
    const attempt = connectToAny(['127.0.0.1'], 9, cancel.signal)
    cancel.abort()
    await expect(attempt).rejects.toThrow('given up')
  })

  it('a host that can not be a name is no host', async () => {
    const target = { host: 'a b', port: 1, security: 'none', trustedCertificate: null, timeoutSeconds: 5, signal: new AbortController().signal } as const
    expect(await dial(target)).toMatchObject({ ok: false, failure: { code: 'dns.no-such-host' } })
  })
})

describe('words for what went wrong', () => {
  it.each([
    ['ENOTFOUND', 'dns.no-such-host'], ['EAI_AGAIN', 'dns.unavailable'], ['ECONNREFUSED', 'connect.refused'], ['ENETUNREACH', 'connect.unreachable'], ['EHOSTUNREACH', 'connect.unreachable'],
    ['ETIMEDOUT', 'connect.timeout'], ['ECONNRESET', 'connect.lost'], ['EPIPE', 'connect.lost'], ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls.handshake-failed'], ['EPROTO', 'tls.handshake-failed'], ['EWHATEVER', 'connect.lost'],
  ])('%s is %s', (code, expected) => {
    expect(connectionFailure(system(code), { host: 'h' })).toMatchObject({ code: expected, evidence: { host: 'h' } })
  })

  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls.self-signed-certificate'], ['SELF_SIGNED_CERT_IN_CHAIN', 'tls.untrusted-certificate'], ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls.untrusted-certificate'],
    ['CERT_HAS_EXPIRED', 'tls.expired-certificate'], ['CERT_NOT_YET_VALID', 'tls.not-yet-valid-certificate'], ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls.wrong-name'], ['CERT_REVOKED', 'tls.revoked-certificate'],
  ])('a certificate with %s is %s', (code, expected) => {
    expect(certificateProblem(code, [], new Date())).toEqual({ code: expected, of: null })
  })

  it("a server's words are one bounded line without control characters, and never the secret it was told", () => {
    expect(serverWords('no\r\nway\u0000 \u001b[31mred\u202e!')).toBe('no way [31mred !')
    expect(serverWords('x'.repeat(10_000))).toHaveLength(500)
    const hidden = (words: string, secret: string) => {
      const outcome = withoutSecret(failed('server.protocol', { serverWords: serverWords(words) }), secret)
      return outcome.ok ? '' : outcome.failure.evidence.serverWords
    }
    expect(hidden(`unknown: PASS pa$$word ${Buffer.from('pa$$word').toString('base64')}`, 'pa$$word')).toBe('unknown: PASS … …')
    expect(hidden(`unknown: AUTH PLAIN ${Buffer.from('\0anna\0pa$$word').toString('base64')}`, 'pa$$word')).toBe('unknown: AUTH PLAIN …')
    expect(hidden('UNKNOWN: PASS PA$$WORD', 'pa$$word')).toBe('UNKNOWN: PASS …')
    expect(hidden('unknown: ab, about', 'ab')).toBe('unknown: …, about')
    expect(hidden(`${'x '.repeat(247)}pa$$word`, 'pa$$word')).not.toContain('pa$$')
    expect(hidden(`${'x '.repeat(200)}${Buffer.from(`\0anna\0${'y'.repeat(90)}pa$$word`).toString('base64')}`, 'pa$$word')).not.toContain('AGFubmE')
  })
})
