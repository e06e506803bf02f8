/**
 * What an IMAP server says, one response at a time (RFC 9051 section 7), over any segmentation: lines with literals in them,
 * taken apart as far as the grammar goes without knowing the command. Length, depth and time of a response are bounded.
 */
import { done, failed } from '../../../shared/failures/failure.ts'
import type { Evidence, Outcome } from '../../../shared/failures/failure.ts'
import type { LineConnection } from '../net/line-connection.ts'
import type { MessageSink } from '../net/server-target.ts'
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

/**
 * Asked when a literal begins: `begun` is the response as far as it was heard, with no bytes in the literal's place. What it answers
 * with takes the bytes as they come, and none of them stays in the response; null = they do.
 */
export type Taker = (begun: Response, length: number) => Promise<Outcome<MessageSink | null>> | Outcome<MessageSink | null>

/** A list of a million UIDs on one line is shorter. */
const longestText = 16 * 1024 * 1024
/** What stays in memory: parts of messages of 2 MiB, headers, names. Whole messages are taken as they come. */
export const largestLiteral = 16 * 1024 * 1024
/** What a server may say before it answers, bytes that nobody takes: a list of a million messages is shorter. */
const longestAnswer = 256 * 1024 * 1024
/** And in how many responses: there are two to a message, at the most, where all are told of. */
const mostResponses = 3_000_000
const deepestList = 30
/** Literals in one response; none that is asked for here has more than a few. */
const mostLiterals = 1000
/** A message's literal comes early in its response: later, nobody is asked where a literal is to go. */
const longestBeginning = 64 * 1024
const noBytes = Buffer.alloc(0)

export class ResponseReader {
  readonly #connection: LineConnection
  readonly #evidence: Evidence
  readonly #seconds: number
  /** What came last, and how far it was read. Nothing keeps a view of it: its memory goes as soon as all of it was read. */
  #piece: Buffer = noBytes
  #at = 0
  #said = 0
  #responses = 0

  /** `seconds`: so long may one line of text take to be complete. */
  constructor(connection: LineConnection, evidence: Evidence, seconds: number) {
    this.#connection = connection
    this.#evidence = evidence
    this.#seconds = seconds
  }

  /** Not ok = the connection is of no more use. What is there already is not waited for: a list has as many as a mailbox has messages. */
  next(taker: Taker): Outcome<Response> | Promise<Outcome<Response>> {
    const line = this.#lineAtHand()
    if (line === null) return this.#read(taker, null)
    return literalIn(line, true) === null ? this.#made([line]) : this.#read(taker, line)
  }

  /** An answer is complete: what comes now belongs to the next. */
  beginAnew(): void {
    this.#said = 0
    this.#responses = 0
  }

  async #read(taker: Taker, begun: string | null): Promise<Outcome<Response>> {
    const parts: (string | Buffer)[] = []
    for (let atHand = begun, length = 0; ; atHand = this.#lineAtHand()) {
      const read = atHand === null ? await this.#line() : done(atHand)
      if (!read.ok) return read
      const literal = literalIn(read.value, parts.length === 0)
      if (literal === null) return this.#made([...parts, read.value])
      parts.push(read.value.slice(0, literal.at))
      // With the literal in the place of what is still to come.
      const soFar = length <= longestBeginning ? responseOf([...parts, noBytes, ')']) : null
      const sink = soFar === null ? done(null) : await taker(soFar, literal.length)
      if (!sink.ok) return sink
      length += sink.value === null ? read.value.length + literal.length : read.value.length
      if (parts.length > 2 * mostLiterals || length > longestText + largestLiteral || (sink.value === null && literal.length > largestLiteral)) return failed('server.answer-too-long', this.#evidence)
      const bytes = sink.value === null ? await this.#bytes(literal.length) : await this.#pass(literal.length, sink.value)
      if (!bytes.ok) return bytes
      parts.push(bytes.value)
    }
  }

