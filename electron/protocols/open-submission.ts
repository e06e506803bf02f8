/** Opens a connection to a submission server (RFC 6409): looks it up, connects, secures, and signs in where credentials are given. */
import { done, type Outcome } from '../../shared/failures/failure.ts'
import { discreetSubmission } from './discreet-session.ts'
import type { SubmissionSession } from './mail-session.ts'
import type { ServerTarget, SignInWith, StepWatcher } from './net/server-target.ts'
import { checkCredentials } from './sasl/sign-in.ts'
import { withToken } from './sasl/with-token.ts'
import { openSmtp } from './smtp/open-smtp.ts'

export async function openSubmission(target: ServerTarget, signIn: SignInWith | null, watcher?: StepWatcher): Promise<Outcome<SubmissionSession>> {
  if (signIn === null) return openSmtp(target, null, watcher)
  // Brought when it is needed: few accounts are of this kind.
  if (target.http !== undefined) return (await import('./jmap/jmap-submission.ts')).openJmapSubmission(target, signIn, watcher)
  return withToken(signIn, target.signal, async (credentials) => {
    const sound = checkCredentials(credentials)
    if (!sound.ok) return sound
    const opened = await openSmtp(target, credentials, watcher)
    return opened.ok ? done(discreetSubmission(opened.value, credentials.secret)) : opened
  })
}
