/** Opens a POP3 inbox: dialled, secured, greeted, signed in, and asked again for what it only tells those who are. */
import { done } from '../../../shared/failures/failure.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import type { InboxSession } from '../mail-session.ts'
import type { Credentials, ServerTarget, StepWatcher } from '../net/server-target.ts'
import { askCapabilities, greetPop3 } from './greet-pop3.ts'
import type { Capabilities, Pop3Server } from './greet-pop3.ts'
import { askStatus } from './pop3-dialogue.ts'
import { Pop3Session } from './pop3-session.ts'
import { signInToPop3 } from './sign-in-pop3.ts'

export async function openPop3(target: ServerTarget, credentials: Credentials, watcher?: StepWatcher): Promise<Outcome<InboxSession>> {
  const server = await greetPop3(target, watcher)
  if (!server.ok) return server
  watcher?.began('sign-in')
  const asIs = await askForMailAsItIs(server.value)
  if (!asIs.ok) return server.value.connection.refuse(asIs.failure)
  const signedIn = await signInToPop3(server.value, target, credentials)
  if (!signedIn.ok) return server.value.connection.refuse(signedIn.failure)
  const capabilities = await whatItOffersThisUser(server.value)
  if (!capabilities.ok) return server.value.connection.refuse(capabilities.failure)
  watcher?.ended('sign-in', signedIn.value)
  return done(new Pop3Session({ ...server.value, capabilities: capabilities.value }))
}

/**
 * UTF8 (RFC 6856 section 2.1), before sign-in. User names outside ASCII need it, and so does every mailbox with a message whose
 * header is not ASCII: without it the server hands out a downgraded copy (RFC 6858), which is not what was sent. A server that
 * announces it and then refuses is taken as it is.
 */
async function askForMailAsItIs({ connection, evidence, capabilities }: Pop3Server): Promise<Outcome<unknown>> {
  return capabilities?.has('UTF8') === true ? askStatus(connection, 'UTF8', evidence) : done(undefined)
}

/**
 * CAPA may say more after sign-in (RFC 2449 section 5). It costs a round trip, so it is asked only where an answer depends on the
 * user, or where not being allowed to pipeline would cost many more.
 */
async function whatItOffersThisUser({ connection, evidence, capabilities }: Pop3Server): Promise<Outcome<Capabilities>> {
  if (capabilities === null) return done(null)
  const dependsOnUser = ['EXPIRE', 'LOGIN-DELAY'].some((keyword) => / USER$/i.test(capabilities.get(keyword) ?? ''))
  if (!dependsOnUser && capabilities.has('PIPELINING')) return done(capabilities)
  const again = await askCapabilities(connection, evidence)
  return again.ok && again.value === null ? done(capabilities) : again
}
