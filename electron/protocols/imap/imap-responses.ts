/**
 * What an IMAP server says, one response at a time (RFC 9051 section 7), over any segmentation: lines with literals in them,
 * taken apart as far as the grammar goes without knowing the command. Length, depth and time of a response are bounded.
 */
import { done, failed } from '../../../shared/failures/failure.ts'
import type { Evidence, Outcome } from '../../../shared/failures/failure.ts'
import type { LineConnection } from '../net/line-connection.ts'
import { serverWords } from '../net/server-words.ts'

/** Atoms and quoted strings are text, literals bytes, NIL is null, a list in parentheses is a list. */
export type Value = string | Buffer | null | readonly Value[]

export interface Response {
  /** `*`, `+`, or the tag of the command this is the answer to. */
  readonly tag: string
  /** Upper case: FETCH, EXISTS, OK, …; empty for `+`. */
  readonly name: string
  /** Of `* 12 FETCH` the 12. */
  readonly number: number | null
  /** What follows OK, NO, BAD, BYE or `+`: for people, after a code in brackets. */
  readonly text: string
  /** What follows any other name. */
  readonly values: readonly Value[]
}

/** A list of a million UIDs on one line is shorter. */
const longestText = 16 * 1024 * 1024
/** Messages come in parts of 2 MiB; one whose size the server told wrong comes whole. */
const largestLiteral = 64 * 1024 * 1024
const deepestList = 30
const noBytes = Buffer.alloc(0)

export class ResponseReader {
  readonly #connection: LineConnection
  readonly #evidence: Evidence
  readonly #seconds: number
  #unread: Buffer = noBytes

  /** `seconds`: so long may one line of text take to be complete. */
  constructor(connection: LineConnection, evidence: Evidence, seconds: number) {
    this.#connection = connection
    this.#evidence = evidence
    this.#seconds = seconds
  }

