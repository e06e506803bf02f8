/** Opens a POP3 inbox: dialled, secured, greeted, signed in. */
import { done } from '../../../shared/failures/failure.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import type { InboxSession } from '../mail-session.ts'
import type { Credentials, ServerTarget, StepWatcher } from '../net/server-target.ts'
import { greetPop3 } from './greet-pop3.ts'
import { Pop3Session } from './pop3-session.ts'
import { signInToPop3 } from './sign-in-pop3.ts'

export async function openPop3(target: ServerTarget, credentials: Credentials, watcher?: StepWatcher): Promise<Outcome<InboxSession>> {
  const server = await greetPop3(target, watcher)
  if (!server.ok) return server
  watcher?.began('sign-in')
  const signedIn = await signInToPop3(server.value, target, credentials)
  if (!signedIn.ok) return server.value.connection.refuse(signedIn.failure)
  watcher?.ended('sign-in', signedIn.value)
  return done(new Pop3Session(server.value))
}
