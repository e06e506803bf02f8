/** A message as programs pipe it into sendmail, made into one that can go over the wire (RFC 5322, RFC 5321 section 2.3.8). */
const lf = 0x0a
const cr = 0x0d

/** Lines end in CRLF; where `dotEnds`, a line with only a dot is the end, as sendmail has it without -i. */
export function inWireForm(bytes: Buffer, dotEnds: boolean): Buffer {
  const end = dotEnds ? endOfDotLine(bytes) : bytes.byteLength
  const source = bytes.subarray(0, end)
  let bare = 0
  for (let at = source.indexOf(lf); at >= 0; at = source.indexOf(lf, at + 1)) if (source[at - 1] !== cr) bare++
  const unfinished = source.byteLength > 0 && source.at(-1) !== lf
  const wire = Buffer.alloc(source.byteLength + bare + (unfinished ? 2 : 0))
  let written = 0
  let from = 0
  for (let at = source.indexOf(lf); at >= 0; at = source.indexOf(lf, from)) {
    const isBare = at === 0 || source[at - 1] !== cr
    written += source.copy(wire, written, from, at)
    if (isBare) wire[written++] = cr
    wire[written++] = lf
    from = at + 1
  }
  written += source.copy(wire, written, from)
  if (unfinished) wire.write('\r\n', written)
  return wire
}

function endOfDotLine(bytes: Buffer): number {
  for (let from = 0; from < bytes.byteLength; ) {
    const at = bytes.indexOf(lf, from)
    const lineEnd = at < 0 ? bytes.byteLength : at
    const length = bytes[lineEnd - 1] === cr ? lineEnd - 1 - from : lineEnd - from
    if (length === 1 && bytes[from] === 0x2e) return from
    from = lineEnd + 1
  }
  return bytes.byteLength
}

function headerOf(message: Buffer): string {
  const end = message.indexOf('\r\n\r\n')
  return message.subarray(0, end < 0 ? message.byteLength : end + 2).toString('utf8')
}

/** The field's first value, unfolded (section 2.2.3); null where there is none. */
export function headerField(message: Buffer, name: string): string | null {
  const unfolded = headerOf(message).replaceAll(/\r\n[ \t]+/g, ' ')
  return new RegExp(`^${name}:[ \\t]*([^\\r\\n]*)`, 'im').exec(unfolded)?.[1]?.trim() ?? null
}

/** A message must say who it is from (section 3.6); programs leave that to sendmail. */
export function withFrom(message: Buffer, from: { readonly name: string; readonly address: string }): Buffer {
  if (headerField(message, 'From') !== null) return message
  return Buffer.concat([Buffer.from(`From: ${phrase(from.name)} <${from.address.replaceAll(/[\r\n<>]/g, '')}>\r\n`), message])
}

/** A display name as an atom, a quoted string, or an encoded word (RFC 2047). */
function phrase(name: string): string {
  const clean = name.replaceAll(/[\r\n]/g, ' ')
  if (/^[\w !#$%&'*+/=?^`{|}~-]*$/.test(clean)) return clean
  if (/^[\u0020-\u007e]*$/.test(clean)) return `"${clean.replaceAll(/["\\]/g, '\\$&')}"`
  // At most 75 characters a word: 30 letters of up to four bytes would be more, so words of ten.
  const letters = [...clean]
  const words = []
  for (let at = 0; at < letters.length; at += 10) words.push(`=?utf-8?B?${Buffer.from(letters.slice(at, at + 10).join('')).toString('base64')}?=`)
  return words.join(' ')
}