  #made(parts: readonly (string | Buffer)[]): Outcome<Response> {
    for (const part of parts) this.#said += part.length
    this.#responses += 1
    if (this.#said > longestAnswer || this.#responses > mostResponses) return failed('server.answer-too-long', this.#evidence)
    const response = responseOf(parts)
    const first = parts[0]
    return response === null ? failed('server.protocol', { ...this.#evidence, serverWords: serverWords(typeof first === 'string' ? first.slice(0, 2000) : '') }) : done(response)
  }

  #lineAtHand(): string | null {
    const end = this.#piece.indexOf(0x0a, this.#at)
    if (end < 0) return null
    const line = textOf(this.#piece, this.#at, end)
    this.#advance(end + 1)
    return line
  }

  async #line(): Promise<Outcome<string>> {
    const started = performance.now()
    const parts = [Buffer.from(this.#piece.subarray(this.#at))]
    for (let length = this.#piece.length - this.#at; ; ) {
      const piece = await this.#refill()
      if (!piece.ok) return piece
      const end = this.#piece.indexOf(0x0a)
      parts.push(Buffer.from(end < 0 ? this.#piece : this.#piece.subarray(0, end)))
      length += this.#piece.length
      if (end >= 0) {
        this.#advance(end + 1)
        const line = Buffer.concat(parts)
        return done(textOf(line, 0, line.length))
      }
      if (length > longestText) return failed('server.answer-too-long', this.#evidence)
      // A byte now and then keeps piece() content; an answer that trickles in for ever is none.
      if (performance.now() - started > this.#seconds * 1000 && length < 64 * 1024) {
        return failed('connect.timeout', { ...this.#evidence, seconds: this.#seconds })
      }
    }
  }

  async #bytes(length: number): Promise<Outcome<Buffer>> {
    const bytes = Buffer.allocUnsafe(length)
    let filled = 0
    const write = (piece: Uint8Array) => {
      bytes.set(piece, filled)
      filled += piece.length
    }
    const passed = await this.#pass(length, { write })
    return passed.ok ? done(bytes) : passed
  }

  /** Every byte of a literal goes to the sink; the response keeps none. */
  async #pass(length: number, sink: MessageSink): Promise<Outcome<Buffer>> {
    for (let missing = length; ; ) {
      const part = this.#piece.subarray(this.#at, this.#at + missing)
      const taken = part.length === 0 ? undefined : sink.write(part)
      if (taken !== undefined) await taken
      missing -= part.length
      this.#advance(this.#at + part.length)
      if (missing === 0) return done(noBytes)
      const piece = await this.#refill()
      if (!piece.ok) return piece
    }
  }

  /** Read up to here. */
  #advance(to: number): void {
    this.#at = to
    if (to < this.#piece.length) return
    this.#connection.giveBack(this.#piece)
    this.#piece = noBytes
    this.#at = 0
  }

  /** Only when all of the last one was read, or kept elsewhere. */
  async #refill(): Promise<Outcome<void>> {
    this.#advance(this.#piece.length)
    const piece = await this.#connection.piece()
    if (!piece.ok) return piece
    this.#piece = piece.value
    this.#at = 0
    return done(undefined)
  }
}

/** The literal that a line ends with, and where it is announced. A person's words may end in what looks like one. */
function literalIn(line: string, isFirst: boolean): { readonly at: number; readonly length: number } | null {
  if (!line.endsWith('}') || (isFirst && /^\S+ (?:OK|NO|BAD|BYE|PREAUTH)(?: |$)/i.test(line))) return null
  const found = /~?\{(\d{1,10})\+?\}$/.exec(line)
  return found === null ? null : { at: found.index, length: Number(found[1]) }
}

/** Without the CR before the line's end. */
function textOf(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('utf8', from, to > from && bytes[to - 1] === 0x0d ? to - 1 : to)
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
