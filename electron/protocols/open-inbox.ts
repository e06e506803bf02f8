/** Opens an inbox: looks the server up, connects, secures, signs in. What it returns is ready for `list` and `fetch`, and repeats no password. */
import { done } from '../../shared/failures/failure.ts'
import type { Outcome } from '../../shared/failures/failure.ts'
import { discreetInbox } from './discreet-session.ts'
import { openImap } from './imap/open-imap.ts'
import type { InboxSession } from './mail-session.ts'
import type { ServerTarget, SignInWith, StepWatcher } from './net/server-target.ts'
import { openPop3 } from './pop3/open-pop3.ts'
import { checkCredentials } from './sasl/sign-in.ts'
import { withToken } from './sasl/with-token.ts'

export async function openInbox(protocol: 'pop3' | 'imap' | 'jmap', target: ServerTarget, signIn: SignInWith, watcher?: StepWatcher): Promise<Outcome<InboxSession>> {
  // Brought when it is needed: few accounts are of this kind.
  if (protocol === 'jmap') return (await import('./jmap/open-jmap.ts')).openJmap(target, signIn, watcher)
  return withToken<InboxSession>(signIn, target.signal, async (credentials) => {
    const sound = checkCredentials(credentials)
    if (!sound.ok) return sound
    const opened: Outcome<InboxSession> = await (protocol === 'pop3' ? openPop3(target, credentials, watcher) : openImap(target, credentials, watcher))
    return opened.ok ? done(discreetInbox(opened.value, credentials.secret)) : opened
  })
}
