/** POP3's -ERR as failures, by response code (RFC 2449 section 8, RFC 3206, RFC 6856): the only place that reads them. */
import { failure } from '../../../shared/failures/failure.ts'
import type { Evidence, Failure, FailureCode } from '../../../shared/failures/failure.ts'
import { serverWords } from '../net/server-words.ts'
import { phraseCode } from '../sasl/refusal-phrases.ts'

/** `sign-in`: the answer to a password; `message`: to RETR; `command`: to anything else. */
export type Asked = 'sign-in' | 'message' | 'command'

export function pop3Failure(reply: string, asked: Asked, evidence: Evidence): Failure {
  const said = { ...evidence, serverWords: serverWords(reply.replace(/^-ERR ?/i, '')) }
  return failure(codeOf(reply, asked), said)
}

function codeOf(reply: string, asked: Asked): FailureCode {
  const responseCode = /^-ERR \[([^\]]{1,64})\]/i.exec(reply)?.[1]?.toUpperCase() ?? ''
  const phrase = asked === 'sign-in' ? phraseCode(reply) : null
  if (phrase !== null) return phrase
  // RFC 2449 section 8: codes are hierarchical, and what comes after a part that is known may be left alone.
  switch (/^(?:SYS\/[A-Z]+|[A-Z\d-]+)/.exec(responseCode)?.[0] ?? '') {
    case 'IN-USE':
      return 'mailbox.in-use'
    case 'LOGIN-DELAY':
      return 'policy.too-fast'
    case 'AUTH':
      return asked === 'sign-in' ? 'signin.rejected' : 'server.refused'
    case 'SYS/TEMP':
      return asked === 'sign-in' ? 'signin.unavailable' : 'server.unavailable'
    case 'SYS/PERM':
    // RFC 6856 section 5: the server will not show this without the UTF8 command, which it refused.
    case 'UTF8':
      return 'server.refused'
  }
  switch (asked) {
    case 'sign-in':
      return 'signin.rejected'
    // RFC 1939 section 5 gives RETR one reason to fail: no such message.
    case 'message':
      return 'message.gone'
    case 'command':
      return 'server.refused'
  }
}
