/**
 * Where the header of a message or of a part ends, and where its parts begin and end, whatever the bytes are: views of them, never
 * copies. What is done with the parts, and how many are looked at, is the caller's.
 */

/** Bytes of a header that are looked at; what is longer is cut off there. */
const headerLimit = 128 * 1024

/** The header block and what follows the empty line after it (RFC 5322 section 2.1); line ends of either kind. */
export function splitHeader(part: Buffer, limit = headerLimit): { readonly header: Buffer; readonly body: Buffer } {
  if (part[0] === 0x0a) return { header: part.subarray(0, 0), body: part.subarray(1) }
  if (part[0] === 0x0d && part[1] === 0x0a) return { header: part.subarray(0, 0), body: part.subarray(2) }
  const start = part.subarray(0, limit)
  const [crlf, lf] = [start.indexOf('\r\n\r\n'), start.indexOf('\n\n')]
  const [at, length] = crlf >= 0 && (lf < 0 || crlf < lf) ? [crlf, 4] : lf >= 0 ? [lf, 2] : [start.length, 0]
  return { header: start.subarray(0, at), body: part.subarray(at + length) }
}

/** RFC 2046 section 5.1.1. A last part that is cut off counts too. */
export function* partsBetween(body: Buffer, boundary: string): Generator<Buffer> {
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
