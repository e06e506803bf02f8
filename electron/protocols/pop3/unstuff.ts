/**
 * Takes the dots out of a POP3 multi-line answer and finds its end (RFC 1939 section 3), however TCP cut it into pieces. All
 * other bytes pass as they are: only CRLF ends a line, so a lone CR or LF with dots around it is content.
 *
 *   lineStart ─"."─▶ dot ─CR─▶ dotCr ─LF─▶ over
 *       ▲             └─else─▶ text     └─else─▶ text (the CR was content)
 *       └─LF─ cr ◀─CR─ text
 */
type State = 'lineStart' | 'dot' | 'dotCr' | 'text' | 'cr' | 'over'

const CR = 0x0d
const LF = 0x0a
const DOT = 0x2e
const lineEndDot = Buffer.from('\r\n.')
const heldCr = Buffer.from('\r')

/** `as it is`: the answer's very first line has no dot in front of its own (first-dot.ts). */
export type FirstLine = 'stuffed' | 'as it is'

export class Unstuffer {
  #state: State

  constructor(firstLine: FirstLine = 'stuffed') {
    this.#state = firstLine === 'stuffed' ? 'lineStart' : 'text'
  }

  get over(): boolean {
    return this.#state === 'over'
  }

  /** The content in this piece, and what follows the answer's end (empty until it is over). Pieces are views, nothing is copied. */
  take(piece: Buffer): { readonly content: readonly Buffer[]; readonly rest: Buffer } {
    const content: Buffer[] = []
    let from = 0
    let at = 0
    const emit = (to: number) => {
      if (to > from) content.push(piece.subarray(from, to))
    }
    while (at < piece.length && this.#state !== 'over') {
      switch (this.#state) {
        case 'text': {
          const stuffed = piece.indexOf(lineEndDot, at)
          if (stuffed >= 0) {
            emit(stuffed + 2)
            at = from = stuffed + 3
            this.#state = 'dot'
          } else {
            this.#state = endOf(piece, at)
            at = piece.length
          }
          break
        }
        case 'cr':
          if (piece[at] === LF) {
            at += 1
            this.#state = 'lineStart'
          } else this.#state = 'text'
          break
        case 'lineStart':
          if (piece[at] === DOT) {
            emit(at)
            at += 1
            from = at
            this.#state = 'dot'
          } else this.#state = 'text'
          break
        case 'dot':
          if (piece[at] === CR) {
            at += 1
            this.#state = 'dotCr'
          } else this.#state = 'text'
          break
        case 'dotCr':
          if (piece[at] === LF) {
            at += 1
            this.#state = 'over'
          } else {
            // The CR may have come with the piece before: it is emitted from here in either case.
            content.push(heldCr)
            this.#state = 'text'
          }
          from = at
          break
      }
    }
    // A CR after a dot is held back until the next byte tells whether it belongs to the end.
    if (this.#state !== 'over' && this.#state !== 'dotCr') emit(piece.length)
    return { content, rest: this.#state === 'over' ? piece.subarray(at) : piece.subarray(piece.length) }
  }
}

/** Where a piece of text without a stuffed line leaves off. */
function endOf(piece: Buffer, at: number): State {
  const last = piece[piece.length - 1]
  if (last === CR) return 'cr'
  return last === LF && piece.length - 2 >= at && piece[piece.length - 2] === CR ? 'lineStart' : 'text'
}
