/** Commands and answers of POP3 (RFC 1939 section 3) over one connection. */
import { done, failed, refused } from '../../../shared/failures/failure.ts'
import type { Evidence, Failure, Outcome } from '../../../shared/failures/failure.ts'
import type { LineConnection } from '../net/line-connection.ts'
import { serverWords } from '../net/server-words.ts'
import { pop3Failure } from './pop3-failure.ts'
import { Unstuffer } from './unstuff.ts'

/** An inbox with a million messages lists in less; nothing else a server lists comes near it. */
const longestList = 64 * 1024 * 1024
const lineEnd = Buffer.from('\r\n')

/** Two numbers and a name of at most 200 characters; RFC 2449 section 4 allows 512 octets. */
const longestListLine = 16 * 1024

export type Status = { readonly positive: boolean; readonly line: string }

/** One status line: +OK or -ERR, whatever follows. */
export async function readStatus(connection: LineConnection, evidence: Evidence): Promise<Outcome<Status>> {
  const line = await connection.line()
  if (!line.ok) return line
  if (/^\+OK(?: |$)/i.test(line.value)) return done({ positive: true, line: line.value })
  if (/^-ERR(?: |$)/i.test(line.value)) return done({ positive: false, line: line.value })
  return failed('server.protocol', { ...evidence, serverWords: serverWords(line.value) })
}

/** The rest of a multi-line answer, whole: for lists, never for messages. */
export async function readLines(connection: LineConnection, evidence: Evidence, most = longestList): Promise<Outcome<readonly string[]>> {
  const bytes = await readBytes(connection, evidence, most)
  if (!bytes.ok) return bytes
  const lines = bytes.value.toString('utf8').split('\r\n')
  return done(lines.at(-1) === '' ? lines.slice(0, -1) : lines)
}

/** The same as bytes. */
export async function readBytes(connection: LineConnection, evidence: Evidence, most: number): Promise<Outcome<Buffer>> {
  const unstuffer = new Unstuffer()
  const parts: Buffer[] = []
  for (let length = 0; !unstuffer.over; ) {
    const piece = await connection.piece()
    if (!piece.ok) return piece
    const { content, rest } = unstuffer.take(piece.value)
    connection.putBack(rest)
    parts.push(...content)
    length += piece.value.length
    if (length > most) return failed('server.answer-too-long', evidence)
  }
  return done(Buffer.concat(parts))
}

/**
 * The same line by line, for lists of as many lines as an inbox has messages: nothing is made of a line but what `take` makes of
 * its bytes, from `from` to before `to`, without the line end. What it answers with, if anything, ends the reading as a failure.
 */
export async function readEachLine(connection: LineConnection, evidence: Evidence, take: (bytes: Buffer, from: number, to: number) => Failure | null): Promise<Outcome<void>> {
  const unstuffer = new Unstuffer()
  let begun: Buffer = Buffer.alloc(0)
  for (let length = 0; !unstuffer.over; ) {
    const piece = await connection.piece()
    if (!piece.ok) return piece
    const { content, rest } = unstuffer.take(piece.value)
    connection.putBack(rest)
    length += piece.value.length
    if (length > longestList) return failed('server.answer-too-long', evidence)
    const bytes = Buffer.concat([begun, ...content])
    let from = 0
    for (let end = bytes.indexOf(lineEnd); end >= 0; end = bytes.indexOf(lineEnd, from)) {
      const refusal = take(bytes, from, end)
      if (refusal !== null) return refused(refusal)
      from = end + lineEnd.length
    }
    begun = bytes.subarray(from)
    // Without this, an endless line is copied again with every piece of it.
    if (begun.length > longestListLine) return failed('server.answer-too-long', evidence)
  }
  const refusal = begun.length === 0 ? null : take(begun, 0, begun.length)
  return refusal === null ? done(undefined) : refused(refusal)
}

/** A command and its status line. An answer that was there before the question belongs to something else: then nothing is asked. */
export async function askStatus(connection: LineConnection, command: string, evidence: Evidence): Promise<Outcome<Status>> {
  if (connection.hasUnread) return failed('server.protocol', { ...evidence, detail: 'an answer to nothing' })
  connection.send(command)
  return readStatus(connection, evidence)
}

/** A command and its status line; -ERR is a failure. */
export async function ask(connection: LineConnection, command: string, evidence: Evidence): Promise<Outcome<string>> {
  const status = await askStatus(connection, command, evidence)
  if (!status.ok) return status
  return status.value.positive ? done(status.value.line) : refused(pop3Failure(status.value.line, 'command', evidence))
}
