/** `durable-files.ts` for the thread that writes messages. A file of its own, so that the thread loads nothing but this. */
import fs from 'node:fs'

/** Of a large file so much, bytes, is sent on its way to the disk while the rest still comes: the sync at its end then waits for little. */
const sentAhead = 4 * 1024 * 1024

/** Written in pieces by a thread that does nothing else: only syncing does not hold it up. After an error it can only be discarded. */
export class FileInHand {
  readonly #path: string
  #file: number
  #size = 0
  /** Bytes that no sync has been asked for. */
  #unsynced = 0
  /** A sync ahead is under way: the file stays open for it. */
  #syncing = false
  /** The disk tells of an error once, to the first who asks. */
  #refusal: Error | null = null
  /** What waits for the sync ahead. */
  #next: (() => void) | null = null

  private constructor(path: string) {
    this.#path = path
    this.#file = fs.openSync(path, 'wx', 0o600)
  }

  /** Fails when the path is taken. Readable by this user only. */
  static create(path: string): FileInHand {
    return new FileInHand(path)
  }

  get size(): number {
    return this.#size
  }

  append(piece: Uint8Array): void {
    for (let offset = 0; offset < piece.byteLength; ) offset += fs.writeSync(this.#file, piece, offset, piece.byteLength - offset)
    this.#size += piece.byteLength
    this.#unsynced += piece.byteLength
    if (this.#unsynced >= sentAhead && !this.#syncing) this.#syncAhead()
  }

  syncAndClose(over: (error: Error | null) => void): void {
    this.#afterSyncAhead(() => fs.fsync(this.#file, (error) => over(this.#refusal ?? error ?? this.#close())))
  }

  discard(): void {
    this.#afterSyncAhead(() => void this.#close())
    try {
      fs.unlinkSync(this.#path)
    } catch {
      // What cannot be deleted now is cleared away at the next start.
    }
  }

  #syncAhead(): void {
    this.#unsynced = 0
    this.#syncing = true
    fs.fdatasync(this.#file, (error) => {
      this.#syncing = false
      this.#refusal ??= error
      this.#next?.()
    })
  }

  #afterSyncAhead(next: () => void): void {
    if (this.#syncing) this.#next = next
    else next()
  }

  #close(): Error | null {
    if (this.#file < 0) return null
    const file = this.#file
    this.#file = -1
    try {
      fs.closeSync(file)
      return null
    } catch (error) {
      return error as Error
    }
  }
}
