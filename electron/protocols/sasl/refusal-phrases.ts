/**
 * What the large providers say, word for word, when they refuse a sign-in for a reason that no response code of POP3 or IMAP
 * can name. The only place where words decide, and only after a refusal. Null = nothing known.
 *
 * Sources: Google "Sign in with app passwords" (185833) and "POP and IMAP error messages" (78754); Microsoft "Deprecation of
 * Basic authentication in Exchange Online"; Yahoo "Third-party apps requiring app passwords" (SLN15241).
 */
import type { FailureCode } from '../../../shared/failures/failure.ts'

const phrases: readonly (readonly [RegExp, FailureCode])[] = [
  [/application-specific password required|app password/i, 'signin.app-password-needed'],
  [/please log in via your web browser|web login required/i, 'signin.second-factor'],
  [/basic authentication is disabled|basicauthblocked|basic auth(?:entication)? is not supported/i, 'policy.basic-auth-off'],
]

export function phraseCode(words: string): FailureCode | null {
  return phrases.find(([phrase]) => phrase.test(words))?.[1] ?? null
}
