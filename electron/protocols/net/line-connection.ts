/**
 * A connection read line by line or piece by piece: bounded lines, a deadline for every word and a least pace, back-pressure, and an end as
 * soon as the caller cancels. What arrived before the connection broke is still handed out first.
 */
import type net from 'node:net'
import { TLSSocket } from 'node:tls'
import { done, failed, failure, refused } from '../../../shared/failures/failure.ts'
import type { Failure, Outcome } from '../../../shared/failures/failure.ts'
import { type ChannelBinding, channelBindingsOf } from './channel-binding.ts'
import { connectionFailure } from './connection-failure.ts'
import { withinLimits } from './limits.ts'
import type { ServerTarget } from './server-target.ts'

/** Above this much unread, the socket is paused: TCP then slows the server down. */
const highWater = 1024 * 1024
/** Longest line of an answer. RFC 1939, RFC 5321 and RFC 9051 allow 512 to 8192 octets. */
const longestLine = 16 * 1024

/** An answer of which less than this comes in the time the server has for each of its words, bytes, is none: it would never end. */
const leastProgress = 1024

export class LineConnection {
  readonly #socket: net.Socket
  readonly #target: ServerTarget
  #seconds: number
  #pieces: Buffer[] = []
  /** The memory of segments that is nobody else's. */
  readonly #segments = new WeakSet<ArrayBufferLike>()
  #unread = 0
  /** Since the answer began, or since enough of it had come: milliseconds waited, and bytes that came. */
  #waited = 0
  #came = 0
  #broken: Failure | null = null
  /** When all of a short answer has to be there, on the clock of `performance`. */
  #wholeBy = Infinity
  #wake: (() => void) | null = null

