/** Opens a connection to a submission server: dialled, secured, greeted, signed in. */
import { done } from '../../../shared/failures/failure.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import type { SubmissionSession } from '../mail-session.ts'
import type { Credentials, ServerTarget, StepWatcher } from '../net/server-target.ts'
import { greetSmtp } from './greet-smtp.ts'
import { signInToSmtp } from './sign-in-smtp.ts'
import { SmtpSession } from './smtp-session.ts'

export async function openSmtp(target: ServerTarget, credentials: Credentials | null, watcher?: StepWatcher): Promise<Outcome<SubmissionSession>> {
  const server = await greetSmtp(target, watcher)
  if (!server.ok) return server
  if (credentials !== null) {
    watcher?.began('sign-in')
    const signedIn = await signInToSmtp(server.value, target, credentials)
    if (!signedIn.ok) return server.value.connection.refuse(signedIn.failure)
    watcher?.ended('sign-in', signedIn.value)
  }
  return done(new SmtpSession(server.value))
}
