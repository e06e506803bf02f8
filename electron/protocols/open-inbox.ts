/** Opens an inbox: looks the server up, connects, secures, signs in. What it returns is ready for `list` and `fetch`, and repeats no password. */
import { assertNever, done } from '../../shared/failures/failure.ts'
import type { Outcome } from '../../shared/failures/failure.ts'
import { discreetInbox } from './discreet-session.ts'
import { openImap } from './imap/open-imap.ts'
import type { InboxSession } from './mail-session.ts'
import type { Credentials, ServerTarget, SignInWith, StepWatcher } from './net/server-target.ts'
import { openPop3 } from './pop3/open-pop3.ts'
import { checkCredentials } from './sasl/sign-in.ts'
import { withToken } from './sasl/with-token.ts'

export function openInbox(protocol: 'pop3' | 'imap' | 'jmap', target: ServerTarget, signIn: SignInWith, watcher?: StepWatcher): Promise<Outcome<InboxSession>> {
  return withToken<InboxSession>(signIn, target.signal, async (credentials) => {
    const sound = checkCredentials(credentials)
    if (!sound.ok) return sound
    const opened = await open(protocol, target, credentials, watcher)
    return opened.ok ? done(discreetInbox(opened.value, credentials.secret)) : opened
  })
}

async function open(protocol: 'pop3' | 'imap' | 'jmap', target: ServerTarget, credentials: Credentials, watcher?: StepWatcher): Promise<Outcome<InboxSession>> {
  switch (protocol) {
    case 'pop3':
      return openPop3(target, credentials, watcher)
    case 'imap':
      return openImap(target, credentials, watcher)
    case 'jmap':
      // Brought when it is needed: few accounts are of this kind.
      return (await import('./jmap/open-jmap.ts')).openJmap(target, credentials, watcher)
    default:
      return assertNever(protocol)
  }
}
