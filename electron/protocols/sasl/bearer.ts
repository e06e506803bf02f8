/** An OAuth 2.0 access token as sign-in: OAUTHBEARER (RFC 7628) and XOAUTH2 (Google's and Microsoft's forerunner of it). */
import type { Mechanism } from './mechanism.ts'

/** After a refusal the server sends its reason as a challenge and waits for this before it says no (RFC 7628 section 3.2.3). */
const heard = Buffer.from('\u0001')

export function oauthBearer(userName: string, token: string, host: string, port: number): Mechanism {
  // RFC 5801 section 4: "=" and "," are quoted in the GS2 header.
  const identity = userName.replaceAll('=', '=3D').replaceAll(',', '=2C')
  return bearer('OAUTHBEARER', `n,a=${identity},\u0001host=${host}\u0001port=${port}\u0001auth=Bearer ${token}\u0001\u0001`, heard)
}

export function xOauth2(userName: string, token: string): Mechanism {
  return bearer('XOAUTH2', `user=${userName}\u0001auth=Bearer ${token}\u0001\u0001`, Buffer.alloc(0))
}

function bearer(name: string, initial: string, afterRefusal: Buffer): Mechanism {
  let refused = false
  let reason: string | null = null
  return {
    name,
    clearText: true,
    usesToken: true,
    initial: Buffer.from(initial),
    respond: async (challenge) => {
      if (refused) return null
      refused = true
      reason = statusIn(challenge)
      return afterRefusal
    },
    proven: () => !refused,
    reason: () => reason,
  }
}

/** RFC 7628 section 3.2.2: a JSON document whose `status` is one of RFC 6750 section 3.1, such as "invalid_token"; Google has HTTP's "400" there. */
function statusIn(challenge: Buffer): string | null {
  if (challenge.length > 4096) return null
  const status = /"status"\s*:\s*"([\w-]{1,40})"/.exec(challenge.toString('latin1'))?.[1]
  return status ?? null
}
