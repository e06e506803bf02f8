/** Opens an IMAP mailbox: dialled, secured, greeted, signed in. The inbox is opened by the first thing asked of it, in the same breath. */
import { done } from '../../../shared/failures/failure.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import type { InboxSession } from '../mail-session.ts'
import type { Credentials, ServerTarget, StepWatcher } from '../net/server-target.ts'
import { askCapabilities, greetImap } from './greet-imap.ts'
import { ImapConnection } from './imap-connection.ts'
import { ImapSession } from './imap-session.ts'
import { signInToImap } from './sign-in-imap.ts'

export async function openImap(target: ServerTarget, credentials: Credentials, watcher?: StepWatcher): Promise<Outcome<InboxSession>> {
  const connection = await connectImap(target, credentials, watcher)
  return connection.ok ? done(new ImapSession(connection.value)) : connection
}

export async function connectImap(target: ServerTarget, credentials: Credentials, watcher?: StepWatcher): Promise<Outcome<ImapConnection>> {
  const server = await greetImap(target, watcher)
  if (!server.ok) return server
  const { connection, evidence } = server.value
  watcher?.began('sign-in')
  const signedIn = await signInToImap(server.value, target, credentials)
  if (!signedIn.ok) return connection.refuse(signedIn.failure)
  watcher?.ended('sign-in', signedIn.value.words)
  const capabilities = signedIn.value.capabilities === null ? await askCapabilities(connection, evidence) : done(signedIn.value.capabilities)
  if (!capabilities.ok) return connection.refuse(capabilities.failure)
  return done(new ImapConnection(connection, evidence, capabilities.value, target.timeoutSeconds))
}
