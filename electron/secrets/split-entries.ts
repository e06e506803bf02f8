/**
 * Secrets that are longer than an entry of the place may be, in several entries. Windows' Credential Manager takes 2,560 bytes an entry
 * (CRED_MAX_CREDENTIAL_BLOB_SIZE), and @napi-rs/keyring writes text as UTF-16: 1,280 characters. A permission at Microsoft is longer.
 *
 *   entry ─▶ the secret itself, or "parts of it are under the sign a": entry#a1, entry#a2, …
 *
 * New parts get the sign that is not in use, and count when the entry names them: a program that ends in the middle leaves the old secret whole.
 */
import { done, type Outcome } from '../../shared/failures/failure.ts'
import type { SecretPlace } from './secret-keeper.ts'

type Sign = 'a' | 'b'

interface Head {
  readonly sign: Sign
  readonly parts: number
}

/** No password begins so, because nobody can type it; one that does all the same is written in parts. */
const mark = '\u001fMailroom '

export class SplitEntries implements SecretPlace {
  readonly #place: SecretPlace
  readonly #most: number

  /** `most`: UTF-16 code units. */
  constructor(place: SecretPlace, most: number) {
    this.#place = place
    this.#most = most
  }

  state() {
    return this.#place.state()
  }

  /** A secret of which a part is missing is none. */
  async read(key: string): Promise<Outcome<string | null>> {
    const entry = await this.#place.read(key)
    const head = entry.ok && entry.value !== null ? headIn(entry.value) : null
    if (head === null) return entry
    const parts: string[] = []
    for (let index = 1; index <= head.parts; index += 1) {
      const part = await this.#place.read(partKey(key, head.sign, index))
      if (!part.ok || part.value === null) return part
      parts.push(part.value)
    }
    return done(parts.join(''))
  }

  async write(key: string, secret: string): Promise<Outcome<void>> {
    const old = await this.#place.read(key)
    if (!old.ok) return old
    const before = old.value === null ? null : headIn(old.value)
    const sign: Sign = before?.sign === 'a' ? 'b' : 'a'
    const parts = secret.length > this.#most || secret.startsWith(mark) ? partsOf(secret, this.#most) : []
    for (const [index, part] of parts.entries()) {
      const written = await this.#place.write(partKey(key, sign, index + 1), part)
      if (!written.ok) return written
    }
    const written = await this.#place.write(key, parts.length === 0 ? secret : `${mark}${sign} ${String(parts.length)}`)
    // What is left of the old one is nobody's any more; where it cannot be removed now, the next write does.
    if (written.ok && before !== null) await this.#removeParts(key, before.sign)
    return written
  }

  async remove(key: string): Promise<Outcome<void>> {
    const old = await this.#place.read(key)
    const head = old.ok && old.value !== null ? headIn(old.value) : null
    const removed = await this.#place.remove(key)
    if (removed.ok && head !== null) await this.#removeParts(key, head.sign)
    return removed
  }

  /** As many as there are: of an earlier write that was broken off there may be more than the entry says. */
  async #removeParts(key: string, sign: Sign): Promise<void> {
    for (let index = 1; ; index += 1) {
      const part = await this.#place.read(partKey(key, sign, index))
      if (!part.ok || part.value === null) return
      const removed = await this.#place.remove(partKey(key, sign, index))
      if (!removed.ok) return
    }
  }
}

function partKey(key: string, sign: Sign, index: number): string {
  return `${key}#${sign}${String(index)}`
}

/** null = the secret itself stands there. */
function headIn(text: string): Head | null {
  const [, sign, parts] = text.startsWith(mark) ? (/^([ab]) ([1-9]\d{0,2})$/.exec(text.slice(mark.length)) ?? []) : []
  return sign === undefined ? null : { sign: sign === 'a' ? 'a' : 'b', parts: Number(parts) }
}

/** No character is cut in two: half of a surrogate pair is no text, and the library would write something else. */
function partsOf(secret: string, most: number): readonly string[] {
  const parts: string[] = []
  for (let at = 0; at < secret.length; ) {
    const last = secret.charCodeAt(at + most - 1)
    const end = at + most < secret.length && last >= 0xd800 && last <= 0xdbff ? at + most - 1 : at + most
    parts.push(secret.slice(at, end))
    at = end
  }
  return parts
}
