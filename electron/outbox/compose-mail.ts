/**
 * A mail as a person wrote it → the bytes of an RFC 5322 message, streamed, so that a large attachment is never in memory.
 * No Bcc field is ever written (RFC 5322 section 3.6.3), and nothing a person typed can begin a header line of its own.
 */
import { domainToASCII } from 'node:url'
import type MailComposer from 'nodemailer/lib/mail-composer'
import type { Letterhead } from '../../shared/model/letterhead.ts'
import type { ComposedMail } from '../../shared/model/outgoing-mail.ts'
import { withCrlf } from './crlf-lines.ts'
import { letterWords } from './letter-words.ts'

export interface AttachedFile {
  readonly name: string
  readonly path: string
  /** Bytes, and `stampOf` it, where it was looked at before: with another stamp it is not what was looked at. */
  readonly size?: number
  readonly stamp?: string
  /** What stands at `path`, where it was read already. */
  readonly content?: Buffer
}

/** What composing takes of a mail. The recipients of Bcc are no business of the message's. */
export type Letter = Pick<ComposedMail, 'to' | 'cc' | 'subject' | 'text' | 'html' | 'inReplyTo' | 'readReceipt'>

export interface MailStamp {
  readonly messageId: string
  readonly date: Date
}

/** Composes for one sender after the other: nothing is kept between two mails, so it may be called as often as there are mails. */
export async function* composeMail(letterhead: Letterhead, mail: Letter, attachments: readonly AttachedFile[], stamp: MailStamp): AsyncGenerator<Uint8Array> {
  // Attached messages keep whatever line ends they have, and the library lets a bare CR through.
  // Brings an HTTP client along: only who composes waits for it.
  const { default: Composer } = await import('nodemailer/lib/mail-composer')
  yield* withCrlf(new Composer(fieldsOf(letterhead, mail, attachments, stamp)).compile().createReadStream())
}

function fieldsOf(letterhead: Letterhead, mail: Letter, attachments: readonly AttachedFile[], stamp: MailStamp): ConstructorParameters<typeof MailComposer>[0] {
  const { from, replyTo, organization } = letterhead
  const inReplyTo = mail.inReplyTo === null ? '' : messageIdsIn(mail.inReplyTo)
  const { text, html } = letterWords(letterhead, mail)
  return {
    messageId: stamp.messageId,
    date: stamp.date,
    from: addressee(from.name, from.address),
    ...(replyTo === null ? {} : { replyTo: addressee(replyTo.name, replyTo.address) }),
    // Nobody but Bcc: an empty group says so (RFC 5322 section A.1.3); without any To or Cc some servers think of junk.
    to: mail.to.length + mail.cc.length === 0 ? 'undisclosed-recipients:;' : mail.to.map(({ name, address }) => addressee(name, address)),
    cc: mail.cc.map(({ name, address }) => addressee(name, address)),
    subject: plainLine(mail.subject),
    ...(inReplyTo === '' ? {} : { inReplyTo, references: inReplyTo }),
    headers: {
      'User-Agent': 'Mailroom',
      ...(organization === '' ? {} : { Organization: plainLine(organization) }),
      ...receiptHeader(letterhead, mail),
    },
    text,
    ...(html === null ? {} : { html }),
    attachments: attachments.map(({ name, path, content }) => ({ filename: attachmentName(name), ...(content === undefined ? { path } : { content }), contentDisposition: 'attachment' as const })),
    disableUrlAccess: true,
  }
}

/** `<ID@DOMAIN>`, unique as long as `id` is (RFC 5322 section 3.6.4). */
export function messageIdOf(id: string, address: string): string {
  const domain = domainToASCII(address.slice(address.lastIndexOf('@') + 1))
  return `<${id}@${domain === '' ? 'mailroom.invalid' : domain}>`
}

/**
 * The ids as another program wrote them. One that is not of ASCII is left out: it would go out as it came, and where the library folds at a
 * space that only Unicode knows, the rest of the line would be a field of its own.
 */
function messageIdsIn(text: string): string {
  const ids = plainLine(text)
  return isAscii(ids) ? ids : ''
}

/** What an attachment is called in the mail: the last part of a path, on one line. */
export function attachmentName(name: string): string {
  const last = plainLine(name).split(/[/\\]/).at(-1) ?? ''
  return last.slice(0, 255).toWellFormed() || 'attachment'
}

/** RFC 8098 section 2.1. Where answers go somewhere else, `reply-to` is there; else it is the account's own address. */
function receiptHeader({ readReceipt, replyTo, accountAddress }: Letterhead, mail: Letter): Record<string, string> {
  const wanted = mail.readReceipt ?? readReceipt
  if (wanted === 'none') return {}
  const address = wanted === 'reply-to' && replyTo !== null ? replyTo.address : accountAddress
  return { 'Disposition-Notification-To': `<${wireAddress(plainAddress(address))}>` }
}

/**
 * An address that stands in the header only and whose local part is not ASCII, in a mail whose envelope is: such a header needs
 * SMTPUTF8 (RFC 6531 section 3.4), which only an address of the envelope asks for. null = there is none.
 */
export function addressInHeaderOnly({ replyTo, mailFrom }: Letterhead, recipients: readonly string[]): string | null {
  if (replyTo === null || isAscii(wireAddress(replyTo.address)) || ![mailFrom, ...recipients].every((address) => isAscii(wireAddress(address)))) return null
  return replyTo.address
}

// oxlint-disable-next-line no-control-regex -- all of ASCII is meant
const isAscii = (text: string) => /^[\u0000-\u007f]*$/.test(text)

/** A domain in ASCII (RFC 5891): nothing but a local part can make a message need SMTPUTF8. */
function wireAddress(address: string): string {
  const at = address.lastIndexOf('@')
  const domain = domainToASCII(address.slice(at + 1))
  return at < 0 || domain === '' ? address : `${address.slice(0, at)}@${domain}`
}

function addressee(name: string, address: string) {
  return { name: plainLine(name), address: plainAddress(address) }
}

/** Unlike a name it goes out as it is, and the library would fold it at a space that no server takes for one. */
function plainAddress(address: string): string {
  return plainLine(address.replace(/\s/gu, ' '))
}

/** The schemas refuse control characters already; here nothing has to be believed. */
function plainLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}
