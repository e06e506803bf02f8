/**
 * Answers that begin with a dot. RFC 1939 section 3 has a line that begins with one sent with two; Dovecot 2.3 does not do that for
 * the very first line of a message. So `.CRLF` at the beginning is the end of an answer without a byte, or a line with a dot, and
 * two dots are one dot or two.
 *
 * What follows tells: after the end comes the next answer's status, and where nothing was asked that could be answered, NOOP is. Of
 * two readings the right one is that which comes to the size the server announced (LIST).
 */
import { done, type Outcome } from '../../../shared/failures/failure.ts'
import type { LineConnection } from '../net/line-connection.ts'
import type { Pop3Server } from './greet-pop3.ts'
import { readStatus } from './pop3-dialogue.ts'
import { Unstuffer, type FirstLine } from './unstuff.ts'

/** `line`: a line that is only a dot, taken from the connection; `isFenced`: the answer to a NOOP comes after this one. */
export type Beginning = { readonly is: 'usual' } | { readonly is: 'end' } | Unclear
export type Unclear = { readonly is: 'dot' } | { readonly is: 'line'; readonly isFenced: boolean }

/** What a server with something else to say begins with. */
const statusWords = ['+OK', '-ERR']
const dotLine = '.\r\n'

/** After the status. `announced` is the message's size, `following` how many answers come after this one. Nothing is taken of what is `usual` or `dot`. */
export async function lookForDot({ connection, evidence }: Pop3Server, announced: number, following: number): Promise<Outcome<Beginning>> {
  if (announced === 0) return done({ is: 'usual' })
  const first = await peek(connection, 1)
  if (!first.ok) return first
  if (first.value !== '.') return done({ is: 'usual' })
  const beginning = await peek(connection, dotLine.length)
  if (!beginning.ok) return beginning
  if (beginning.value !== dotLine) return done({ is: 'dot' })
  await take(connection, dotLine.length)
  const isFenced = following === 0
  if (isFenced) connection.send('NOOP')
  const next = await peek(connection, 4)
  if (!next.ok) return next
  if (!statusWords.some((word) => next.value.startsWith(word))) return done({ is: 'line', isFenced })
  const fence = isFenced ? await readStatus(connection, evidence) : done(undefined)
  return fence.ok ? done({ is: 'end' }) : fence
}

/** Reads such an answer to its end without keeping it, and tells how its first line is to be read. */
export async function readingOf({ connection, evidence }: Pop3Server, beginning: Unclear, announced: number): Promise<Outcome<FirstLine>> {
  const second = beginning.is === 'dot' ? await peek(connection, 2) : done('')
  if (!second.ok) return second
  const unstuffer = new Unstuffer()
  let bytes = 0
  while (!unstuffer.over) {
    const piece = await connection.piece()
    if (!piece.ok) return piece
    const { content, rest } = unstuffer.take(piece.value)
    for (const part of content) bytes += part.length
    connection.putBack(rest)
    if (rest.length === 0) connection.giveBack(piece.value)
  }
  const fence = beginning.is === 'line' && beginning.isFenced ? await readStatus(connection, evidence) : done(undefined)
  if (!fence.ok) return fence
  // A message without a last line end gets one on its way.
  const comesTo = (size: number) => size === announced || size === announced + 2
  if (beginning.is === 'line' || comesTo(bytes + 1)) return done('as it is')
  // Where the size tells nothing: one dot alone can't have been two.
  return done(comesTo(bytes) || second.value === '..' ? 'stuffed' : 'as it is')
}

/** So many bytes, or more where they came in larger pieces, stay where they are. */
async function peek(connection: LineConnection, count: number): Promise<Outcome<string>> {
  let bytes: Buffer = Buffer.alloc(0)
  while (bytes.length < count) {
    const piece = await connection.piece()
    if (!piece.ok) return piece
    bytes = bytes.length === 0 ? piece.value : Buffer.concat([bytes, piece.value])
  }
  connection.putBack(bytes)
  return done(bytes.toString('latin1', 0, count))
}

/** What was peeked at. */
async function take(connection: LineConnection, count: number): Promise<void> {
  const piece = await connection.piece()
  if (piece.ok) connection.putBack(piece.value.subarray(count))
}
