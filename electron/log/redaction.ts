/**
 * Takes secrets out of what is about to be written down: every value registered as one, also in the forms protocols give it
 * (base64 in SASL, percent-encoding in URLs, escaped in JSON), and every value whose key sounds like one. And it makes the
 * rest small and plain: bounded in length, depth and number, without control characters.
 */

export const redacted = '[secret]'

const limits = { text: 2000, depth: 5, members: 50 } as const
const soundsSecret = /pass(?:word|phrase|wd)?s?$|^pwd$|secret|token|authorization|cookie|credential|api-?key|private-?key/i

export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain }

/** More than are in use at one time; without a limit, a program that runs for months would look for every token it ever had. */
export const mostSecrets = 300

export class Redaction {
  /** Longest first, so that a secret within another leaves nothing of the longer one. */
  #forms: readonly string[] = []
  /** Those that passed last come last. A password passes whenever it is used; access tokens come by the hour and never again. */
  readonly #secrets = new Set<string>()

  add(secret: string): void {
    if (secret === '') return
    const known = this.#secrets.delete(secret)
    this.#secrets.add(secret)
    if (known) return
    const [oldest] = this.#secrets
    if (oldest !== undefined && this.#secrets.size > mostSecrets) this.#secrets.delete(oldest)
    const forms = new Set([...this.#secrets].flatMap(formsOf))
    this.#forms = [...forms].sort((one, other) => other.length - one.length)
  }

  /** Any value as JSON may hold it; nothing in it throws, whatever a getter does. */
  plain(value: unknown, depth = 0): Plain {
    if (typeof value === 'string') return this.text(value)
    if (typeof value === 'number' || typeof value === 'bigint') return this.#number(value)
    if (typeof value === 'boolean' || value === null) return value
    if (value === undefined) return null
    if (typeof value !== 'object') return `[${typeof value}]`
    if (depth >= limits.depth) return '[deeper]'
    if (value instanceof Error) return this.#error(value, depth)
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
    if (Array.isArray(value)) return value.slice(0, limits.members).map((member) => this.plain(member, depth + 1))
    return this.#members(value, depth)
  }

  text(text: string): string {
    // Secrets first: cutting or escaping may leave half of one, which would then not be found.
    let clean = text.length > 20 * limits.text ? text.slice(0, 20 * limits.text) : text
    for (const form of this.#forms) clean = clean.replaceAll(form, redacted)
    if (clean.length > limits.text) clean = `${clean.slice(0, limits.text)}…`
    // oxlint-disable-next-line no-control-regex -- control characters are exactly what is escaped
    return clean.toWellFormed().replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
  }

  #number(value: number | bigint): Plain {
    const text = String(value)
    if (this.#forms.some((form) => text.includes(form))) return redacted
    return typeof value === 'number' && Number.isFinite(value) ? value : text
  }

  #error(error: Error, depth: number): Plain {
    const code = 'code' in error ? this.plain(error.code, depth + 1) : null
    return { name: this.text(error.name), message: this.text(error.message), code, stack: this.text(error.stack ?? '') }
  }

  #members(value: object, depth: number): Plain {
    const members: [string, Plain][] = []
    for (const key of Object.keys(value).slice(0, limits.members)) {
      members.push([this.text(key), soundsSecret.test(key) ? redacted : this.plain(memberOf(value, key), depth + 1)])
    }
    return Object.fromEntries(members)
  }
}

function memberOf(value: object, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key]
  } catch {
    return '[unreadable]'
  }
}

/** What is shorter than this in base64 would redact far more than the secret. */
const shortestBase64 = 6

function formsOf(secret: string): readonly string[] {
  const forms = [secret, encodeURIComponent(secret.toWellFormed()), JSON.stringify(secret).slice(1, -1)]
  const bytes = Buffer.from(secret)
  // Within a longer text (RFC 4616: NUL user NUL password) base64 falls on one of three alignments; the outer characters mix with the neighbours.
  for (const before of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64').replaceAll('=', '')
    const ownCharacters = encoded.slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6))
    if (ownCharacters.length >= shortestBase64) forms.push(ownCharacters)
  }
  return forms
}
