/** Opens an IMAP mailbox: dialled, secured, greeted, signed in. The inbox is opened by the first thing asked of it, in the same breath. */
import { done } from '../../../shared/failures/failure.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import type { InboxSession } from '../mail-session.ts'
import type { Credentials, ServerTarget, StepWatcher } from '../net/server-target.ts'
import { askCapabilities, greetImap } from './greet-imap.ts'
import { ImapConnection } from './imap-connection.ts'
import { askTagged } from './imap-dialogue.ts'
import { ImapSession } from './imap-session.ts'
import { signInToImap } from './sign-in-imap.ts'

/** NetEase's own, and what companies have there. */
const netEase = /(?:^|\.)(?:163|126|188|yeah)\.(?:com|net)$/i

/**
 * NetEase opens no mailbox to a program that has not said its name (ID, RFC 2971): "SELECT Unsafe Login". Nobody else is told: it costs
 * a round trip, and servers must not act on it.
 */
function introductionFor(host: string, capabilities: ReadonlySet<string>): string | null {
  return netEase.test(host) && capabilities.has('ID') ? 'ID ("name" "Mailroom" "version" "1.0" "vendor" "Mailroom")' : null
}

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
  const introduction = introductionFor(target.host, capabilities.value)
  if (introduction !== null) {
    const answer = await askTagged(connection, introduction, evidence)
    if (!answer.ok) return connection.refuse(answer.failure)
  }
  return done(new ImapConnection(connection, evidence, capabilities.value, target.timeoutSeconds))
}
