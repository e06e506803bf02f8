/**
 * What a provider has in front of its mail: takes an access token that the lab's OAuth provider says is good, and passes the request on to
 * Cyrus, which knows nothing of tokens, with a password. Whoever has none, or one that is over, gets 401 (RFC 6750 section 3).
 */
import type { ServerResponse } from 'node:http'
import { textOf, visit } from '../protocol/lab-provider.ts'
import { lab } from '../servers/lab.ts'
import { type Heard, httpFront, type HttpFront, passOn } from './http-front.ts'

export interface BearerFront extends HttpFront {
  /** Of all requests that were let in. */
  readonly tokens: ReadonlySet<string>
  refused(): number
  /** From now on this one is refused, as if its time were over: at the provider one cannot end alone. */
  end(token: string): void
}

/** `before` may change what becomes of a request whose token is good; true = it was answered. */
export async function bearerFront(before: (heard: Heard, token: string, answer: ServerResponse) => boolean | Promise<boolean> = () => false): Promise<BearerFront> {
  const tokens = new Set<string>()
  const over = new Set<string>()
  let refused = 0
  const front = await httpFront(async (heard, answer, ask) => {
    const token = /^Bearer ([\w.~+/-]+=*)$/.exec(heard.authorization ?? '')?.[1] ?? null
    const user = token === null || over.has(token) ? null : await ownerOf(token)
    if (token === null || user === null) {
      refused += 1
      return void answer.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"', 'content-type': 'application/problem+json' }).end(JSON.stringify({ detail: `The token ${token} has expired.` }))
    }
    tokens.add(token)
    if (await before(heard, token, answer)) return
    const authorization = `Basic ${Buffer.from(`${user}:${lab.password}`).toString('base64')}`
    return passOn(heard, answer, () => ask({ authorization }))
  })
  return { ...front, tokens, refused: () => refused, end: (token) => void over.add(token) }
}

/** Asked of the provider, as Dovecot does (RFC 7662). */
async function ownerOf(token: string): Promise<string | null> {
  const answer = await visit(new URL(`${lab.oidcIssuer}/lab/introspect?token=${encodeURIComponent(token)}`))
  const { active, username } = JSON.parse(await textOf(answer)) as { readonly active: boolean; readonly username?: string }
  return active ? (username ?? null) : null
}
