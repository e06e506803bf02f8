/**
 * What a failed submission means for the mail and for the rest of the queue (D3, D4). The SMTP reply code decides; a failure
 * code only where the server said nothing.
 */
import type { Failure } from '../../../shared/failures/failure.ts'
import type { RecipientAnswer } from '../../protocols/mail-session.ts'

/**
 * - `for-good`   this mail is refused, the others go on
 * - `for-now`    this mail is tried again later, the others go on
 * - `unknown`    the server may have it: never sent again by itself, and the run stops before more become unknown
 */
export type Judgement = 'for-good' | 'for-now' | 'unknown'

export function judgeRefusal(failure: Failure, recipients: readonly RecipientAnswer[]): Judgement {
  if (failure.code === 'send.outcome-unknown') return 'unknown'
  const codes = recipients.filter(({ accepted }) => !accepted).flatMap(({ replyCode }) => replyCode ?? [])
  if (failure.code === 'send.all-recipients-refused' && codes.length > 0) return codes.some(isTransient) ? 'for-now' : 'for-good'
  // A day's share that is used up, and a conversation gone wrong, say nothing about the mail, whatever their reply code.
  if (failure.code === 'policy.too-fast' || failure.code === 'server.protocol') return 'for-now'
  const { replyCode } = failure.evidence
  if (replyCode !== undefined && replyCode >= 400) return isTransient(replyCode) ? 'for-now' : 'for-good'
  return saysNothingAboutTheMail(failure) ? 'for-now' : 'for-good'
}

/** RFC 5321 section 4.2.1: 4yz is a transient negative reply. */
function isTransient(replyCode: number): boolean {
  return replyCode >= 400 && replyCode < 500
}

/** The connection failed, or somebody here cut it. */
function saysNothingAboutTheMail({ code }: Failure): boolean {
  return /^(dns|connect|tls)\./.test(code) || code === 'job.cancelled' || code === 'server.unavailable' || code === 'send.temporary' || code === 'server.answer-too-long'
}

/** May the connection be used for the next mail? Not after 421 (RFC 5321 section 3.8), and not when it is what failed. */
export function connectionSurvives(failure: Failure, recipients: readonly RecipientAnswer[]): boolean {
  if (failure.evidence.replyCode === 421 || recipients.some(({ replyCode }) => replyCode === 421)) return false
  return !/^(dns|connect|tls|server)\./.test(failure.code) && failure.code !== 'job.cancelled' && failure.code !== 'send.outcome-unknown'
}

/** Did this happen before the server heard of any mail: no network, no server, no sign-in? */
export function isBeforeTheMail({ code }: Failure): boolean {
  return /^(dns|tls|signin|secrets|account)\./.test(code) || (code.startsWith('connect.') && code !== 'connect.lost') || code === 'policy.basic-auth-off' || code === 'send.switched-off' || code === 'send.no-server'
}
