/**
 * Reads a message's source or one of its attachments piece by piece, so that no answer is large, progress can be shown
 * and reading can stop at any piece. What comes back is exactly the bytes of the store.
 */
import { done, failed, type Outcome, refused } from '../../shared/failures/failure.ts'

export type AskPiece = (offset: number) => Promise<Outcome<{ readonly base64: string; readonly size: number }>>

export interface Pieces {
  readonly bytes: readonly Uint8Array<ArrayBuffer>[]
  readonly read: number
  /** Of the whole thing, also when only its beginning was read. */
  readonly size: number
}

interface Options {
  readonly from?: number
  /** Stops after the piece that reaches this many bytes. */
  readonly atMost?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (read: number, size: number) => void
}

/** Stopped by `signal` = the failure `job.cancelled`. */
export async function readInPieces(ask: AskPiece, options: Options = {}): Promise<Outcome<Pieces>> {
  const from = options.from ?? 0
  const bytes: Uint8Array<ArrayBuffer>[] = []
  let read = 0
  let size = Number.POSITIVE_INFINITY
  while (from + read < size && read < (options.atMost ?? Number.POSITIVE_INFINITY)) {
    if (options.signal?.aborted === true) return failed('job.cancelled')
    const answer = await ask(from + read)
    if (!answer.ok) return refused(answer.failure)
    size = answer.value.size
    const piece = decodeBase64(answer.value.base64)
    // A store that answers with nothing before the end would be asked for ever.
    if (piece.length === 0 && from + read < size) return failed('mail.unreadable')
    bytes.push(piece)
    read += piece.length
    options.onProgress?.(from + read, size)
  }
  return done({ bytes, read, size: Number.isFinite(size) ? size : 0 })
}

function decodeBase64(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
}

/** Source text as a person reads it: UTF-8 where it is, else each byte as itself (8-bit mail without a charset). */
export function sourceText(pieces: readonly Uint8Array[]): string {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  try {
    // `stream` lets a read that ends inside a letter pass.
    return new TextDecoder('utf-8', { fatal: true }).decode(whole, { stream: true })
  } catch {
    return new TextDecoder('windows-1252').decode(whole)
  }
}
