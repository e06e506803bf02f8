/** The SMTP envelope (RFC 5321 section 2.3.1) as nodemailer takes it, and what became of each recipient. */
import { domainToASCII } from 'node:url'
import type { Failure } from '../../../shared/failures/failure.ts'
import type { RecipientAnswer, SubmitRequest } from '../mail-session.ts'
import { serverWords } from '../net/server-words.ts'
import { replyIn } from './smtp-failure.ts'
import { spoken } from './smtp-reply.ts'

/** nodemailer writes the answers into the object it was given. */
export interface Envelope {
  readonly from: string
  readonly to: string[]
  readonly size: number
  readonly use8BitMime: true
  readonly dsn?: { readonly id: string; readonly ret: 'HDRS'; readonly notify: string[] }
  readonly accepted?: readonly string[]
  readonly rejectedErrors?: readonly (Error & { readonly recipient?: string })[]
}

export function envelopeOf({ mailFrom, recipients, size, envelopeId }: SubmitRequest): Envelope {
  return {
    from: wireAddress(mailFrom),
    to: recipients.map(wireAddress),
    size,
    use8BitMime: true,
    // RFC 3461 section 4: the report is to name this envelope and quote the header only.
    ...(envelopeId !== null && { dsn: { id: envelopeId, ret: 'HDRS' as const, notify: ['SUCCESS', 'FAILURE', 'DELAY'] } }),
  }
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

/** `reason` null = the message was taken; else it was not, and who was not refused by name shares the fate of the whole. */
export function recipientsAfter({ recipients }: SubmitRequest, envelope: Envelope, reason: Failure | null): readonly RecipientAnswer[] {
  return recipients.map((address) => {
    const refusal = envelope.rejectedErrors?.find(({ recipient }) => recipient === wireAddress(address))
    const reply = refusal === undefined ? null : replyIn(refusal)
    if (refusal !== undefined) return { address, accepted: false, replyCode: reply?.code ?? null, words: reply === null ? null : serverWords(spoken(reply)) }
    return { address, accepted: reason === null, replyCode: null, words: reason?.evidence.serverWords ?? null }
  })
}
