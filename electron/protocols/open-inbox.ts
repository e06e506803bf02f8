/** Opens an inbox: looks the server up, connects, secures, signs in. What it returns is ready for `list` and `fetch`. */
import type { Outcome } from '../../shared/failures/failure.ts'
import type { InboxSession } from './mail-session.ts'
import type { Credentials, ServerTarget, StepWatcher } from './net/server-target.ts'

export function openInbox(
  _protocol: 'pop3' | 'imap',
  _target: ServerTarget,
  _credentials: Credentials,
  _watcher?: StepWatcher,
): Promise<Outcome<InboxSession>> {
  return Promise.reject(new Error('being built'))
}
