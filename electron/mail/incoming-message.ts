/**
 * One message on its way into a file no row knows yet. Small ones are kept in memory until they are complete and
 * written with one open, write, fsync and close; large ones are streamed, so memory stays bounded. A disk that refuses
 * shows as the outcome of `finish`, or, for a small one, as what its `written` resolves to.
 */
import { done, failure as failureOf, refused, type Failure, type Outcome } from '../../shared/failures/failure.ts'
import { discardFile, GrowingFile } from '../storage/durable-files.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import { headerLimit, readHeaders, type MessageHeaders } from './read-headers.ts'

/** Up to this size a message is written at once, bytes. */
const smallLimit = 64 * 1024

export interface WrittenMessage {
  readonly size: number
  readonly headers: MessageHeaders
  /** Resolves once all bytes are synced, or with why not. */
  readonly written: Promise<Failure | null>
}

export class GrowingMessage {
  readonly #path: string
  /** The first pieces, for the headers. */
  readonly #start: Buffer[] = []
  #startSize = 0
  /** Not in the file yet. */
  #pieces: Buffer[] = []
  #waiting = 0
  #size = 0
  #file: GrowingFile | null = null
  #failure: Failure | null

  /** `failure`: why this message can't be written at all. */
  constructor(path: string, failure: Failure | null) {
    this.#path = path
    this.#failure = failure
  }

  write(piece: Uint8Array): void | Promise<void> {
    if (this.#failure !== null) return
    // A copy: the socket's buffer this is a view of would otherwise stay in memory as a whole, or change.
    const copy = Buffer.from(piece)
    this.#pieces.push(copy)
    this.#waiting += copy.byteLength
    this.#size += copy.byteLength
    if (this.#startSize < headerLimit) {
      this.#start.push(copy)
      this.#startSize += copy.byteLength
    }
    if (this.#waiting >= smallLimit) return this.#spill()
  }

  async finish(): Promise<Outcome<WrittenMessage>> {
    const headers = readHeaders(Buffer.concat(this.#start))
    const small = this.#file === null && this.#failure === null
    const written = this.#complete()
    if (small) return done({ size: this.#size, headers, written })
    const failure = await written
    return failure === null ? done({ size: this.#size, headers, written }) : refused(failure)
  }

  async abandon(): Promise<void> {
    this.#failure ??= failureOf('job.cancelled')
    await this.#discard()
  }

  async #complete(): Promise<Failure | null> {
    await this.#spill()
    try {
      if (this.#failure === null) await this.#file?.syncAndClose()
    } catch (error) {
      this.#failure = storageFailure(error, 'mail')
    }
    if (this.#failure !== null) await this.#discard()
    return this.#failure
  }

  async #spill(): Promise<void> {
    const [only, ...more] = this.#pieces
    const bytes = only !== undefined && more.length === 0 ? only : Buffer.concat(this.#pieces)
    this.#pieces = []
    this.#waiting = 0
    if (this.#failure !== null) return
    try {
      this.#file ??= await GrowingFile.create(this.#path)
      await this.#file.append(bytes)
    } catch (error) {
      this.#failure ??= storageFailure(error, 'mail')
    }
  }

  async #discard(): Promise<void> {
    this.#pieces = []
    await this.#file?.close().catch(() => undefined)
    if (this.#file !== null) await discardFile(this.#path)
  }
}
