/**
 * Encoded words in a header field (RFC 2047, with the language of RFC 2231 section 5). Adjacent ones of one charset are joined
 * before they are decoded: many programs cut a character in two. Not libmime's: that one brings a megabyte of character sets
 * along, which every thread that reads headers would load, and Node knows those of the WHATWG itself.
 */
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

/** Section 4.2: `=` and two digits, and `_` for a space. */
function quoted(content: string): Buffer {
  const text = content.replaceAll('_', ' ')
  if (!text.includes('=')) return Buffer.from(text)
  // Byte by byte, where a raw character may have several.
  return Buffer.from(Buffer.from(text).toString('latin1').replace(/=([\da-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))), 'latin1')
}

/** A charset nobody knows is read as UTF-8: what is ASCII in it stays readable. */
function decode(bytes: Buffer, charset: string): string {
  if (charset === 'utf-8' || charset === 'utf8') return bytes.toString('utf8')
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return bytes.toString('utf8')
  }
}
