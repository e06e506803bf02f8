/**
 * The parts of a mail that a report can stand in, bounded in number, depth and size (RFC 2045, 2046). A message inside the message
 * is one part: what somebody forwards, or what comes back, is never read as if it were said by the mail itself.
 */
import libmime from 'libmime'
import { asUtf8, decodeBody } from '../../mime/decode-body.ts'
import { partsBetween, splitHeader } from '../../mime/walk-parts.ts'

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

const textLimit = 64 * 1024
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
    for (const part of partsBetween(body, boundary)) {
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
  const { header, body } = splitHeader(part)
  return { fields: readFields(asUtf8(header)), body }
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

function decode(body: Buffer, fields: HeaderFields, charset: string): string {
  const encoding = fields.first('content-transfer-encoding').trim().toLowerCase()
  return decodeBody(body.subarray(0, encoding === 'base64' ? textLimit * 2 : textLimit), encoding, charset)
}
