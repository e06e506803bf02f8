/**
 * What goes wrong between Mailroom and an OAuth provider, as failures: the only place that reads openid-client's errors and the error codes
 * of RFC 6749 (section 5.2), RFC 6749 section 4.1.2.1, RFC 8628 section 3.5 and OpenID Connect Core section 3.1.2.6.
 *
 * A person is asked to sign in again only where the provider said in so many words that the permission is over. A fault of the network, of the
 * provider, or an answer nobody can read is later's business.
 */
import { failure, type Evidence, type Failure, type FailureCode } from '../../../shared/failures/failure.ts'
import { serverWords } from '../net/server-words.ts'

/** How a request to the provider failed on the way, carried through openid-client, which knows nothing of it. */
export class NotAnswered extends Error {
  readonly failure: Failure

  constructor(reason: Failure) {
    super(reason.code)
    this.failure = reason
  }
}

const byOAuthError: Readonly<Record<string, FailureCode>> = {
  // The permission itself: used up, withdrawn, expired, or a policy that wants the person once more.
  invalid_grant: 'signin.again',
  interaction_required: 'signin.again',
  login_required: 'signin.again',
  consent_required: 'signin.again',
  account_selection_required: 'signin.again',
  access_denied: 'signin.denied',
  authorization_declined: 'signin.denied',
  expired_token: 'signin.not-finished',
  // The provider, for now.
  server_error: 'signin.provider-unavailable',
  temporarily_unavailable: 'signin.provider-unavailable',
  slow_down: 'signin.provider-unavailable',
}

/** `secret`s are what was sent, which a provider may quote back. */
export function oauthFailure(error: unknown, evidence: Evidence, secrets: readonly string[] = []): Failure {
  const cause = notAnswered(error)
  if (cause !== null) return cause.code === 'job.cancelled' ? cause : failure('signin.provider-unavailable', { ...evidence, detail: cause.code })
  const { error: code, error_description: description, status } = errorFields(error)
  if (code === null) {
    // RFC 6749 section 5.2: an unknown client may be told so by a challenge instead of in the body.
    const unknownClient = error instanceof Error && error.name === 'WWWAuthenticateChallengeError' && status === 401
    return failure(unknownClient ? 'signin.provider-refused' : 'signin.provider-unavailable', { ...evidence, ...(status !== null && { replyCode: status }), detail: libraryCode(error) })
  }
  const words = secrets.reduce((said, secret) => said.replaceAll(secret, '…'), [code, description].filter((part) => part !== null).join(': '))
  // RFC 6749 section 5.2 has these with 400 and 401; with a 5xx or 429 it is the provider's own trouble, whatever it calls it.
  const troubled = status !== null && (status >= 500 || status === 429)
  return failure(troubled ? 'signin.provider-unavailable' : (byOAuthError[code] ?? 'signin.provider-refused'), {
    ...evidence,
    serverWords: serverWords(words),
    ...(status !== null && { replyCode: status }),
  })
}

function notAnswered(error: unknown): Failure | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (at instanceof NotAnswered) return at.failure
  }
  return null
}

/** ResponseBodyError and AuthorizationResponseError carry the provider's fields; errors of HTTP's own carry the response. */
function errorFields(error: unknown): { readonly error: string | null; readonly error_description: string | null; readonly status: number | null } {
  const fields: Readonly<Record<string, unknown>> = typeof error === 'object' && error !== null ? { ...error } : {}
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  const cause = error instanceof Error ? error.cause : null
  const ownStatus = fields['status']
  const status = typeof ownStatus === 'number' ? ownStatus : cause instanceof Response ? cause.status : null
  return { error: text(fields['error']), error_description: text(fields['error_description']), status }
}

function libraryCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const { code } = error as { readonly code?: unknown }
  return typeof code === 'string' ? code : error.name
}
