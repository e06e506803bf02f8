/** What a server said, fit to be shown and logged: one line, bounded, without control characters, bidirectional overrides or the secret it was told. */
import { refused, type Outcome } from '../../../shared/failures/failure.ts'

const longest = 500

export function serverWords(text: string): string {
  return text.slice(0, 2000).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').replace(/ {2,}/g, ' ').trim().slice(0, longest).toWellFormed()
}

/** Some servers repeat the command they refuse; then the password must not end up on a screen or in a log. */
export function withoutSecret<T>(outcome: Outcome<T>, secret: string): Outcome<T> {
  if (outcome.ok || secret === '') return outcome
  const { evidence } = outcome.failure
  const redacted = {
    ...(evidence.serverWords !== undefined && { serverWords: redact(evidence.serverWords, secret) }),
    ...(evidence.detail !== undefined && { detail: redact(evidence.detail, secret) }),
  }
  return refused({ ...outcome.failure, evidence: { ...evidence, ...redacted } })
}

/** Base64 is looked into: of name and password together, or of a token in a longer text, it is another one than of the secret alone. */
function redact(text: string, secret: string): string {
  const bytes = Buffer.from(secret).toString('latin1').toLowerCase()
  const hides = (run: string) => [0, 1, 2, 3].some((from) => Buffer.from(run.slice(from), 'base64').toString('latin1').toLowerCase().includes(bytes))
  const inBase64 = text.replace(/[A-Za-z\d+/_-]{4,}=*/g, (run, at: number) => (hides(run) || (at + run.length >= longest && at > 0) ? '…' : run))
  // As words are shown: without control characters, and one space where there were several.
  const shown = serverWords(secret).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  if (shown === '') return inBase64
  // A password of three letters may be part of many words.
  const pattern = secret.length < 4 ? `(?<![\\p{L}\\p{N}])${shown}(?![\\p{L}\\p{N}])` : shown
  return withoutBeginning(inBase64.replace(new RegExp(pattern, 'giu'), '…'), serverWords(secret))
}

/** Words are cut where they get too long, and so may be the secret in them. */
function withoutBeginning(text: string, secret: string): string {
  for (let length = Math.min(secret.length, text.length); length >= 4 && text.length >= longest - 1; length -= 1) {
    if (text.toLowerCase().endsWith(secret.slice(0, length).toLowerCase())) return `${text.slice(0, -length)}…`
  }
  return text
}
