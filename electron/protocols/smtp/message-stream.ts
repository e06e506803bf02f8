/**
 * A finished message as it goes out in DATA: line by line as it is in its file, a dot that begins a line doubled (RFC 5321 section 4.5.2),
 * with a line end at its very end. The file has CRLF line ends only; it was written that way.
 */
import fs from 'node:fs'
import { promisify } from 'node:util'

// Callbacks instead of FileHandles: with thousands of small files their overhead shows.
const openFile = promisify(fs.open)
const readFile = promisify(fs.read) as unknown as (file: number, buffer: Uint8Array, offset: number, length: number, position: number) => Promise<{ bytesRead: number }>
const closeFile = promisify(fs.close)

const pieceBytes = 256 * 1024
const dot = 0x2e
const [cr, lf] = [0x0d, 0x0a]
const lineEndAndDot = Buffer.from('\r\n.')

export interface MessageStream {
  /** The next piece, dots doubled; null = that was all. Rejects when the file can't be read, or is not as long as it was. */
  next(): Promise<Buffer | null>
  /** All of it was read as it was opened. */
  readonly isSmall: boolean
  /** What is missing between the last piece and the end of the message: CRLF, or nothing. */
  readonly lineEnd: string
  close(): Promise<void>
}

/** Shorter or longer than what was queued: somebody changed it, or a crash did. Half an invoice must not go out. */
export class NotWhatWasQueued extends Error {}

/** The first piece of a message is read as it is opened. Rejects when the file can't be read, or is known not to have `size` bytes any more. */
export async function openMessage(path: string, size: number): Promise<MessageStream> {
  const file = await openFile(path, 'r')
  let position = 0
  let ending: readonly [number, number] = [cr, lf]
  let ahead: Buffer | null = null
  let isOver = false

  async function read(): Promise<Buffer | null> {
    if (isOver) return null
    const room = Buffer.allocUnsafeSlow(Math.min(pieceBytes, Math.max(size - position, 1)) + 1)
    const { bytesRead } = await readFile(file, room, 0, room.length, position)
    position += bytesRead
    isOver = bytesRead < room.length
    if (isOver ? position !== size : position > size) throw new NotWhatWasQueued()
    return bytesRead === 0 ? null : room.subarray(0, bytesRead)
  }

  try {
    ahead = await read()
  } catch (error) {
    await closeFile(file)
    throw error
  }
  return {
    async next() {
      const piece = ahead ?? (await read())
      ahead = null
      if (piece === null) return null
      const stuffed = stuff(piece, ending)
      ending = [piece.at(-2) ?? ending[1], piece.at(-1) ?? lf]
      return stuffed
    },
    isSmall: isOver,
    get lineEnd() {
      return ending[0] === cr && ending[1] === lf ? '' : '\r\n'
    },
    close: () => closeFile(file),
  }
}

/** `before`: the two bytes that came before this piece; a message begins like a line. */
export function stuff(piece: Buffer, before: readonly [number, number]): Buffer {
  const parts: Buffer[] = []
  let from = 0
  const double = (at: number) => {
    parts.push(piece.subarray(from, at), Buffer.of(dot))
    from = at
  }
  if (piece[0] === dot && before[0] === cr && before[1] === lf) double(0)
  if (piece[0] === lf && piece[1] === dot && before[1] === cr) double(1)
  for (let at = piece.indexOf(lineEndAndDot); at >= 0; at = piece.indexOf(lineEndAndDot, at + 3)) double(at + 2)
  return parts.length === 0 ? piece : Buffer.concat([...parts, piece.subarray(from)])
}
