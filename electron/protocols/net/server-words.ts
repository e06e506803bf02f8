/** What a server said, fit to be shown and logged: one line, bounded, without control characters, bidirectional overrides or the secret it was told. */
import { refused, type Outcome } from '../../../shared/failures/failure.ts'

const longest = 500

export function serverWords(text: string): string {
  return text.slice(0, 2000).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').replace(/ {2,}/g, ' ').trim().slice(0, longest).toWellFormed()
}

/** Some servers repeat what they were told; then the password must not end up on a screen or in a log. */
export function withoutSecret<T>(outcome: Outcome<T>, secret: string): Outcome<T> {
  if (outcome.ok || secret === '') return outcome
  const { evidence } = outcome.failure
  const without = wordsWithout(secret)
  const redacted = {
    ...(evidence.serverWords !== undefined && { serverWords: without(evidence.serverWords) }),
    ...(evidence.detail !== undefined && { detail: without(evidence.detail) }),
  }
  return refused({ ...outcome.failure, evidence: { ...evidence, ...redacted } })
}

/** Base64 is looked into: of name and password together, or of a token in a longer text, it is another one than of the secret alone. */
export function wordsWithout(secret: string): (text: string) => string {
  const bytes = Buffer.from(secret).toString('latin1').toLowerCase()
  const hides = (run: string) => [0, 1, 2, 3].some((from) => Buffer.from(run.slice(from), 'base64').toString('latin1').toLowerCase().includes(bytes))
  const forms = formsOf(secret).map((form) => ({ form, pattern: patternOf(form) }))
  return (text) => {
    const inBase64 = secret === '' ? text : text.replace(/[A-Za-z\d+/_-]{4,}=*/g, (run, at: number) => (hides(run) || (at + run.length >= longest && at > 0) ? '…' : run))
    return forms.reduce((left, { form, pattern }) => withoutBeginning(left.replace(pattern, '…'), form), inBase64)
  }
}

/** As words are shown: without control characters, and one space where there were several. */
function formsOf(secret: string): readonly string[] {
  const shown = serverWords(secret)
  if (shown === '') return []
  // A password of three letters may be part of many words.
  if (secret.length < 4) return [shown]
  const written = [secret.replace(/["\\]/g, '\\$&'), encodeURIComponent(secret.toWellFormed()), Buffer.from(secret).toString('hex'), [...secret].toReversed().join('')]
  return [...new Set([shown, ...written.map(serverWords)])]
}

/** Letters with a space between them were in two bytes each (UTF-16). */
function patternOf(form: string): RegExp {
  const letters = [...form].map((letter) => letter.replace(/[.*+?^${}()|[\]\\]/, '\\$&'))
  return new RegExp(form.length < 4 ? `(?<![\\p{L}\\p{N}])${letters.join('')}(?![\\p{L}\\p{N}])` : letters.join(' ?'), 'giu')
}

/** Words are cut where they get too long, and so may be the secret in them. */
function withoutBeginning(text: string, secret: string): string {
  for (let length = Math.min(secret.length, text.length); length >= 4 && text.length >= longest - 1; length -= 1) {
    if (text.toLowerCase().endsWith(secret.slice(0, length).toLowerCase())) return `${text.slice(0, -length)}…`
  }
  return text
}
