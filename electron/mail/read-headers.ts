/**
 * What a list shows of a message, from its header block alone: bounded work whatever the bytes are, and never an exception.
 * What a sender wrote comes out as one plain line: control characters and those that turn the reading direction are gone.
 */
import { isUtf8 } from 'node:buffer'
import libmime from 'libmime'
import addressparser from 'nodemailer/lib/addressparser'
import type { MailboxAddress } from '../../shared/model/message.ts'
import { parseDate } from './parse-date.ts'

export interface MessageHeaders {
  readonly from: MailboxAddress | null
  readonly to: readonly MailboxAddress[]
  readonly subject: string
  /** Milliseconds since 1970; null when there is no Date that can be read. */
  readonly date: number | null
  /** As far as the header tells: only the parts themselves tell for sure. */
  readonly hasAttachments: boolean
  /** False = not one header field could be recognised. */
  readonly readable: boolean
  /** Sent to many, or by a program: a list (RFC 2369, RFC 2919), a newsletter, an automatic answer (RFC 3834). */
  readonly bulk: boolean
}

/** So much of a message is looked at for its headers, bytes. */
export const headerLimit = 256 * 1024
const fieldLimit = 16 * 1024
const subjectLimit = 500
const nameLimit = 200
const addresseeLimit = 50

const unreadable: MessageHeaders = { from: null, to: [], subject: '', date: null, hasAttachments: false, readable: false, bulk: false }

export function readHeaders(start: Uint8Array): MessageHeaders {
  try {
    return read(headerBlock(start))
  } catch {
    // Libraries throw on some malformed input; the message is kept all the same, and shown raw.
    return unreadable
  }
}

/** What only the reader of one message wants to see. */
export interface MoreHeaders {
  readonly cc: readonly MailboxAddress[]
  readonly replyTo: readonly MailboxAddress[]
  readonly messageId: string | null
}

export function readMoreHeaders(start: Uint8Array): MoreHeaders {
  try {
    const first = fieldsOf(headerBlock(start))
    return { cc: readAddresses(first('cc')), replyTo: readAddresses(first('reply-to')), messageId: oneLine(first('message-id'), 998) || null }
  } catch {
    return { cc: [], replyTo: [], messageId: null }
  }
}

function read(block: string): MessageHeaders {
  if (!/^[!-9;-~]{1,200}[ \t]*:/m.test(block)) return unreadable
  const first = fieldsOf(block)
  const from = readAddresses(first('from'))[0] ?? readAddresses(first('sender'))[0] ?? null
  const contentType = libmime.parseHeaderValue(first('content-type')).value || 'text/plain'
  const disposition = libmime.parseHeaderValue(first('content-disposition')).value || 'inline'
  return {
    from,
    to: readAddresses(first('to')),
    subject: oneLine(libmime.decodeWords(first('subject')), subjectLimit),
    date: parseDate(first('date')),
    hasAttachments: /^multipart\/mixed|^(?:application|audio|image|video)\//i.test(contentType) || /^attachment/i.test(disposition),
    readable: true,
    bulk: isBulk(first),
  }
}

function isBulk(first: (name: string) => string): boolean {
  return (
    first('list-id') !== '' || first('list-unsubscribe') !== '' || first('list-post') !== '' ||
    /^\s*(?:bulk|list|junk)\b/i.test(first('precedence')) || /^\s*auto-/i.test(first('auto-submitted'))
  )
}

function fieldsOf(block: string): (name: string) => string {
  const fields = libmime.decodeHeaders(block)
  return (name) => (fields[name]?.[0] ?? '').slice(0, fieldLimit)
}

/** The header block as text: UTF-8 (RFC 6532) where it is valid, else Latin-1, which is how raw 8-bit headers mostly are meant. */
function headerBlock(start: Uint8Array): string {
  const bytes = Buffer.from(start.buffer, start.byteOffset, Math.min(start.byteLength, headerLimit))
  const ends = [bytes.indexOf('\r\n\r\n'), bytes.indexOf('\n\n')].filter((index) => index >= 0)
  const block = bytes.subarray(0, ends.length === 0 ? bytes.length : Math.min(...ends))
  const text = isUtf8(block) ? block.toString('utf8') : block.toString('latin1')
  // mbox files, and programs that read them, leave a "From " line in front.
  return text.replace(/^From [^\r\n]*\r?\n/, '')
}

function readAddresses(field: string): readonly MailboxAddress[] {
  if (field === '') return []
  // Parsed first and decoded after, so that a comma inside an encoded name makes no second address.
  return addressparser(field, { flatten: true })
    .slice(0, addresseeLimit)
    .map(({ name, address }) => ({ name: oneLine(libmime.decodeWords(name), nameLimit), address: oneLine(address, 254) }))
    .filter(({ name, address }) => name !== '' || address !== '')
}

// oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const notPlain = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\s]+/g

export function oneLine(text: string, limit: number): string {
  return text.replace(notPlain, ' ').trim().slice(0, limit).toWellFormed()
}
