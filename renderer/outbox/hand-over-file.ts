/**
 * Hands a file of the window over to Mailroom, piece by piece, in order. Stopped or failed half-way, what was handed over
 * is discarded, so nothing is left behind.
 */
import type { Caller } from '../../shared/contract/caller.ts'
import { chunkBytes } from '../../shared/contract/methods.ts'
import { done, failed, type Outcome, refused } from '../../shared/failures/failure.ts'

/** What a browser's `File` is, as far as it is needed here. */
export interface FileToHandOver {
  readonly name: string
  readonly size: number
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> }
}

/** Stopped by `signal` = the failure `job.cancelled`; a file that can't be read (moved away, say) = `input.unreadable-file`. */
export async function handOverFile(
  caller: Caller,
  file: FileToHandOver,
  options: { readonly signal: AbortSignal; readonly onProgress: (bytes: number) => void },
): Promise<Outcome<{ readonly handle: string }>> {
  const begun = await caller.call('files.begin', { name: file.name.slice(-255), size: file.size })
  if (!begun.ok) return refused(begun.failure)
  const { handle } = begun.value
  const appended = await appendAll(caller, file, handle, options)
  if (appended.ok) return done({ handle })
  await caller.call('files.discard', { handle })
  return refused(appended.failure)
}

async function appendAll(
  caller: Caller,
  file: FileToHandOver,
  handle: string,
  options: { readonly signal: AbortSignal; readonly onProgress: (bytes: number) => void },
): Promise<Outcome<null>> {
  for (let from = 0; from < file.size; from += chunkBytes) {
    if (options.signal.aborted) return failed('job.cancelled')
    const to = Math.min(file.size, from + chunkBytes)
    const piece = await bytesOf(file, from, to)
    if (piece === null) return failed('input.unreadable-file', { name: file.name })
    const appended = await caller.call('files.append', { handle, base64: encodeBase64(piece) })
    if (!appended.ok) return refused(appended.failure)
    options.onProgress(to)
  }
  return options.signal.aborted ? failed('job.cancelled') : done(null)
}

async function bytesOf(file: FileToHandOver, from: number, to: number): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.slice(from, to).arrayBuffer())
  } catch {
    return null
  }
}

/** In steps, because a call can't take a quarter of a million arguments. */
function encodeBase64(bytes: Uint8Array): string {
  let letters = ''
  for (let at = 0; at < bytes.length; at += 0x2000) letters += String.fromCharCode(...bytes.subarray(at, at + 0x2000))
  return btoa(letters)
}
