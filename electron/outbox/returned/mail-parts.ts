/**
 * The parts of a mail that a report can stand in, bounded in number, depth and size (RFC 2045, 2046). A message inside the message
 * is one part: what somebody forwards, or what comes back, is never read as if it were said by the mail itself.
 */
import { isUtf8 } from 'node:buffer'
import libmime from 'libmime'

export interface MailPart {
  /** Lower case, as `text/plain`. */
  readonly kind: string
  readonly parameters: Readonly<Record<string, string>>
  readonly fields: HeaderFields
  /** Decoded to text, the first `textLimit` bytes of it. */
  readonly text: () => string
}

export interface HeaderFields {
  /** The first field of that name, unfolded, '' when there is none. */
  readonly first: (name: string) => string
  readonly names: ReadonlySet<string>
}

export const textLimit = 64 * 1024
const headerLimit = 128 * 1024
const fieldLimit = 8 * 1024
const depthLimit = 6
const partsLimit = 40

/** All parts that are not multipart, in their order. The first one's header is the mail's own when it is not multipart. */
export function readParts(mail: Uint8Array): { readonly header: HeaderFields; readonly kind: string; readonly parameters: Readonly<Record<string, string>>; readonly parts: readonly MailPart[] } {
  const bytes = Buffer.from(mail.buffer, mail.byteOffset, mail.byteLength)
  const top = split(bytes)
  const type = contentType(top.fields)
  const parts: MailPart[] = []
  collect(top.fields, top.body, 0, parts)
  return { header: top.fields, ...type, parts }
}

function collect(fields: HeaderFields, body: Buffer, depth: number, parts: MailPart[]): void {
  if (parts.length >= partsLimit) return
  const { kind, parameters } = contentType(fields)
  // What calls itself multipart and gives no boundary is told by its first line (several gateways).
  const boundary = kind.startsWith('multipart/') ? (parameters['boundary'] ?? /^--(\S{1,70})\s*$/m.exec(body.subarray(0, 2048).toString('latin1'))?.[1] ?? '') : ''
  let divided = false
  if (boundary !== '' && depth < depthLimit) {
    for (const part of between(body, boundary)) {
      divided = true
      const inner = split(part)
      collect(inner.fields, inner.body, depth + 1, parts)
      if (parts.length >= partsLimit) return
    }
  }
  // A boundary that comes nowhere divides nothing: what is there is text.
  if (!divided) parts.push({ kind: kind.startsWith('multipart/') ? 'text/plain' : kind, parameters, fields, text: () => decode(body, fields, parameters['charset'] ?? '') })
}

function contentType(fields: HeaderFields): { readonly kind: string; readonly parameters: Readonly<Record<string, string>> } {
  const { value, params } = libmime.parseHeaderValue(fields.first('content-type'))
  return { kind: (value || 'text/plain').trim().toLowerCase(), parameters: params }
}

function split(part: Buffer): { readonly fields: HeaderFields; readonly body: Buffer } {
  if (part[0] === 0x0a) return { fields: readFields(''), body: part.subarray(1) }
  if (part[0] === 0x0d && part[1] === 0x0a) return { fields: readFields(''), body: part.subarray(2) }
  const start = part.subarray(0, headerLimit)
  const [crlf, lf] = [start.indexOf('\r\n\r\n'), start.indexOf('\n\n')]
  const [at, length] = crlf >= 0 && (lf < 0 || crlf < lf) ? [crlf, 4] : lf >= 0 ? [lf, 2] : [start.length, 0]
  return { fields: readFields(plainText(start.subarray(0, at))), body: part.subarray(at + length) }
}

/** Unfolds and names the fields of a header block (RFC 5322 section 2.2); of each name the first. */
export function readFields(block: string): HeaderFields {
  const fields = new Map<string, string>()
  let name = ''
  for (const line of block.split(/\r?\n/)) {
    if (/^[ \t]/.test(line)) {
      const value = fields.get(name)
      if (value !== undefined && value.length < fieldLimit) fields.set(name, `${value} ${line.trim()}`)
      continue
    }
    const colon = line.indexOf(':')
    const said = line.slice(0, Math.max(colon, 0)).trim().toLowerCase()
    // A field that comes again is folded into nothing.
    name = /^[!-9;-~]{1,80}$/.test(said) && !fields.has(said) ? said : ''
    if (name !== '') fields.set(name, line.slice(colon + 1).trim().slice(0, fieldLimit))
  }
  return { first: (field) => (fields.get(field) ?? '').slice(0, fieldLimit), names: new Set(fields.keys()) }
}

/** RFC 2046 section 5.1.1. A last part that is cut off counts too. */
function* between(body: Buffer, boundary: string): Generator<Buffer> {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1')
  let start = -1
  for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, at + delimiter.length)) {
    const follows = body.subarray(at + delimiter.length, at + delimiter.length + 2).toString('latin1')
    if ((at > 0 && body[at - 1] !== 0x0a) || !/^(?:[\r\n \t]|--|$)/.test(follows)) continue
    if (start >= 0) yield body.subarray(start, at)
    if (follows === '--') return
    const end = body.indexOf(0x0a, at)
    if (end < 0) return
    start = end + 1
  }
  if (start >= 0) yield body.subarray(start)
}

function decode(body: Buffer, fields: HeaderFields, charset: string): string {
  const encoding = fields.first('content-transfer-encoding').toLowerCase()
  if (encoding === 'base64') return inCharset(Buffer.from(body.subarray(0, textLimit * 2).toString('latin1'), 'base64'), charset)
  const start = body.subarray(0, textLimit)
  if (encoding !== 'quoted-printable') return inCharset(start, charset)
  const bytes = start.toString('latin1').replaceAll(/=[ \t]{0,80}\r?\n/g, '').replaceAll(/=([\da-f]{2})/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return inCharset(Buffer.from(bytes, 'latin1'), charset)
}

function inCharset(bytes: Buffer, charset: string): string {
  const said = charset.trim().toLowerCase()
  if (said === '' || said === 'us-ascii' || said === 'utf-8') return plainText(bytes)
  try {
    return new TextDecoder(said).decode(bytes)
  } catch {
    return plainText(bytes) // No such charset here.
  }
}

/** UTF-8 (RFC 6532) where it is valid, else Latin-1. */
function plainText(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString('utf8') : bytes.toString('latin1')
}