  constructor(socket: net.Socket, target: ServerTarget) {
    this.#socket = socket
    this.#target = target
    this.#seconds = target.timeoutSeconds
    socket.on('data', this.#take).on('error', this.#onError).on('end', this.#onEnd).on('close', this.#onEnd)
    target.signal.addEventListener('abort', this.#onAbort)
    if (target.signal.aborted) this.#onAbort()
    else if (socket.destroyed || socket.readableEnded) this.#onEnd()
  }

  get encrypted(): boolean {
    return this.#socket instanceof TLSSocket
  }

  /** Did the server say something that nobody has read? */
  get hasUnread(): boolean {
    return this.#unread > 0
  }

  /** Why it is of no more use; null = it is, as far as is known. What had come before can still be read. */
  get brokenBy(): Failure | null {
    return this.#broken
  }

  /** For signing in; none where the connection gives none. */
  get channelBindings(): readonly ChannelBinding[] {
    return channelBindingsOf(this.#socket)
  }

  /** From now on; null = the target's seconds again. For a server that was asked to speak when something happens. */
  waitUpTo(seconds: number | null): void {
    this.#seconds = seconds ?? this.#target.timeoutSeconds
    this.#beginAnew()
  }

  /** What `read` reads is one short answer of whatever many lines: all of it has to be there within the target's seconds. */
  async asOne<T>(read: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    this.#wholeBy = performance.now() + this.#target.timeoutSeconds * 1000
    try {
      return await read()
    } finally {
      this.#wholeBy = Infinity
    }
  }

  /** The next bytes as they came; waits at most the target's seconds for them. An answer that only drips ends the wait too. */
  async piece(): Promise<Outcome<Buffer>> {
    if (this.#pieces.length === 0 && this.#broken === null) {
      const began = performance.now()
      if (!(await this.#arrival())) return refused(this.#break(failure('connect.timeout', { ...this.#where(), seconds: this.#seconds })))
      const now = performance.now()
      if (now > this.#wholeBy) return refused(this.#break(this.#timeout()))
      this.#waited += now - began
      if (this.#waited > this.#seconds * 1000) {
        if (this.#came < leastProgress) return refused(this.#break(this.#timeout()))
        this.#beginAnew()
      }
    }
    const piece = this.#pieces.shift()
    if (piece === undefined) return refused(this.#broken ?? failure('connect.lost'))
    this.#unread -= piece.length
    if (this.#unread < highWater / 2) this.#socket.resume()
    return done(piece)
  }

  /**
   * The reader is done with this piece, and with all that came before it in the same segment: its memory goes now. Left to the
   * garbage collector, which knows little of it, there would be 50 MB of it on a fast line.
   */
  giveBack(piece: Buffer): void {
    const { buffer } = piece
    if (this.#segments.delete(buffer) && buffer instanceof ArrayBuffer) buffer.transfer(0)
  }

  /** Puts back what a reader of pieces did not need. */
  putBack(rest: Buffer): void {
    if (rest.length === 0) return
    this.#pieces.unshift(rest)
    this.#unread += rest.length
  }

  /** One line without its line end. The whole line has to be there within the target's seconds. */
  async line(): Promise<Outcome<string>> {
    const started = performance.now()
    const parts: Buffer[] = []
    this.#beginAnew()
    for (let length = 0; ; ) {
      const piece = await this.piece()
      if (!piece.ok) return piece
      const end = piece.value.indexOf(0x0a)
      parts.push(end < 0 ? piece.value : piece.value.subarray(0, end))
      length += parts.at(-1)?.length ?? 0
      if (length > longestLine) return refused(this.#break(failure('server.answer-too-long', this.#where())))
      if (end >= 0) {
        this.putBack(piece.value.subarray(end + 1))
        return done(Buffer.concat(parts).toString('utf8').replace(/\r$/, ''))
      }
      // A byte now and then keeps piece() content; an answer that trickles in for ever is none.
      if (performance.now() - started > this.#target.timeoutSeconds * 1000) {
        return refused(this.#break(this.#timeout()))
      }
    }
  }

  /** Commands are sent as they are: a line end inside one would be a second command (CR/LF injection) and is a bug up to here. */
  send(...commands: readonly string[]): void {
    if (commands.some((command) => /[\r\n\0]/.test(command))) throw new Error('a command with a line break in it')
    this.#beginAnew()
    if (commands.length > 0 && !this.#socket.destroyed) this.#socket.write(commands.map((command) => `${command}\r\n`).join(''))
  }

  /**
   * What is sent in this turn of the event loop goes out as one: a server that answers two segments with two may find its second answer
   * held back until our system has acknowledged the first, some 40 ms later (RFC 896, RFC 1122 section 4.2.3.2).
   */
  gather(): void {
    this.#socket.cork()
    setImmediate(() => this.#socket.uncork())
  }

  /** Bytes of a message on their way to the server, as they are. Resolves when there is room for more, or when the connection broke. */
  async write(piece: Uint8Array): Promise<void> {
    this.#beginAnew()
    if (this.#broken !== null || this.#socket.destroyed || this.#socket.write(piece)) return
    let made: () => void = () => undefined
    const room = new Promise<void>((resolve) => {
      made = resolve
      this.#socket.once('drain', made).once('close', made)
    })
    // A server that takes nothing any more is waited for as long as one that says nothing.
    const waited = await withinLimits({ ...this.#target, timeoutSeconds: this.#seconds }, room)
    this.#socket.off('drain', made).off('close', made)
    if (!waited.ok) this.#break(waited.failure)
  }

  /** Hands the socket over, paused, to TLS or to a library. Not ok (`tls.injected-data`) when the server said more than it was asked. */
  release(): Outcome<net.Socket> {
    this.#letGo()
    this.#socket.pause()
    if (this.#unread > 0) {
      this.#socket.destroy()
      return failed('tls.injected-data', this.#where())
    }
    if (this.#broken !== null) return refused(this.#broken)
    return done(this.#socket)
  }

  close(): void {
    this.#letGo()
    this.#break(failure('connect.lost', this.#where()))
  }

  refuse(reason: Failure): Outcome<never> {
    this.close()
    return refused(reason)
  }

  /** After a polite good-bye: lets what was written go out, and waits for nothing. */
  end(): void {
    this.#letGo()
    this.#socket.end()
    this.#socket.setTimeout(5000, () => this.#socket.destroy())
    // What was written is the system's to send: the program may end before the server has answered.
    this.#socket.unref()
    this.#socket.resume()
  }

  #beginAnew(): void {
    this.#waited = 0
    this.#came = 0
  }

  #timeout(): Failure {
    return failure('connect.timeout', { ...this.#where(), seconds: this.#target.timeoutSeconds })
  }

  #where() {
    return { host: this.#target.host, port: this.#target.port }
  }

  #letGo(): void {
    this.#socket.off('data', this.#take).off('error', this.#onError).off('end', this.#onEnd).off('close', this.#onEnd)
    // Whoever still waits for something is told when it is cancelled.
    if (this.#wake === null) this.#target.signal.removeEventListener('abort', this.#onAbort)
  }

  /** Resolves as soon as something came, or the connection broke or was cancelled; false = nothing of that in time. There is a wait for nearly every segment. */
  #arrival(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(this.#seconds * 1000, Math.max(this.#wholeBy - performance.now(), 0)), false)
      this.#wake = () => {
        this.#wake = null
        clearTimeout(timer)
        resolve(true)
      }
    })
  }

  #break(reason: Failure): Failure {
    this.#broken ??= reason
    this.#socket.destroy()
    this.#wake?.()
    return this.#broken
  }

  readonly #take = (piece: Buffer) => {
    if (piece.byteLength === piece.buffer.byteLength) this.#segments.add(piece.buffer)
    this.#pieces.push(piece)
    this.#unread += piece.length
    this.#came += piece.length
    if (this.#unread > highWater) this.#socket.pause()
    this.#wake?.()
  }
  readonly #onError = (error: Error) => void this.#break(connectionFailure(error, this.#where()))
  readonly #onEnd = () => void this.#break(failure('connect.lost', this.#where()))
  readonly #onAbort = () => {
    this.#pieces = []
    this.#unread = 0
    this.#break(failure('job.cancelled', this.#where()))
  }
}
