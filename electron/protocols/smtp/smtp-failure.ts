/**
 * SMTP replies as failures: the only place that reads them. The enhanced status code (RFC 3463) decides first, then the reply code
 * (RFC 5321 section 4.2.3).
 */
import { failure } from '../../../shared/failures/failure.ts'
import type { Evidence, Failure, FailureCode } from '../../../shared/failures/failure.ts'
import { serverWords } from '../net/server-words.ts'
import { phraseCode } from '../sasl/refusal-phrases.ts'
import { spoken } from './smtp-reply.ts'
import type { SmtpReply } from './smtp-reply.ts'

/** What the server was asked when it said no. */
export type Asked = 'greeting' | 'command' | 'sign-in' | 'sender' | 'recipient' | 'message'

export function smtpFailure(reply: SmtpReply, asked: Asked, evidence: Evidence): Failure {
  const words = spoken(reply)
  const code = closing(reply) ?? (asked === 'sign-in' ? signInCode(reply, words) : mailCode(reply, asked))
  return failure(code, { ...evidence, replyCode: reply.code, serverWords: serverWords(words) })
}

/** What is said whatever was asked: 421 ends the connection (RFC 5321 section 3.8); with X.7.X it is a limit of the server's. */
function closing({ code, enhanced }: SmtpReply): FailureCode | null {
  // Neither the yes that was asked for nor a no.
  if (code < 400) return 'server.protocol'
  if (code !== 421) return null
  return enhanced?.[1] === 7 ? 'policy.too-fast' : 'server.unavailable'
}

/** RFC 4954 section 6; Google and Microsoft document their own details of X.7. */
function signInCode(reply: SmtpReply, words: string): FailureCode {
  // Words first: Microsoft's 5.7.139 stands for a wrong password as well as for a sign-in that is switched off.
  const phrase = phraseCode(words)
  if (phrase !== null) return phrase
  switch (reply.enhanced?.join('.') ?? '') {
    case '5.7.139':
      return 'policy.basic-auth-off'
    case '5.7.9':
      return 'signin.app-password-needed'
    case '5.7.14':
      return 'signin.second-factor'
    case '5.7.11':
      return 'signin.clear-text-refused'
  }
  if (reply.code === 504) return 'signin.no-mechanism'
  if (reply.code === 538) return 'signin.clear-text-refused'
  return reply.code < 500 ? 'signin.unavailable' : 'signin.rejected'
}

function mailCode(reply: SmtpReply, asked: Exclude<Asked, 'sign-in'>): FailureCode {
  return byEnhanced(reply, asked) ?? byReplyCode(reply.code, asked)
}

function byEnhanced({ code, enhanced }: SmtpReply, asked: Asked): FailureCode | null {
  if (enhanced === null) return null
  const [, subject, detail] = enhanced
  const permanent = code >= 500
  if (isAboutPace(code, enhanced)) return 'policy.too-fast'
  switch (`${subject}.${detail}`) {
    // Storage and size (RFC 3463 sections 3.3 and 3.4).
    case '2.2':
      return 'quota.exceeded'
    case '2.3':
    case '3.4':
      return permanent ? 'message.too-large' : 'send.temporary'
    // RFC 6531 section 3.5.
    case '6.7':
      return 'send.needs-smtputf8'
    // Who may send as whom: bad sender's mailbox or system; Microsoft's SendAsDenied.
    case '1.7':
    case '1.8':
    case '7.60':
      return permanent ? 'policy.sender-refused' : 'send.temporary'
  }
  if (!permanent) return asked === 'greeting' ? 'server.unavailable' : 'send.temporary'
  // 530 asks for sign-in in spite of its 5.7.0.
  // Postfix checks the sender only at RCPT TO, and says 553 5.7.1 where it is not one's own.
  if (subject === 7 && code === 553) return 'policy.sender-refused'
  if (subject === 7 && code !== 530) return asked === 'sender' ? 'policy.sender-refused' : 'policy.refused'
  return null
}

/**
 * The server wants less at a time. X.7.28 is Gmail's, 4.7.500 to 4.7.699 and 4.3.2 to 432 are Exchange Online's; 5.4.5 (Gmail) and 5.1.90
 * (Exchange Online) say that the day's share is used up, with a reply code that means for good and a text that says until tomorrow.
 * Not 4.7.1: greylisting is about one mail.
 */
function isAboutPace(code: number, [, subject, detail]: readonly [number, number, number]): boolean {
  if (subject === 7) return code < 500 && (detail === 28 || (detail >= 500 && detail <= 699))
  if (code === 432) return subject === 3 && detail === 2
  return code === 550 && ((subject === 4 && detail === 5) || (subject === 1 && detail === 90))
}

function byReplyCode(code: number, asked: Exclude<Asked, 'sign-in'>): FailureCode {
  if (asked === 'greeting') return code < 500 || code === 554 ? 'server.unavailable' : 'server.refused'
  if (asked === 'command') return code < 500 ? 'server.unavailable' : 'server.refused'
  switch (code) {
    // A bad sequence of commands is about the conversation, not about the mail.
    case 503:
      return 'server.protocol'
    case 452:
      return 'quota.exceeded'
    case 552:
      return 'message.too-large'
    // RFC 4954 section 6: sign-in is required, and the account is set up to do without.
    case 530:
      return 'signin.rejected'
  }
  if (code < 500) return 'send.temporary'
  switch (asked) {
    case 'sender':
      return 'policy.sender-refused'
    case 'recipient':
      return code === 554 ? 'policy.refused' : 'send.recipient-refused'
    case 'message':
      return 'send.refused'
  }
}

/** Every recipient was refused: why the mail can't go out at all. */
export function allRefused(reasons: readonly Failure[], evidence: Evidence): Failure {
  const [only, ...others] = reasons
  if (only === undefined) return failure('send.all-recipients-refused', evidence)
  if (others.length === 0) return only
  // As long as one is refused for now only, trying again makes sense.
  const temporary = reasons.find(({ code, evidence: { replyCode } }) => code === 'send.temporary' || (replyCode !== undefined && replyCode < 500))
  return temporary !== undefined ? { code: 'send.temporary', evidence: temporary.evidence } : { code: 'send.all-recipients-refused', evidence: only.evidence }
}
