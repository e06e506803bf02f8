/**
 * Opens a session with a password, or with an access token that is had first. A token that the server refuses although it should
 * be good is replaced once: it may have been revoked, or our clock be wrong. The second refusal is the answer.
 */
import type { Outcome } from '../../../shared/failures/failure.ts'
import type { Credentials, SignInWith } from '../net/server-target.ts'

export async function withToken<T>(signIn: SignInWith, signal: AbortSignal, open: (credentials: Credentials) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  if (!('tokens' in signIn)) return open(signIn)
  const { userName, method, tokens } = signIn
  const token = await tokens.current(signal)
  if (!token.ok) return token
  const opened = await open({ userName, method, secret: token.value })
  if (opened.ok || opened.failure.code !== 'signin.again') return opened
  const other = await tokens.insteadOf(token.value, signal)
  return other.ok ? open({ userName, method, secret: other.value }) : other
}
