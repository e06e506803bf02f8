/**
 * Encoded words in a header field (RFC 2047, with the language of RFC 2231 section 5). Adjacent ones of one charset are joined
 * before they are decoded: many programs cut a character in two. Not libmime's: that one brings a megabyte of character sets
 * along, which every thread that reads headers would load, and Node knows those of the WHATWG itself.
 */
import { decodeCharset } from '../mime/decode-charset.ts'

const encodedWord = /=\?([\w.:-]{1,40})(?:\*[\w-]{0,20})?\?([bq])\?([^?]*)\?=/gi

export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text
  let decoded = ''
  let end = 0
  let charset: string | null = null
  let bytes: Buffer[] = []
  const takeUp = (): void => {
    if (charset !== null) decoded += decode(Buffer.concat(bytes), charset)
    bytes = []
  }
  for (const { index, 0: whole, 1: label = '', 2: encoding = '', 3: content = '' } of text.matchAll(encodedWord)) {
    const between = text.slice(end, index)
    const follows = charset !== null && between.trim() === ''
    if (!follows || charset !== label.toLowerCase()) takeUp()
    // RFC 2047 section 6.2: white space between two encoded words is none.
    if (!follows) decoded += between
    charset = label.toLowerCase()
    bytes.push(encoding.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : quoted(content))
    end = index + whole.length
  }
  takeUp()
  return decoded + text.slice(end)
}

/** Section 4.2: `=` and two digits, and `_` for a space. What is raw in it counts as the bytes it has in UTF-8. */
function quoted(content: string): Buffer {
  const bytes = Buffer.from(content)
  let length = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number
    const value = byte === equals ? hexValue(bytes[at + 1]) * 16 + hexValue(bytes[at + 2]) : Number.NaN
    if (!Number.isNaN(value)) at += 2
    bytes[length] = Number.isNaN(value) ? (byte === underscore ? space : byte) : value
    length += 1
  }
  return bytes.subarray(0, length)
}

const [equals, underscore, space] = [0x3d, 0x5f, 0x20]

/** Not a number where it is no hexadecimal digit. */
function hexValue(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte & 0xdf
  return letter >= 0x41 && letter <= 0x46 ? letter - 0x37 : Number.NaN
}

/** A charset nobody knows is read as UTF-8: what is ASCII in it stays readable. */
function decode(bytes: Buffer, charset: string): string {
  if (charset === 'utf-8' || charset === 'utf8') return bytes.toString('utf8')
  try {
    return decodeCharset(bytes, charset)
  } catch {
    return bytes.toString('utf8')
  }
}
