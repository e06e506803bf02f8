/** Tells when something happens in a mailbox, in the way its server has: IDLE over IMAP, an event stream over JMAP, or by asking. */
import type { Outcome } from '../../shared/failures/failure.ts'
import { watchImap } from './imap/watch-imap.ts'
import type { ServerTarget, SignInWith } from './net/server-target.ts'

/** Until the connection ends, or `target.signal` ends it. */
export async function watchServer(target: ServerTarget, signIn: SignInWith, told: () => void): Promise<Outcome<never>> {
  // Brought when it is needed: few accounts are of this kind.
  return target.http === undefined ? watchImap(target, signIn, told) : (await import('./jmap/watch-jmap.ts')).watchJmap(target, signIn, told)
}
