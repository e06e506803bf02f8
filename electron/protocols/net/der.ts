/** Distinguished Encoding Rules (X.690), as far as certificates and what is said of them need it: elements, and what is in them. Never throws; all lengths are somebody else's word. */
export interface Element {
  readonly tag: number
  readonly value: Buffer
  /** With tag and length. */
  readonly whole: Buffer
}

export const tag = { integer: 0x02, octetString: 0x04, objectIdentifier: 0x06, sequence: 0x30 } as const

/** More elements side by side than this are not read: a list of a million withdrawn certificates has fewer. */
const mostElements = 2_000_000

/** null = these are not elements, one after the other, up to the end. */
export function elementsIn(bytes: Buffer): readonly Element[] | null {
  const elements: Element[] = []
  for (let at = 0; at < bytes.length; ) {
    const element = elementAt(bytes, at)
    if (element === null || elements.length >= mostElements) return null
    elements.push(element)
    at += element.whole.length
  }
  return elements
}

/** Of the element at the end of a path of places: `[0, 2]` is the third one in the first one. null = there is none. */
export function elementIn(bytes: Buffer, path: readonly number[]): Element | null {
  let element: Element | null = null
  for (const place of path) {
    element = elementsIn(element === null ? bytes : element.value)?.[place] ?? null
    if (element === null) return null
  }
  return element
}

function elementAt(bytes: Buffer, at: number): Element | null {
  const [first, length] = [bytes[at], bytes[at + 1]]
  // Tags of more than one byte are not met here.
  if (first === undefined || length === undefined || (first & 0x1f) === 0x1f) return null
  const more = length < 0x80 ? 0 : length & 0x7f
  if (length === 0x80 || more > 4 || at + 2 + more > bytes.length) return null
  const count = more === 0 ? length : bytes.readUIntBE(at + 2, more)
  const from = at + 2 + more
  if (from + count > bytes.length) return null
  return { tag: first, value: bytes.subarray(from, from + count), whole: bytes.subarray(at, from + count) }
}
