/**
 * The bytes of a text file → its text: UTF-8 with or without a mark, UTF-16 with one or recognised by its NULs, else Windows-1252, which
 * Excel still writes. What is none of them is refused.
 */
import { windows1252 } from '../../mime/decode-charset.ts'
import { TableError } from './table.ts'

/** So much of a file tells how it is written, bytes. */
const start = 4096

export function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes, 'utf-16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes, 'utf-16be')
  if (bytes.includes(0)) {
    // In UTF-16 every other byte of a plain text is NUL, always on the same side.
    const [even, odd] = [0, 1].map((side) => bytes.subarray(0, start).filter((byte, index) => index % 2 === side && byte === 0).length) as [number, number]
    const most = Math.min(bytes.length, start) / 2
    if (bytes.length % 2 === 0 && odd > most * 0.4 && even < most * 0.1) return utf16(bytes, 'utf-16le')
    if (bytes.length % 2 === 0 && even > most * 0.4 && odd < most * 0.1) return utf16(bytes, 'utf-16be')
    throw new TableError('not-text')
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return windows1252(bytes)
  }
}

function utf16(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be'): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new TableError('not-text')
  }
}
