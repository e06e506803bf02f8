/** An OAuth 2.0 access token as sign-in: OAUTHBEARER (RFC 7628) and XOAUTH2 (Google's and Microsoft's forerunner of it). */
import type { Mechanism, Refusal } from './mechanism.ts'

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
  let told = untold
  return {
    name,
    clearText: true,
    usesToken: true,
    initial: Buffer.from(initial),
    respond: async (challenge) => {
      if (refused) return null
      refused = true
      told = refusalIn(challenge)
      return afterRefusal
    },
    proven: () => !refused,
    refusal: () => told,
  }
}

/** One of RFC 6750 section 3.1, such as "invalid_token"; Google has HTTP's "400" there. */
const statusForm = /^[\w-]{1,40}$/

/** Where an issuer describes itself (OpenID Connect Discovery section 4.1, RFC 8414 section 3). */
const wellKnown = /\/\.well-known\/(?:openid-configuration|oauth-authorization-server)$/

/** RFC 7628 section 3.2.2: a JSON document, from whoever is at the other end. Of what it says only this is read, and that bounded. */
function refusalIn(challenge: Buffer): Refusal {
  if (challenge.length > 4096) return untold
  const told = jsonIn(challenge.toString('utf8'))
  const status = textOf(told, 'status')
  return { reason: status !== null && statusForm.test(status) ? status : null, issuer: issuerAt(textOf(told, 'openid-configuration')) }
}

const untold: Refusal = { reason: null, issuer: null }

/** https only, no name or password in it, and nothing behind it: it is shown to a person and nothing else. */
function issuerAt(page: string | null): string | null {
  if (page === null || page.length > 500 || !URL.canParse(page)) return null
  const { protocol, username, password, search, hash, origin, pathname } = new URL(page)
  if (protocol !== 'https:' || username !== '' || password !== '' || search !== '' || hash !== '' || !wellKnown.test(pathname)) return null
  return `${origin}${pathname.replace(wellKnown, '')}`
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function textOf(value: unknown, name: string): string | null {
  const fields = new Map<string, unknown>(typeof value === 'object' && value !== null ? Object.entries(value) : [])
  const field = fields.get(name)
  return typeof field === 'string' ? field : null
}