  /** Not ok = the connection is of no more use. */
  async next(): Promise<Outcome<Response>> {
    const parts: (string | Buffer)[] = []
    for (let length = 0; ; ) {
      const read = this.#lineAtHand() ?? (await this.#line())
      if (!read.ok) return read
      const line = read.value
      // A person's words may end in what looks like a literal.
      const literal = parts.length === 0 && /^\S+ (?:OK|NO|BAD|BYE|PREAUTH)(?: |$)/i.test(line) ? null : /~?\{(\d{1,10})\+?\}$/.exec(line)
      parts.push(literal === null ? line : line.slice(0, literal.index))
      length += line.length
      if (literal === null) return this.#take(parts)
      const bytes = await this.#bytes(Number(literal[1]))
      if (!bytes.ok) return bytes
      parts.push(bytes.value)
      length += bytes.value.length
      if (length > longestText + largestLiteral) return failed('server.answer-too-long', this.#evidence)
    }
  }

  #take(parts: readonly (string | Buffer)[]): Outcome<Response> {
    const response = responseOf(parts)
    const first = parts[0]
    return response === null ? failed('server.protocol', { ...this.#evidence, serverWords: serverWords(typeof first === 'string' ? first.slice(0, 2000) : '') }) : done(response)
  }

  #lineAtHand(): Outcome<string> | null {
    const end = this.#unread.indexOf(0x0a)
    if (end < 0) return null
    const line = textOf(this.#unread.subarray(0, end))
    this.#unread = this.#unread.subarray(end + 1)
    return done(line)
  }

  async #line(): Promise<Outcome<string>> {
    const started = performance.now()
    const parts = [this.#unread]
    for (let length = this.#unread.length; ; ) {
      const piece = await this.#connection.piece()
      if (!piece.ok) return piece
      const end = piece.value.indexOf(0x0a)
      parts.push(end < 0 ? piece.value : piece.value.subarray(0, end))
      length += piece.value.length
      if (end >= 0) {
        this.#unread = piece.value.subarray(end + 1)
        return done(textOf(Buffer.concat(parts)))
      }
      if (length > longestText) return failed('server.answer-too-long', this.#evidence)
      // A byte now and then keeps piece() content; an answer that trickles in for ever is none.
      if (performance.now() - started > this.#seconds * 1000 && length < 64 * 1024) {
        return failed('connect.timeout', { ...this.#evidence, seconds: this.#seconds })
      }
    }
  }

  async #bytes(length: number): Promise<Outcome<Buffer>> {
    if (length > largestLiteral) return failed('server.answer-too-long', this.#evidence)
    const parts: Buffer[] = []
    let missing = length
    for (;;) {
      const part = this.#unread.subarray(0, missing)
      this.#unread = this.#unread.subarray(part.length)
      parts.push(part)
      missing -= part.length
      if (missing === 0) return done(parts.length === 1 ? part : Buffer.concat(parts, length))
      const piece = await this.#connection.piece()
      if (!piece.ok) return piece
      this.#unread = piece.value
    }
  }
}

function textOf(line: Buffer): string {
  return line.toString('utf8', 0, line.at(-1) === 0x0d ? line.length - 1 : line.length)
}

/** null = no response of IMAP. */
export function responseOf(parts: readonly (string | Buffer)[]): Response | null {
  const line = parts[0]
  if (typeof line !== 'string') return null
  if (/^\+(?: |$)/.test(line)) return { tag: '+', name: '', number: null, text: line.slice(2), values: [] }
  const [whole, tag, digits, word] = /^(\*|[A-Z]\w{0,20}) (?:(\d{1,10}) )?([A-Z][A-Z\d-]{0,40})(?: |$)/i.exec(line) ?? []
  if (whole === undefined || tag === undefined || word === undefined) return null
  const name = word.toUpperCase()
  const number = digits === undefined ? null : Number(digits)
  const isStatus = name === 'OK' || name === 'NO' || name === 'BAD' || name === 'BYE' || name === 'PREAUTH'
  if (isStatus) return { tag, name, number, text: line.slice(whole.length), values: [] }
  const values = new Scanner(parts, whole.length).all()
  return values === null ? null : { tag, name, number, text: '', values }
}

/** Values one after the other, over text and the literals between. */
class Scanner {
  readonly #parts: readonly (string | Buffer)[]
  #part = 0
  #at: number

  constructor(parts: readonly (string | Buffer)[], at: number) {
    this.#parts = parts
    this.#at = at
  }

  /** null = it does not come out even. */
  all(): readonly Value[] | null {
    const values = this.#list(0)
    return values !== null && this.#part >= this.#parts.length ? values : null
  }

  #list(depth: number): Value[] | null {
    const values: Value[] = []
    for (;;) {
      const part = this.#parts[this.#part]
      if (part === undefined) return depth === 0 ? values : null
      if (typeof part !== 'string') {
        values.push(part)
        this.#next()
        continue
      }
      const character = part[this.#at]
      if (character === undefined) this.#next()
      else if (character === ' ') this.#at += 1
      else if (character === '(') {
        this.#at += 1
        const inner = depth < deepestList ? this.#list(depth + 1) : null
        if (inner === null) return null
        values.push(inner)
      } else if (character === ')') {
        if (depth === 0) return null
        this.#at += 1
        return values
      } else {
        const value = character === '"' ? this.#quoted(part) : this.#atom(part)
        if (value === undefined) return null
        values.push(value)
      }
    }
  }

  #next(): void {
    this.#part += 1
    this.#at = 0
  }

  #quoted(text: string): string | undefined {
    for (let end = this.#at + 1; end < text.length; end += 1) {
      if (text[end] === '\\') end += 1
      else if (text[end] === '"') {
        const inside = text.slice(this.#at + 1, end)
        this.#at = end + 1
        return inside.includes('\\') ? inside.replaceAll(/\\(.)/g, '$1') : inside
      }
    }
    return undefined
  }

  /** With what stands in brackets: `BODY[HEADER.FIELDS (MESSAGE-ID)]<0>` is one. */
  #atom(text: string): string | null {
    const start = this.#at
    let end = start
    for (; end < text.length; end += 1) {
      const character = text[end]
      if (character === ' ' || character === '(' || character === ')') break
      if (character === '[') {
        const closed = text.indexOf(']', end)
        end = closed < 0 ? text.length - 1 : closed
      }
    }
    this.#at = end
    const atom = text.slice(start, end)
    return atom.toUpperCase() === 'NIL' ? null : atom
  }
}

/** As text, whichever way it came; null = NIL or a list. */
export function textIn(value: Value | undefined): string | null {
  if (typeof value === 'string') return value
  return Buffer.isBuffer(value) ? value.toString('utf8') : null
}

export function listIn(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : []
}
