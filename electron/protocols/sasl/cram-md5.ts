/** CRAM-MD5 (RFC 2195): an HMAC over the server's challenge. */
import { createHmac } from 'node:crypto'
import type { Mechanism } from './mechanism.ts'

export function cramMd5(userName: string, password: string): Mechanism {
  let answered = false
  return {
    name: 'CRAM-MD5',
    clearText: false,
    usesToken: false,
    initial: null,
    respond: async (challenge) => {
      if (answered || challenge.length === 0) return null
      answered = true
      return Buffer.from(`${userName} ${createHmac('md5', password).update(challenge).digest('hex')}`)
    },
    proven: () => answered,
  }
}
