/**
 * Commands to an IMAP server that somebody is signed in to, as many ahead of their answers as the caller likes (RFC 9051 section
 * 5.5), and what the server says meanwhile.
 *
 *   send … send ─▶ until(first) ─▶ until(second) …     every untagged response goes to whoever waits at that moment
 *
 * Nothing is read while nobody waits: what a server says goes no further than the socket's buffers.
 */
import { done, failed, failure, refused } from '../../../shared/failures/failure.ts'
import type { Evidence, Failure, Outcome } from '../../../shared/failures/failure.ts'
import type { LineConnection } from '../net/line-connection.ts'
import { goodbye } from './imap-dialogue.ts'
import { type Asked, imapFailure } from './imap-failure.ts'
import { type Response, ResponseReader, type Taker } from './imap-responses.ts'

export interface Answer {
  readonly status: 'OK' | 'NO' | 'BAD'
  readonly text: string
}

/** What a server says without being asked, or before its answer. A rejection ends the wait and is passed on. */
export type Listener = (response: Response) => void | Promise<void>

const nobody: Listener = () => {}
const nowhere: Taker = () => done(null)

export class ImapConnection {
  readonly evidence: Evidence
  readonly capabilities: ReadonlySet<string>
  readonly #lines: LineConnection
  readonly #reader: ResponseReader
  /** Answered before somebody waited for it: servers may answer out of order. */
  readonly #answered = new Map<string, Answer>()
  readonly #open = new Set<string>()
  #count = 0
  #broken: Failure | null = null

  constructor(lines: LineConnection, evidence: Evidence, capabilities: ReadonlySet<string>, seconds: number) {
    this.#lines = lines
    this.evidence = evidence
    this.capabilities = capabilities
    this.#reader = new ResponseReader(lines, evidence, seconds)
  }

  get usable(): boolean {
    return this.#broken === null
  }

  /** Seconds to the next word of the server; null = as always. */
  waitUpTo(seconds: number | null): void {
    this.#lines.waitUpTo(seconds)
  }

  /** Answers with the tag to wait for. */
  send(command: string): string {
    this.#count += 1
    const tag = `M${this.#count}`
    this.#open.add(tag)
    if (this.#broken === null) this.#lines.send(`${tag} ${command}`)
    return tag
  }

  /** A line that is no command, such as DONE (RFC 2177). */
  say(line: string): void {
    if (this.#broken === null) this.#lines.send(line)
  }

  /** A part of a literal that was announced; resolves when there is room for the next one. */
  async write(piece: Uint8Array): Promise<void> {
    if (this.#broken === null) await this.#lines.write(piece)
  }

  /** Ok whatever the server answered; not ok = the connection is of no more use. `taker` is asked where literals are to go. */
  async until(tag: string, listener: Listener = nobody, taker: Taker = nowhere): Promise<Outcome<Answer>> {
    for (;;) {
      const answer = this.#answered.get(tag)
      if (answer !== undefined) {
        this.#answered.delete(tag)
        return done(answer)
      }
      if (this.#broken !== null) return refused(this.#broken)
      const next = this.#reader.next(taker)
      const read = next instanceof Promise ? await next : next
      if (!read.ok) return refused(this.#break(read.failure))
      const heard = this.#hear(read.value, listener)
      if (heard instanceof Promise) await heard
    }
  }

  /** Waits for all answers that nobody waits for any more, and lets go of what they bring. */
  async drain(): Promise<Outcome<void>> {
    for (const tag of [...this.#open]) {
      const answer = await this.until(tag)
      if (!answer.ok) return answer
    }
    this.#answered.clear()
    return done(undefined)
  }

  /** The server's NO or BAD is a failure, too. */
  async ask(command: string, listener: Listener = nobody, asked: Asked = 'command'): Promise<Outcome<string>> {
    return this.accepted(await this.until(this.send(command), listener), asked)
  }

  accepted(answer: Outcome<Answer>, asked: Asked = 'command'): Outcome<string> {
    if (!answer.ok) return answer
    return answer.value.status === 'OK' ? done(answer.value.text) : refused(imapFailure(answer.value.text, asked, this.evidence))
  }

  #hear(response: Response, listener: Listener): void | Promise<void> {
    if (response.tag === '+') return listener(response)
    if (response.tag === '*') {
      if (response.name !== 'BYE') return listener(response)
      this.#break(goodbye(response.text, this.evidence))
      return
    }
    const { name: status, text } = response
    if (this.#open.delete(response.tag) && (status === 'OK' || status === 'NO' || status === 'BAD')) {
      this.#reader.beginAnew()
      this.#answered.set(response.tag, { status, text })
    } else this.#break(failure('server.protocol', { ...this.evidence, detail: 'an answer nobody asked for' }))
  }

  /** RFC 9051 section 6.1.3. The answer to LOGOUT is of no interest. */
  end(): void {
    if (this.#broken === null) this.#lines.send('ZZ LOGOUT')
    this.#broken ??= failure('connect.lost', this.evidence)
    this.#lines.end()
  }

  close(): void {
    this.#broken ??= failure('connect.lost', this.evidence)
    this.#lines.close()
  }

  /** Of no more use, for a reason of ours. */
  fail(reason: Failure): void {
    this.#break(reason)
  }

  /** Not the kind of answer that can be. */
  nonsense(detail: string): Outcome<never> {
    return failed('server.protocol', { ...this.evidence, detail })
  }

  #break(reason: Failure): Failure {
    this.#broken ??= reason
    this.#lines.close()
    return this.#broken
  }
}

/** The code in brackets that a status text begins with, and what stands after its name (RFC 9051 section 7.1). */
export function codeIn(text: string): { readonly name: string; readonly value: string } | null {
  const [, name, value] = /^\[([A-Z\d-]{1,40})(?: ([^\]]*))?\]/i.exec(text) ?? []
  return name === undefined ? null : { name: name.toUpperCase(), value: value ?? '' }
}
