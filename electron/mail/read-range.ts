/** A stretch of a file: fewer bytes than asked for only where the file ends. */
import { open } from 'node:fs/promises'

export async function readRange(path: string, offset: number, length: number): Promise<{ readonly bytes: Uint8Array; readonly size: number }> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)))
    let taken = 0
    while (taken < bytes.byteLength) {
      const { bytesRead } = await file.read(bytes, taken, bytes.byteLength - taken, offset + taken)
      if (bytesRead === 0) break
      taken += bytesRead
    }
    return { bytes: bytes.subarray(0, taken), size }
  } finally {
    await file.close()
  }
}
