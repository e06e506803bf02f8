/** A message file as it lies there: all of its bytes in one digest, and what a list shows of it. Memory stays bounded. */
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { headerLimit, type MessageHeaders, readHeaders } from './read-headers.ts'

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
  const file = await open(path, 'r')
  try {
    const { mtimeMs } = await file.stat()
    const hash = createHash('sha256')
    const start: Buffer[] = []
    let size = 0
    for await (const piece of file.createReadStream({ highWaterMark: headerLimit, autoClose: false }) as AsyncIterable<Buffer>) {
      hash.update(piece)
      if (size < headerLimit) start.push(piece)
      size += piece.byteLength
    }
    return { size, changedAt: Math.round(mtimeMs), digest: hash.digest('hex'), headers: readHeaders(Buffer.concat(start)) }
  } finally {
    await file.close()
  }
}
