/**
 * What a message can be found by besides its header: the words of its texts and its attachments' names, attached messages
 * included. Bounded work whatever the bytes are; attachments are stepped over without being decoded (RFC 2045, 2046).
 */
import libmime from 'libmime'
import { asUtf8, decodeBody } from '../mime/decode-body.ts'
import { partsBetween, splitHeader } from '../mime/walk-parts.ts'
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
  const { header, body } = splitHeader(part, headerLimit)
  const fields = libmime.decodeHeaders(asUtf8(header))
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
    const text = decodeBody(body.subarray(0, partLimit), encoding, type.params['charset'] ?? '')
    found.texts += `${kind === 'text/html' ? htmlWords(text) : text}\n`
  }
}

function subjectOf(message: Buffer): string {
  return libmime.decodeHeaders(asUtf8(splitHeader(message, headerLimit).header))['subject']?.[0] ?? ''
}

/** Soft hyphens and marks without width stand in the middle of words. */
function plain(text: string): string {
  return text.slice(0, wordsLimit * 2).replaceAll(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '').slice(0, wordsLimit).replaceAll('\0', ' ').toWellFormed()
}
