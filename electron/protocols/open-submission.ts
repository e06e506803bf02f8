/** Opens a connection to a submission server (RFC 6409): looks it up, connects, secures, and signs in where credentials are given. */
import type { Outcome } from '../../shared/failures/failure.ts'
import type { SubmissionSession } from './mail-session.ts'
import type { Credentials, ServerTarget, StepWatcher } from './net/server-target.ts'

export function openSubmission(
  _target: ServerTarget,
  _credentials: Credentials | null,
  _watcher?: StepWatcher,
): Promise<Outcome<SubmissionSession>> {
  return Promise.reject(new Error('being built'))
}
