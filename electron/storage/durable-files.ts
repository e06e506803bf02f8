/**
 * Files that survive a pulled plug: their bytes are synced, then the folder that holds their names. They are written under
 * their own name, because what makes them count is a row written after that; until then `unsettled-files.ts` has a note of them.
 *
 * Callbacks instead of FileHandles: with thousands of small files their overhead shows.
 */
import fs from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { syncFolder } from './write-durably.ts'

const open = promisify(fs.open)
const write = promisify(fs.write) as unknown as (file: number, bytes: Uint8Array, offset: number, length: number) => Promise<{ bytesWritten: number }>
const sync = promisify(fs.fsync)
const close = promisify(fs.close)

/** A file that is written in pieces. After a rejection of any of its calls it can only be closed. */
export class GrowingFile {
  #file: number
  #size = 0

  private constructor(file: number) {
    this.#file = file
  }

  /** Fails when the path is taken. Readable by this user only. */
  static async create(path: string): Promise<GrowingFile> {
    return new GrowingFile(await open(path, 'wx', 0o600))
  }

  get size(): number {
    return this.#size
  }

  async append(piece: Uint8Array): Promise<void> {
    let offset = 0
    // write(2) may take less than it was given.
    while (offset < piece.byteLength) {
      const written = await write(this.#file, piece, offset, piece.byteLength - offset)
      offset += written.bytesWritten
      this.#size += written.bytesWritten
    }
  }

  async syncAndClose(): Promise<void> {
    try {
      await sync(this.#file)
    } finally {
      await this.close()
    }
  }

  async close(): Promise<void> {
    if (this.#file < 0) return
    const file = this.#file
    this.#file = -1
    await close(file)
  }
}

/** For a file that others may have put there: its bytes are durable when this resolves. Windows syncs only what may be written. */
export async function syncFile(path: string): Promise<void> {
  const file = await fs.promises.open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes a folder and what is missing above it below `root`, which exists; the new names are durable when it resolves. */
export async function makeFolder(path: string, root: string): Promise<void> {
  const made = await fs.promises.mkdir(path, { recursive: true, mode: 0o700 })
  if (made === undefined) return
  for (let above = dirname(path); above.length >= root.length; above = dirname(above)) await syncFolder(above)
}

/** For a file that is still arriving. Already gone is fine, and so is what cannot be deleted now: its arrival ends, or is cleared away. */
export async function discardFile(path: string): Promise<void> {
  await fs.promises.unlink(path).catch(() => undefined)
}
