/**
 * A mail as a person wrote it → the bytes of an RFC 5322 message, streamed, so that a large attachment is never in memory.
 * No Bcc field is ever written (RFC 5322 section 3.6.3), and nothing a person typed can begin a header line of its own.
 */
import { domainToASCII } from 'node:url'
import type MailComposer from 'nodemailer/lib/mail-composer'
import type { Account } from '../../shared/model/account.ts'
import type { ComposedMail } from '../../shared/model/outgoing-mail.ts'
import { withCrlf } from './crlf-lines.ts'

export interface AttachedFile {
  readonly name: string
  readonly path: string
}

export interface MailStamp {
  readonly messageId: string
  readonly date: Date
}

export async function* composeMail(account: Account, mail: ComposedMail, attachments: readonly AttachedFile[], stamp: MailStamp): AsyncGenerator<Uint8Array> {
  // Attached messages keep whatever line ends they have, and the library lets a bare CR through.
  // Brings an HTTP client along: only who composes waits for it.
  const { default: Composer } = await import('nodemailer/lib/mail-composer')
  yield* withCrlf(new Composer(fieldsOf(account, mail, attachments, stamp)).compile().createReadStream())
}

function fieldsOf(account: Account, mail: ComposedMail, attachments: readonly AttachedFile[], stamp: MailStamp): ConstructorParameters<typeof MailComposer>[0] {
  const { user, sending } = account
  const inReplyTo = mail.inReplyTo === null ? '' : plainLine(mail.inReplyTo)
  return {
    messageId: stamp.messageId,
    date: stamp.date,
    from: addressee(user.displayName, user.address),
    ...(user.replyToAddress === '' ? {} : { replyTo: addressee(user.replyToName, user.replyToAddress) }),
    // Nobody but Bcc: an empty group says so (RFC 5322 section A.1.3); without any To or Cc some servers think of junk.
    to: mail.to.length + mail.cc.length === 0 ? 'undisclosed-recipients:;' : mail.to.map(({ name, address }) => addressee(name, address)),
    cc: mail.cc.map(({ name, address }) => addressee(name, address)),
    subject: plainLine(mail.subject),
    ...(inReplyTo === '' ? {} : { inReplyTo, references: inReplyTo }),
    headers: {
      'User-Agent': 'Mailroom',
      ...(user.organization === '' ? {} : { Organization: plainLine(user.organization) }),
      ...receiptHeader(account),
    },
    text: textOf(mail.text, sending.signature, sending.footer),
    attachments: attachments.map(({ name, path }) => ({ filename: attachmentName(name), path, contentDisposition: 'attachment' as const })),
    disableUrlAccess: true,
  }
}

/** `<ID@DOMAIN>`, unique as long as `id` is (RFC 5322 section 3.6.4). */
export function messageIdOf(id: string, address: string): string {
  const domain = domainToASCII(address.slice(address.lastIndexOf('@') + 1))
  return `<${id}@${domain === '' ? 'mailroom.invalid' : domain}>`
}

/** The signature after the line every mail program knows (RFC 3676 section 4.3), then the footer. */
export function textOf(text: string, signature: string, footer: string): string {
  const signed = signature.trim() === '' ? text : `${text}\n\n-- \n${signature}`
  return footer.trim() === '' ? signed : `${signed}\n\n${footer}`
}

/** What an attachment is called in the mail: the last part of a path, on one line. */
export function attachmentName(name: string): string {
  const last = plainLine(name).split(/[/\\]/).at(-1) ?? ''
  return last.slice(0, 255).toWellFormed() || 'attachment'
}

/** RFC 8098 section 2.1. */
function receiptHeader({ user, sending }: Account): Record<string, string> {
  if (sending.readReceipt === 'none') return {}
  const address = sending.readReceipt === 'reply-to' && user.replyToAddress !== '' ? user.replyToAddress : user.address
  return { 'Disposition-Notification-To': `<${plainLine(address)}>` }
}

function addressee(name: string, address: string) {
  return { name: plainLine(name), address: plainLine(address) }
}

/** The schemas refuse control characters already; here nothing has to be believed. */
function plainLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}
