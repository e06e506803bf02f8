/** Bytes in a charset as it is named in mail → text. */

/** Throws RangeError where the charset is none that is known (encoding.spec.whatwg.org/#names-and-labels). */
export function decodeCharset(bytes: Uint8Array, charset: string): string {
  const decoder = new TextDecoder(charset)
  // What calls itself Latin-1 or ASCII is read as Windows-1252, as browsers do.
  return decoder.encoding === 'windows-1252' ? windows1252(bytes) : decoder.decode(bytes)
}

/** What Windows has where Latin-1 has controls: Node's own decoder leaves them controls (encoding.spec.whatwg.org/index-windows-1252.txt). */
const high = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

export function windows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  return latin1.replace(/[\u0080-\u009f]/g, (letter) => high[letter.charCodeAt(0) - 0x80] ?? letter)
}
