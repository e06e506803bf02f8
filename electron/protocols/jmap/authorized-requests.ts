/**
 * Requests that carry the account's sign-in: a password (Basic, RFC 7617), or an access token (Bearer, RFC 6750), which lives for minutes while
 * a run may take hours. So a token is asked for anew with every request, and one that the server refuses although it should be good is
 * replaced once: a request that was answered 401 was not carried out. The second refusal is the answer: a person must sign in again.
 */
import { done, failed, failure, type Failure, type Outcome } from '../../../shared/failures/failure.ts'
import type { HttpsAnswer, HttpsClient, HttpsRequest, SinkOf } from '../net/https-request.ts'
import type { Credentials, SignInWith } from '../net/server-target.ts'
import { withoutSecret } from '../net/server-words.ts'
import { checkCredentials } from '../sasl/sign-in.ts'

export interface AuthorizedRequests {
  readonly method: Credentials['method']
  ask(request: HttpsRequest, sinkOf?: SinkOf): Promise<Outcome<HttpsAnswer>>
  /** As it may be told: without what was sent as a sign-in, and a token's refusal as what it asks of a person. */
  refusal(reason: Failure): Outcome<never>
  close(): void
}

/** null = a way to sign in that HTTP has not. */
export function authorizedRequests(https: HttpsClient, signIn: SignInWith, signal: AbortSignal): AuthorizedRequests | null {
  if (signIn.method === 'spa') return null
  const tokens = 'tokens' in signIn ? signIn.tokens : null
  const sent = new Set<string>()

  function authorizationOf(secret: string): Outcome<string> {
    const { userName } = signIn
    const sound = checkCredentials({ userName, secret, method: signIn.method })
    if (!sound.ok) return sound
    sent.add(secret)
    if (signIn.method === 'oauth2') return done(`Bearer ${secret}`)
    // The first colon ends the name (RFC 7617 section 2).
    return userName.includes(':') ? failed('input.invalid', { detail: 'a colon in the user name' }) : done(`Basic ${Buffer.from(`${userName}:${secret}`, 'utf8').toString('base64')}`)
  }

  async function askWith(secret: string, request: HttpsRequest, sinkOf?: SinkOf): Promise<Outcome<HttpsAnswer>> {
    const authorization = authorizationOf(secret)
    return authorization.ok ? https.ask({ ...request, authorization: authorization.value }, sinkOf) : authorization
  }

  return {
    method: signIn.method,
    async ask(request, sinkOf) {
      const secret: Outcome<string> = 'tokens' in signIn ? await signIn.tokens.current(signal) : done(signIn.secret)
      if (!secret.ok) return secret
      const answer = await askWith(secret.value, request, sinkOf)
      // What is asked once only (`beforeSending`) is not asked again, whatever the answer.
      if (tokens === null || !answer.ok || answer.value.status !== 401 || request.beforeSending !== undefined) return answer
      const other = await tokens.insteadOf(secret.value, signal)
      return other.ok ? askWith(other.value, request, sinkOf) : other
    },
    refusal(reason) {
      const told = reason.code === 'signin.rejected' && signIn.method === 'oauth2' ? failure('signin.again', reason.evidence) : reason
      return [...sent].reduce<Outcome<never>>((outcome, secret) => withoutSecret(outcome, secret), { ok: false, failure: told })
    },
    close: () => https.close(),
  }
}
