/**
 * What a message can be found by besides its header: the words of its texts and its attachments' names, attached messages
 * included. Bounded work whatever the bytes are; attachments are stepped over without being decoded (RFC 2045, 2046).
 */
import { isUtf8 } from 'node:buffer'
import libmime from 'libmime'
import { htmlWords } from './html-words.ts'
import { headerLimit } from './message-headers.ts'
import { oneLine } from './one-line.ts'

export interface MessageWords {
  readonly text: string
  readonly attachments: string
}

/** Characters of text of one message that can be found. */
export const wordsLimit = 50_000
/** Bytes of one text part that are decoded: base64 and markup take more room than the words in them. */
const partLimit = 1024 * 1024
const depthLimit = 20
const partsLimit = 1000

interface Found {
  texts: string
  names: string[]
  parts: number
}

export function readWords(bytes: Uint8Array): MessageWords {
  const found: Found = { texts: '', names: [], parts: 0 }
  readPart(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), found, 0)
  return { text: plain(found.texts), attachments: plain(found.names.join('\n')) }
}

function readPart(part: Buffer, found: Found, depth: number): void {
  found.parts += 1
  if (found.parts > partsLimit || depth > depthLimit) return
  const { block, body } = split(part)
  const fields = libmime.decodeHeaders(block)
  const first = (name: string): string => (fields[name]?.[0] ?? '').slice(0, headerLimit / 16)
  const type = libmime.parseHeaderValue(first('content-type'))
  const disposition = libmime.parseHeaderValue(first('content-disposition'))
  const kind = (type.value || 'text/plain').toLowerCase()
  const name = disposition.params['filename'] ?? type.params['name'] ?? ''
  if (name !== '') found.names.push(oneLine(libmime.decodeWords(name), 255))

  const boundary = type.params['boundary'] ?? ''
  const encoding = first('content-transfer-encoding').trim().toLowerCase()
  if (kind.startsWith('multipart/') && boundary !== '') {
    for (const inner of partsBetween(body, boundary)) readPart(inner, found, depth + 1)
  } else if (kind === 'message/rfc822' && encoding !== 'base64') {
    found.texts += `${oneLine(libmime.decodeWords(subjectOf(body)), 500)}\n`
    readPart(body, found, depth + 1)
  } else if ((kind === 'text/plain' || kind === 'text/html') && disposition.value !== 'attachment' && found.texts.length < wordsLimit) {
    const text = decode(body.subarray(0, partLimit), encoding, type.params['charset'] ?? '')
    found.texts += `${kind === 'text/html' ? htmlWords(text) : text}\n`
  }
}

/** The header block and what follows the empty line after it (RFC 5322 section 2.1); line ends of either kind. */
function split(part: Buffer): { readonly block: string; readonly body: Buffer } {
  if (part[0] === 0x0a) return { block: '', body: part.subarray(1) }
  if (part[0] === 0x0d && part[1] === 0x0a) return { block: '', body: part.subarray(2) }
  const start = part.subarray(0, headerLimit)
  const ends = [[start.indexOf('\r\n\r\n'), 4], [start.indexOf('\n\n'), 2]].filter(([at = -1]) => at >= 0) as [number, number][]
  const [at, length] = ends.toSorted(([a], [b]) => a - b)[0] ?? [start.length, 0]
  const header = start.subarray(0, at)
  return { block: isUtf8(header) ? header.toString('utf8') : header.toString('latin1'), body: part.subarray(at + length) }
}

function subjectOf(message: Buffer): string {
  return libmime.decodeHeaders(split(message).block)['subject']?.[0] ?? ''
}

/** RFC 2046 section 5.1.1. A last part that is cut off counts too. */
function* partsBetween(body: Buffer, boundary: string): Generator<Buffer> {
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

function decode(body: Buffer, encoding: string, charset: string): string {
  if (encoding === 'base64') return inCharset(Buffer.from(body.toString('latin1'), 'base64'), charset)
  return inCharset(encoding === 'quoted-printable' ? unquoted(body) : body, charset)
}

/** RFC 2045 section 6.7, byte by byte: with patterns, this was half the time of all indexing. What is no code stays as it is. */
function unquoted(body: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(body.length)
  let length = 0
  for (let at = 0; at < body.length; ) {
    const byte = body[at] ?? 0
    const [high, low] = byte === 0x3d ? [hexDigit(body[at + 1]), hexDigit(body[at + 2])] : [-1, -1]
    const isCode = high >= 0 && low >= 0
    const nextLine = byte === 0x3d && !isCode ? afterSoftBreak(body, at + 1) : -1
    if (nextLine < 0) bytes[length++] = isCode ? high * 16 + low : byte
    at = nextLine < 0 ? at + (isCode ? 3 : 1) : nextLine
  }
  return bytes.subarray(0, length)
}

function hexDigit(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1
}

/** Where the line after this one begins; -1 = something else than white space follows. */
function afterSoftBreak(body: Buffer, from: number): number {
  let at = from
  while (at < from + 80 && (body[at] === 0x20 || body[at] === 0x09)) at += 1
  if (body[at] === 0x0d) at += 1
  return body[at] === 0x0a ? at + 1 : -1
}

/** What is not said, not known or not true is UTF-8 where that is valid, else what most old mail is. */
function inCharset(bytes: Buffer, charset: string): string {
  const said = charset.trim().toLowerCase()
  if (said !== '' && said !== 'us-ascii' && said !== 'ascii') {
    try {
      return new TextDecoder(said).decode(bytes)
    } catch {
      // No such charset here.
    }
  }
  return isUtf8(bytes) ? bytes.toString('utf8') : new TextDecoder('windows-1252').decode(bytes)
}

/** Soft hyphens and marks without width stand in the middle of words. */
function plain(text: string): string {
  return text.slice(0, wordsLimit * 2).replaceAll(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '').slice(0, wordsLimit).replaceAll('\0', ' ').toWellFormed()
}
