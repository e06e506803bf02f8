/** A message file as it lies there: all of its bytes in one digest, and what a list shows of it. Memory stays bounded. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { headerLimit, type MessageHeaders } from './message-headers.ts'
import { readRange } from './read-range.ts'

export interface MessageFile {
  readonly size: number
  /** Milliseconds since 1970. */
  readonly changedAt: number
  /** SHA-256, hexadecimal. */
  readonly digest: string
  readonly headers: MessageHeaders
}

/** Throws what the system says where it cannot be read. */
export async function readMessageFile(path: string): Promise<MessageFile> {
  // Brings every character set along: a fetch does without.
  const { readHeaders } = await import('./read-headers.ts')
  const { mtimeMs } = await stat(path)
  const { bytes: start, size: length } = await readRange(path, 0, headerLimit)
  const hash = createHash('sha256').update(start)
  let size = start.byteLength
  if (length > size) {
    for await (const piece of createReadStream(path, { start: size }) as AsyncIterable<Buffer>) {
      hash.update(piece)
      size += piece.byteLength
    }
  }
  return { size, changedAt: Math.round(mtimeMs), digest: hash.digest('hex'), headers: readHeaders(start) }
}
