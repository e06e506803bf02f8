/**
 * What a list shows of a message, from its header block alone: bounded work whatever the bytes are, and never an exception.
 * What a sender wrote comes out as one plain line: control characters and those that turn the reading direction are gone.
 */
import { isUtf8 } from 'node:buffer'
import addressparser from 'nodemailer/lib/addressparser'
import type { MailboxAddress } from '../../shared/model/message.ts'
import { decodeWords } from './decode-words.ts'
import { headerLimit, type MessageHeaders } from './message-headers.ts'
import { oneLine } from './one-line.ts'
import { parseDate } from './parse-date.ts'

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
    const first = fieldsOf(headerBlock(start), ['cc', 'reply-to', 'message-id'])
    return { cc: readAddresses(first('cc')), replyTo: readAddresses(first('reply-to')), messageId: oneLine(first('message-id'), 998) || null }
  } catch {
    return { cc: [], replyTo: [], messageId: null }
  }
}

function read(block: string): MessageHeaders {
  if (!/^[!-9;-~]{1,200}[ \t]*:/m.test(block)) return unreadable
  const first = fieldsOf(block, ['from', 'sender', 'to', 'subject', 'date', 'content-type', 'content-disposition', ...bulkFields])
  const from = readAddresses(first('from'))[0] ?? readAddresses(first('sender'))[0] ?? null
  const contentType = valueOf(first('content-type')) || 'text/plain'
  const disposition = valueOf(first('content-disposition')) || 'inline'
  return {
    from,
    to: readAddresses(first('to')),
    subject: oneLine(decodeWords(first('subject')), subjectLimit),
    date: parseDate(first('date')),
    hasAttachments: /^multipart\/mixed|^(?:application|audio|image|video)\//i.test(contentType) || /^attachment/i.test(disposition),
    readable: true,
    bulk: isBulk(first),
  }
}

const listFields = ['list-id', 'list-unsubscribe', 'list-post']
const bulkFields = [...listFields, 'precedence', 'auto-submitted']

function isBulk(first: (name: string) => string): boolean {
  return (
    listFields.some((name) => first(name) !== '') ||
    /^\s*(?:bulk|list|junk)\b/i.test(first('precedence')) || /^\s*auto-/i.test(first('auto-submitted'))
  )
}

/**
 * The first field of each of these names, unfolded (RFC 5322 section 2.2.3), all others passed over: most of a header block is
 * of no interest here, and thousands of them are read in a row.
 */
function fieldsOf(block: string, names: readonly string[]): (name: string) => string {
  const fields = new Map<string, string>()
  let current: string | null = null
  let inside = false
  for (const line of block.split(/\r\n|\n|\r/)) {
    if (line.startsWith(' ') || line.startsWith('\t')) {
      const begun: string | undefined = current === null ? undefined : fields.get(current)
      if (current !== null && begun !== undefined && begun.length < fieldLimit) fields.set(current, `${begun} ${line.trim()}`)
      continue
    }
    if (line === '' && inside) break
    inside ||= line !== ''
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase()
    current = names.includes(name) && !fields.has(name) ? name : null
    if (current !== null) fields.set(current, line.slice(colon + 1).trim())
  }
  return (name) => (fields.get(name) ?? '').slice(0, fieldLimit)
}

/** What stands before the parameters (RFC 2045 section 5.1). */
function valueOf(field: string): string {
  return (field.split(';', 1)[0] ?? '').replaceAll('"', '').trim()
}

/** The header block as text: UTF-8 (RFC 6532) where it is valid, else Latin-1, which is how raw 8-bit headers mostly are meant. */
function headerBlock(start: Uint8Array): string {
  const bytes = Buffer.from(start.buffer, start.byteOffset, Math.min(start.byteLength, headerLimit))
  const withCrlf = bytes.indexOf('\r\n\r\n')
  const upTo = withCrlf < 0 ? bytes : bytes.subarray(0, withCrlf)
  const withLf = upTo.indexOf('\n\n')
  const block = withLf < 0 ? upTo : upTo.subarray(0, withLf)
  const text = isUtf8(block) ? block.toString('utf8') : block.toString('latin1')
  // mbox files, and programs that read them, leave a "From " line in front.
  return text.replace(/^From [^\r\n]*\r?\n/, '')
}

/** `NAME <ADDRESS>`, `"NAME" <ADDRESS>` or a bare address, with nothing else in it that has a meaning (RFC 5322 section 3.4): most are like that. */
const plainAddress =
  /^(?:(?:"([^"<>@\\]{1,500})"|([^\s"(),:;<>@[\\\]][^"(),:;<>@[\\\]]{0,500}))\s*<([^\s"(),:;<>@[\\\]]{1,200}@[\w.-]{1,200})>|([^\s"(),:;<>@[\\\]]{1,200}@[\w.-]{1,200}))$/

function readAddresses(field: string): readonly MailboxAddress[] {
  if (field === '') return []
  const plain = plainAddress.exec(field)
  if (plain !== null) return [{ name: oneLine(decodeWords(plain[1] ?? plain[2] ?? ''), nameLimit), address: oneLine(plain[3] ?? plain[4] ?? '', 254) }]
  // Parsed first and decoded after, so that a comma inside an encoded name makes no second address.
  return addressparser(field, { flatten: true })
    .slice(0, addresseeLimit)
    .map(({ name, address }) => ({ name: oneLine(decodeWords(name), nameLimit), address: oneLine(address, 254) }))
    .filter(({ name, address }) => name !== '' || address !== '')
}
