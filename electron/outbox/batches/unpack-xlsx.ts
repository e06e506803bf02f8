/**
 * What a spreadsheet has in its ZIP archive, unpacked with a limit: 50 KB may unpack to gigabytes, and say that they do not. The library that
 * reads spreadsheets believes what an archive says of its sizes.
 */
import { inflateRawSync } from 'node:zlib'
import { TableError, tableLimits } from './table.ts'

/** A workbook has a few dozen. */
const mostFiles = 2000
const [directoryEntry, localEntry, directoryEnd] = [0x02014b50, 0x04034b50, 0x06054b50]

export function unpackXlsx(bytes: Buffer): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>()
  let left: number = tableLimits.unpacked
  try {
    for (const { name, method, packed } of entriesOf(bytes)) {
      if (!/\.(?:xml|rels)$/i.test(name)) continue
      const content = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: left })
      left -= content.byteLength
      if (left <= 0) throw tooLarge()
      files.set(name, content)
    }
  } catch (error) {
    if (error instanceof TableError) throw error
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : new TableError('not-xlsx')
  }
  return files
}

function tooLarge(): TableError {
  return new TableError('too-large', { value: String(tableLimits.unpacked / 1024 / 1024) })
}

/** By the directory at its end (APPNOTE.TXT section 4.3.12). Reading beyond the end throws. */
function* entriesOf(bytes: Buffer): Generator<{ readonly name: string; readonly method: number; readonly packed: Buffer }> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || bytes.readUInt32LE(end) !== directoryEnd) throw new TableError('not-xlsx')
  const count = bytes.readUInt16LE(end + 10)
  if (count > mostFiles) throw new TableError('not-xlsx')
  let at = bytes.readUInt32LE(end + 16)
  for (let index = 0; index < count; index += 1) {
    if (bytes.readUInt32LE(at) !== directoryEntry) throw new TableError('not-xlsx')
    const [flags, method, size] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)]
    const [nameLength, extraLength, commentLength, local] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)]
    // Encrypted, or in a way that no spreadsheet uses.
    if ((flags & 1) !== 0 || (method !== 0 && method !== 8) || bytes.readUInt32LE(local) !== localEntry) throw new TableError('not-xlsx')
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    if (from + size > bytes.byteLength) throw new TableError('not-xlsx')
    yield { name: bytes.toString('utf8', at + 46, at + 46 + nameLength), method, packed: bytes.subarray(from, from + size) }
    at += 46 + nameLength + extraLength + commentLength
  }
}
