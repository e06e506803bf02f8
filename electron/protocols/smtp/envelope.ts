/** The SMTP envelope (RFC 5321 section 2.3.1): its commands with their parameters, and what became of each recipient. */
import { domainToASCII } from 'node:url'
import type { Failure } from '../../../shared/failures/failure.ts'
import type { RecipientAnswer, SubmitRequest } from '../mail-session.ts'
import { serverWords } from '../net/server-words.ts'
import type { Extensions } from './greet-smtp.ts'
import { spoken, type SmtpReply } from './smtp-reply.ts'

export interface EnvelopeCommands {
  readonly mail: string
  /** One for each recipient, in their order. */
  readonly recipients: readonly string[]
}

/** Parameters only where the server announced what they belong to (RFC 5321 section 4.1.1.11). */
export function envelopeCommands({ mailFrom, recipients, size, envelopeId }: Omit<SubmitRequest, 'file' | 'submitting'>, extensions: Extensions): EnvelopeCommands {
  const wantsReport = envelopeId !== null && extensions.has('DSN')
  const parameters = [
    // RFC 1870 section 3; RFC 6152 section 3; RFC 6531 section 3.4.
    ...(extensions.has('SIZE') && size > 0 ? [`SIZE=${size}`] : []),
    ...(extensions.has('8BITMIME') ? ['BODY=8BITMIME'] : []),
    ...(needsSmtpUtf8([mailFrom, ...recipients]) ? ['SMTPUTF8'] : []),
    // RFC 3461 section 4: the report is to name this envelope and quote the header only.
    ...(wantsReport ? ['RET=HDRS', `ENVID=${xtext(envelopeId)}`] : []),
  ]
  const report = (address: string) => (wantsReport ? ['NOTIFY=SUCCESS,FAILURE,DELAY', ...originalRecipient(address)] : [])
  return {
    mail: [`MAIL FROM:<${wireAddress(mailFrom)}>`, ...parameters].join(' '),
    recipients: recipients.map((address) => [`RCPT TO:<${wireAddress(address)}>`, ...report(address)].join(' ')),
  }
}

/** RFC 3461 section 4.2. What isn't ASCII has a form of its own that older servers refuse (RFC 6533 section 3): left out. */
function originalRecipient(address: string): readonly string[] {
  return needsSmtpUtf8([address]) ? [] : [`ORCPT=rfc822;${xtext(wireAddress(address))}`]
}

/** RFC 3461 section 4. */
function xtext(text: string): string {
  return text.replace(/[^!-*,-<>-~]/g, (letter) => `+${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
}

/** Domains go out in ASCII (RFC 5891), which every server understands; a local part can't be rewritten. */
export function wireAddress(address: string): string {
  const at = address.lastIndexOf('@')
  const domain = domainToASCII(address.slice(at + 1))
  return at < 0 || domain === '' ? address : `${address.slice(0, at)}@${domain}`
}

export function needsSmtpUtf8(addresses: readonly string[]): boolean {
  // oxlint-disable-next-line no-control-regex -- all of ASCII is meant
  return addresses.some((address) => /[^\u0000-\u007f]/.test(wireAddress(address)))
}

/** `replies` = those to RCPT TO, as far as they came. `reason` null = the message was taken; else who was not refused by name shares the fate of the whole. */
export function recipientsAfter({ recipients }: Pick<SubmitRequest, 'recipients'>, replies: readonly SmtpReply[], reason: Failure | null): readonly RecipientAnswer[] {
  return recipients.map((address, index) => {
    const reply = replies[index]
    if (reply !== undefined && reply.code >= 300) return { address, accepted: false, replyCode: reply.code, words: serverWords(spoken(reply)) }
    return { address, accepted: reason === null, replyCode: null, words: reason?.evidence.serverWords ?? null }
  })
}
