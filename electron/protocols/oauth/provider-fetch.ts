/**
 * What openid-client calls `fetch`: its requests go through the same HTTPS client as all others, with the same trust, limits and time limits.
 * A redirect is an answer and not followed: a token endpoint that redirects would have the code or the refresh token sent elsewhere.
 */
import type { CustomFetch } from 'openid-client'
import type { HttpsClient } from '../net/https-request.ts'
import { NotAnswered } from './oauth-failure.ts'

/** Answers are small JSON documents; Google's and Microsoft's keys take 3 to 20 KB. */
const mostBytes = 256 * 1024
/** Bodyless by definition; `Response` refuses them with one (Fetch section 2.2.3). */
const withoutBody: ReadonlySet<number> = new Set([101, 103, 204, 205, 304])

export function providerFetch({ ask }: Pick<HttpsClient, 'ask'>): CustomFetch {
  return async (url, { method, headers, body, signal }) => {
    const { authorization, ...others } = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    const answer = await ask({
      url,
      method: method === 'POST' ? 'POST' : 'GET',
      headers: others,
      ...(authorization !== undefined && { authorization }),
      ...(body instanceof URLSearchParams && { body: body.toString() }),
      ...(typeof body === 'string' && { body }),
      mostBytes,
      withinSeconds: 30,
      ...(signal !== undefined && { signal }),
    })
    if (!answer.ok) throw new NotAnswered(answer.failure)
    const { status, headers: fields } = answer.value
    // Response takes 200 to 599 only.
    if (status < 200 || status > 599) throw new NotAnswered({ code: 'server.protocol', evidence: { replyCode: status } })
    return new Response(withoutBody.has(status) ? null : new Uint8Array(answer.value.body), { status, headers: Object.fromEntries(fields) })
  }
}
