/**
 * DIGEST-MD5 (RFC 2831, made historic by RFC 6331): for servers that have nothing better. A digest over the password and both
 * sides' nonces; the server proves with its own that it knows the password. Only `qop=auth`: privacy is what TLS is for.
 *
 *   challenge (realm, nonce, qop, algorithm) ─▶ response ─▶ rspauth ─▶ proven
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Mechanism } from './mechanism.ts'

/** The protocol's name in `digest-uri` (RFC 2831 section 2.1.2). */
export type DigestService = 'pop' | 'imap' | 'smtp'

export interface DigestServer {
  readonly service: DigestService
  readonly host: string
}

/** RFC 2831 section 2.1.1: a challenge has to be shorter than this, octets. */
const longestChallenge = 2048

const md5 = (...parts: readonly (string | Buffer)[]): Buffer => {
  const hash = createHash('md5')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const md5Hex = (...parts: readonly (string | Buffer)[]): string => md5(...parts).toString('hex')

export function digestMd5(userName: string, password: string, { service, host }: DigestServer, clientNonce = randomBytes(18).toString('base64')): Mechanism {
  let expected: string | null = null
  let isProven = false

  function answer(challenge: Buffer): Buffer | null {
    const directives = challenge.length > longestChallenge ? null : parseDirectives(challenge.toString('utf8'))
    const nonce = directives?.get('nonce')?.[0]
    if (directives === null || nonce === undefined || directives.get('nonce')?.length !== 1) return null
    if (directives.get('algorithm')?.join() !== 'md5-sess') return null
    // Absent means "auth" (RFC 2831 section 2.1.1).
    const offered = (directives.get('qop')?.join() ?? 'auth').split(',').map((word) => word.trim().toLowerCase())
    if (!offered.includes('auth')) return null
    const isUtf8 = directives.get('charset')?.join().toLowerCase() === 'utf-8'
    const realm = directives.get('realm')?.[0] ?? ''
    const uri = `${service}/${host}`

    const secret = md5(hashed(userName), ':', hashed(realm), ':', hashed(password))
    const session = md5Hex(secret, `:${nonce}:${clientNonce}`)
    const digest = (method: string) => md5Hex(`${session}:${nonce}:00000001:${clientNonce}:auth:${md5Hex(`${method}:${uri}`)}`)
    expected = digest('')
    const said = [
      ...(isUtf8 ? ['charset=utf-8'] : []),
      `username=${quoted(userName)}`, `realm=${quoted(realm)}`, `nonce=${quoted(nonce)}`, 'nc=00000001', `cnonce=${quoted(clientNonce)}`,
      `digest-uri=${quoted(uri)}`, `response=${digest('AUTHENTICATE')}`, 'qop=auth',
    ]
    return Buffer.from(said.join(','), isUtf8 ? 'utf8' : 'latin1')
  }

  function check(challenge: Buffer, proof: string): Buffer | null {
    const said = Buffer.from(parseDirectives(challenge.toString('latin1'))?.get('rspauth')?.[0] ?? '')
    isProven = said.length === proof.length && timingSafeEqual(said, Buffer.from(proof))
    return isProven ? Buffer.alloc(0) : null
  }

  return {
    name: 'DIGEST-MD5',
    clearText: false,
    usesToken: false,
    initial: null,
    respond: async (challenge) => {
      if (isProven) return null
      return expected === null ? answer(challenge) : check(challenge, expected)
    },
    proven: () => isProven,
  }
}

/** RFC 2831 section 2.1.2.1: what ISO 8859-1 can say is hashed in ISO 8859-1, everything else in UTF-8. */
function hashed(text: string): Buffer {
  const inLatin1 = Buffer.from(text, 'latin1')
  return inLatin1.toString('latin1') === text ? inLatin1 : Buffer.from(text)
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

/** `name=value` or `name="quoted"`, separated by commas (RFC 2831 section 7.1); null = that is not what this is. */
function parseDirectives(text: string): ReadonlyMap<string, readonly string[]> | null {
  const directives = new Map<string, string[]>()
  const directive = /[\s,]*([!#$%&'*+\-.^_`|~\w]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))\s*(?=,|$)/gsy
  while (directive.lastIndex < text.length) {
    const [whole, name = '', inQuotes, plain = ''] = directive.exec(text) ?? []
    if (whole === undefined) return null
    const key = name.toLowerCase()
    directives.set(key, [...(directives.get(key) ?? []), inQuotes?.replace(/\\(.)/gs, '$1') ?? plain])
  }
  return directives
}
