/**
 * Bytes with every line end made CRLF, piece by piece. SMTP takes no bare CR or LF (RFC 5321 section 2.3.8), and one that slips
 * through may end a message early at a server that reads it otherwise ("SMTP smuggling"). NUL, which no message may have (RFC 5322
 * section 2.2, RFC 2045 section 2.8), is left out: behind one, a dot does not begin a line here, and does where a server drops it.
 */
const nul = 0
const cr = 13
const lf = 10

export class CrlfLines {
  /** The last piece ended in a CR whose LF may come with the next one. */
  #pendingCr = false

  next(piece: Uint8Array): Uint8Array {
    if (!this.#pendingCr && isRight(piece)) return piece
    const result = Buffer.allocUnsafe(piece.byteLength * 2 + 2)
    let length = 0
    for (const byte of piece) {
      if (byte === nul) continue
      if (this.#pendingCr || byte === lf) {
        // One line end: the CR before, this LF, or both.
        result[length++] = cr
        result[length++] = lf
      }
      this.#pendingCr = byte === cr
      if (byte !== lf && byte !== cr) result[length++] = byte
    }
    return result.subarray(0, length)
  }

  end(): Uint8Array {
    return this.#pendingCr ? Buffer.from([cr, lf]) : new Uint8Array()
  }
}

/** What a composer writes is nearly always right already, and then costs neither time nor memory. */
function isRight(piece: Uint8Array): boolean {
  if (piece.includes(nul)) return false
  for (let at = piece.indexOf(lf); at >= 0; at = piece.indexOf(lf, at + 1)) {
    if (at === 0 || piece[at - 1] !== cr) return false
  }
  for (let at = piece.indexOf(cr); at >= 0; at = piece.indexOf(cr, at + 1)) {
    if (piece[at + 1] !== lf) return false
  }
  return true
}

export async function* withCrlf(pieces: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  const lines = new CrlfLines()
  for await (const piece of pieces) yield lines.next(typeof piece === 'string' ? Buffer.from(piece) : (piece as Uint8Array))
  yield lines.end()
}
