/**
 * SCRAM-SHA-1 (RFC 5802) and SCRAM-SHA-256 (RFC 7677), with and without channel binding (…-PLUS): the password never leaves
 * this machine, the server proves that it knows it, and with binding nobody in the middle can pass the conversation on.
 *
 *   client-first ─▶ server-first (nonce, salt, iterations) ─▶ client-final (proof) ─▶ server-final (signature) ─▶ proven
 */
import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { ChannelBinding } from '../net/channel-binding.ts'
import type { Mechanism } from './mechanism.ts'

/** RFC 7677 section 4 asks servers for at least 4096; above the upper bound a server could keep this machine busy for minutes. */
const iterationRange = { least: 4096, most: 2_000_000 }

const derive = promisify(pbkdf2)

/** `none` = this side can't or won't; `not-offered` = this side could, and the server does not announce it. */
export type Binding = ChannelBinding | 'none' | 'not-offered'

export function scram(hash: 'sha1' | 'sha256', userName: string, password: string, binding: Binding = 'none', clientNonce = randomBytes(18).toString('base64')): Mechanism {
  const isBound = typeof binding === 'object'
  const gs2Header = isBound ? `p=${binding.type},,` : binding === 'none' ? 'n,,' : 'y,,'
  const bound = Buffer.concat([Buffer.from(gs2Header), isBound ? binding.data : Buffer.alloc(0)]).toString('base64')
  const hmac = (key: Buffer, text: string) => createHmac(hash, key).update(text).digest()
  // RFC 5802 section 5.1: "=" and "," have a meaning of their own.
  const clientFirstBare = `n=${saslPrepared(userName).replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${clientNonce}`
  let expectedSignature: Buffer | null = null
  let isProven = false
  let isRefused = false

  async function answerServerFirst(serverFirst: string): Promise<Buffer | null> {
    const [, nonce, salt, count] = /^r=([!-+\--~]+),s=([A-Za-z\d+/]+=*),i=(\d{1,9})(?:,|$)/.exec(serverFirst) ?? []
    if (nonce === undefined || salt === undefined) return null
    const iterations = Number(count)
    const fits = nonce.startsWith(clientNonce) && nonce.length > clientNonce.length
    if (!fits || iterations < iterationRange.least || iterations > iterationRange.most) return null
    const length = hash === 'sha1' ? 20 : 32
    const salted = await derive(saslPrepared(password), Buffer.from(salt, 'base64'), iterations, length, hash)
    const clientKey = hmac(salted, 'Client Key')
    const withoutProof = `c=${bound},r=${nonce}`
    const whole = `${clientFirstBare},${serverFirst},${withoutProof}`
    const signature = hmac(createHash(hash).update(clientKey).digest(), whole)
    const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)))
    expectedSignature = hmac(hmac(salted, 'Server Key'), whole)
    return Buffer.from(`${withoutProof},p=${proof.toString('base64')}`)
  }

  function checkServerFinal(serverFinal: string, expected: Buffer): Buffer | null {
    const signature = Buffer.from(/^v=([A-Za-z\d+/]+=*)(?:,|$)/.exec(serverFinal)?.[1] ?? '', 'base64')
    isProven = signature.length === expected.length && timingSafeEqual(signature, expected)
    return isProven ? Buffer.alloc(0) : null
  }

  return {
    name: `SCRAM-SHA-${hash === 'sha1' ? '1' : '256'}${isBound ? '-PLUS' : ''}`,
    ...(isBound && { boundBy: binding.type }),
    clearText: false,
    usesToken: false,
    initial: Buffer.from(`${gs2Header}${clientFirstBare}`),
    respond: async (challenge) => {
      if (isProven) return null
      const text = challenge.toString()
      // RFC 5802 section 7: the server says why not, within the exchange. It says no when that was heard.
      if (text.startsWith('e=')) {
        const isNew = !isRefused
        isRefused = true
        return isNew ? Buffer.alloc(0) : null
      }
      if (isRefused) return null
      return expectedSignature === null ? answerServerFirst(text) : checkServerFinal(text, expectedSignature)
    },
    proven: () => isProven,
  }
}

/** SASLprep (RFC 4013) as far as it changes text: spaces, characters mapped to nothing (RFC 3454 table B.1), NFKC. */
function saslPrepared(text: string): string {
  return text
    .replace(/[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g, ' ')
    .replace(/\u00ad|\u034f|\u1806|[\u180b-\u180d]|\u200c|\u200d|\u2060|[\ufe00-\ufe0f]|\ufeff/g, '')
    .normalize('NFKC')
}
