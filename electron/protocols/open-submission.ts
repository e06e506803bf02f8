/** Opens a connection to a submission server (RFC 6409): looks it up, connects, secures, and signs in where credentials are given. */
import type { Outcome } from '../../shared/failures/failure.ts'
import type { SubmissionSession } from './mail-session.ts'
import type { Credentials, ServerTarget, StepWatcher } from './net/server-target.ts'
import { checkCredentials } from './sasl/sign-in.ts'
import { openSmtp } from './smtp/open-smtp.ts'

export async function openSubmission(target: ServerTarget, credentials: Credentials | null, watcher?: StepWatcher): Promise<Outcome<SubmissionSession>> {
  if (credentials !== null) {
    const sound = checkCredentials(credentials)
    if (!sound.ok) return sound
  }
  return openSmtp(target, credentials, watcher)
}
