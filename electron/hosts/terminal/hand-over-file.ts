/** A file on its way into Mailroom, in pieces, as the contract's `files` area takes it. */
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Caller } from '../../../shared/contract/caller.ts'
import { chunkBytes } from '../../../shared/contract/methods.ts'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'

type Handle = string

export async function handOverFile(caller: Caller, path: string): Promise<Outcome<Handle>> {
  let file
  try {
    file = await open(path, 'r')
  } catch (error) {
    return failed('input.unreadable-file', { name: path, detail: (error as NodeJS.ErrnoException).code ?? '' })
  }
  try {
    const facts = await file.stat()
    if (!facts.isFile()) return failed('input.unreadable-file', { name: path })
    const room = Buffer.alloc(chunkBytes)
    return await inPieces(caller, basename(path), facts.size, async (offset) => {
      const { buffer, bytesRead } = await file.read(room, 0, chunkBytes, offset)
      return buffer.subarray(0, bytesRead)
    })
  } catch (error) {
    return failed('input.unreadable-file', { name: path, detail: (error as NodeJS.ErrnoException).code ?? '' })
  } finally {
    await file.close()
  }
}

export function handOverBytes(caller: Caller, name: string, bytes: Uint8Array): Promise<Outcome<Handle>> {
  return inPieces(caller, name, bytes.byteLength, (offset) => Promise.resolve(bytes.subarray(offset, offset + chunkBytes)))
}

async function inPieces(caller: Caller, name: string, size: number, piece: (offset: number) => Promise<Uint8Array>): Promise<Outcome<Handle>> {
  const begun = await caller.call('files.begin', { name, size })
  if (!begun.ok) return begun
  const { handle } = begun.value
  for (let offset = 0; offset < size; ) {
    const bytes = await piece(offset)
    const appended = bytes.byteLength === 0 ? failed('input.unreadable-file', { name }) : await caller.call('files.append', { handle, base64: Buffer.from(bytes).toString('base64') })
    if (!appended.ok) {
      await caller.call('files.discard', { handle })
      return appended
    }
    offset += bytes.byteLength
  }
  return done(handle)
}
