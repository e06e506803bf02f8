/** Asks a server what it offers, without signing in: connect, secure, greet, capabilities, good-bye. */
import type { Outcome } from '../../shared/failures/failure.ts'
import type { SignInMethod } from '../../shared/model/server.ts'
import type { ServerTarget } from './net/server-target.ts'

export function probeServer(
  _protocol: 'pop3' | 'imap' | 'smtp',
  _target: ServerTarget,
): Promise<Outcome<{ readonly methods: readonly SignInMethod[] }>> {
  return Promise.reject(new Error('being built'))
}
