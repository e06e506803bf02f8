/** By what a message is known again when its file is gone, or before it is fetched: its header, byte for byte, or all of its bytes. */
import { createHash } from 'node:crypto'
import { storageFailure } from '../storage/storage-failure.ts'
import { readMessageFile } from './message-file.ts'
import { headerLimit } from './message-headers.ts'
import { readRange } from './read-range.ts'

export interface MessageSigns {
  readonly messageId: string | null
  /** null = its header says too little to know it by. */
  readonly headerDigest: string | null
  readonly digest: string
}

/** With the empty line that ends it (RFC 5322 section 2.1), as a server gives it away; null = it does not end within what is looked at. */
export function headerOf(start: Uint8Array): Buffer | null {
  const bytes = Buffer.from(start.buffer, start.byteOffset, start.byteLength)
  const end = bytes.indexOf('\r\n\r\n')
  return end < 0 ? null : bytes.subarray(0, end + 4)
}

/** Does it say by which way it came (RFC 5321 section 4.4)? Every delivery has other such lines. */
export function isTraced(header: Buffer): boolean {
  return /^received:/im.test(header.toString('latin1'))
}

export function headerDigestOf(header: Buffer): string {
  return createHash('sha256').update(header).digest('hex')
}

/** null = it cannot be read: then the server's copy comes in again. */
export async function signsIn(path: string): Promise<MessageSigns | null> {
  try {
    const { readMoreHeaders } = await import('./read-headers.ts')
    const { bytes } = await readRange(path, 0, headerLimit)
    const header = headerOf(bytes)
    const { digest } = await readMessageFile(path)
    return { messageId: readMoreHeaders(bytes).messageId, headerDigest: header !== null && isTraced(header) ? headerDigestOf(header) : null, digest }
  } catch (error) {
    storageFailure(error, 'mail')
    return null
  }
}
