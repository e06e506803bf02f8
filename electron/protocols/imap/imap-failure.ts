/** IMAP's NO, BAD and BYE as failures: the only place that reads them. */
import { failure } from '../../../shared/failures/failure.ts'
import type { Evidence, Failure, FailureCode } from '../../../shared/failures/failure.ts'
import { serverWords } from '../net/server-words.ts'
import { phraseCode } from '../sasl/refusal-phrases.ts'

export type Asked = 'sign-in' | 'command' | 'message'

/** `text` is what follows NO, BAD or BYE. */
export function imapFailure(text: string, asked: Asked, evidence: Evidence): Failure {
  const code = /^\[([A-Z\d-]{1,40})(?: [^\]]*)?\]/i.exec(text)?.[1]?.toUpperCase() ?? ''
  const phrase = asked === 'sign-in' ? phraseCode(text) : null
  return failure(phrase ?? byResponseCode(code, asked) ?? fallback(asked), { ...evidence, serverWords: serverWords(text) })
}

/** RFC 5530, RFC 9051 section 7.1, RFC 9208 (OVERQUOTA). */
function byResponseCode(code: string, asked: Asked): FailureCode | null {
  switch (code) {
    case 'AUTHENTICATIONFAILED':
    case 'AUTHORIZATIONFAILED':
    case 'EXPIRED':
      return 'signin.rejected'
    case 'CONTACTADMIN':
      return 'signin.locked'
    case 'PRIVACYREQUIRED':
      return 'signin.clear-text-refused'
    // Yahoo says so of a sign-in: nothing is known of the password.
    case 'SERVERBUG':
      return asked === 'sign-in' ? 'signin.unavailable' : null
    case 'UNAVAILABLE':
      return asked === 'sign-in' ? 'signin.unavailable' : 'server.unavailable'
    case 'INUSE':
      return 'mailbox.in-use'
    // RFC 2221, RFC 2193: nobody goes where a server sends him, least of all with a password.
    case 'REFERRAL':
      return 'server.elsewhere'
    case 'LIMIT':
      return 'connect.too-many'
    case 'THROTTLED':
      return 'policy.too-fast'
    // RFC 4469 section 4.2, RFC 7889 section 4.
    case 'TOOBIG':
      return 'message.too-large'
    case 'OVERQUOTA':
      return 'quota.exceeded'
    case 'NONEXISTENT':
    case 'TRYCREATE':
      return 'mailbox.missing'
    case 'ALREADYEXISTS':
      return 'mailbox.exists'
    case 'EXPUNGEISSUED':
      return 'message.gone'
    default:
      return null
  }
}

function fallback(asked: Asked): FailureCode {
  switch (asked) {
    case 'sign-in':
      return 'signin.rejected'
    case 'message':
      return 'message.gone'
    case 'command':
      return 'server.refused'
  }
}
