/** Opens an IMAP inbox: dialled, secured, greeted, signed in, INBOX selected. */
import type net from 'node:net'
import { done, failed, refused } from '../../../shared/failures/failure.ts'
import type { Failure, Outcome } from '../../../shared/failures/failure.ts'
import type { InboxSession } from '../mail-session.ts'
import type { Credentials, ServerTarget, StepWatcher } from '../net/server-target.ts'
import { attachImapFlow } from './attached-imap-flow.ts'
import { greetImap } from './greet-imap.ts'
import type { ImapServer } from './greet-imap.ts'
import { imapflowFailure } from './imap-failure.ts'
import { ImapSession } from './imap-session.ts'
import { signInToImap } from './sign-in-imap.ts'

/** A literal larger than this was not asked for: messages come in parts of 2 MiB, headers and lists are smaller. */
const largestLiteral = 64 * 1024 * 1024

export async function openImap(target: ServerTarget, credentials: Credentials, watcher?: StepWatcher): Promise<Outcome<InboxSession>> {
  const server = await greetImap(target, watcher)
  if (!server.ok) return server
  watcher?.began('sign-in')
  const signedIn = await signInToImap(server.value, target, credentials)
  if (!signedIn.ok) return server.value.connection.refuse(signedIn.failure)
  watcher?.ended('sign-in', signedIn.value)
  const socket = server.value.connection.release()
  return socket.ok ? attach(server.value, target, socket.value) : socket
}

async function attach({ evidence }: ImapServer, target: ServerTarget, socket: net.Socket): Promise<Outcome<InboxSession>> {
  let lastError: unknown = null
  const whyClosed = (): Failure | null => {
    if (target.signal.aborted) return { code: 'job.cancelled', evidence }
    return lastError === null ? null : imapflowFailure(lastError, 'command', evidence)
  }
  const cancel = () => socket.destroy()
  target.signal.addEventListener('abort', cancel)
  socket.once('close', () => target.signal.removeEventListener('abort', cancel))
  if (target.signal.aborted) {
    cancel()
    return failed('job.cancelled', evidence)
  }
  try {
    // Half a second to load, and only this protocol needs it.
    const { ImapFlow } = await import('imapflow')
    const client = await attachImapFlow(ImapFlow, {
      host: target.host,
      port: target.port,
      secure: target.security !== 'none',
      doSTARTTLS: false,
      auth: { user: '' },
      logger: false,
      clientInfo: { name: 'Mailroom', version: '', vendor: 'Mailroom', 'support-url': '' },
      // Four times slower on a fast link, and one more parser for hostile bytes (measured).
      disableCompression: true,
      disableAutoEnable: true,
      disableAutoIdle: true,
      socketTimeout: target.timeoutSeconds * 1000,
      maxLiteralSize: largestLiteral,
      maxLineLength: largestLiteral,
      maxResponseSize: 2 * largestLiteral,
    }, socket, (error) => {
      lastError ??= error
    })
    await client.mailboxOpen('INBOX')
    return done(new ImapSession(client, evidence, whyClosed))
  } catch (error) {
    socket.destroy()
    return refused(whyClosed() ?? imapflowFailure(error, 'command', evidence))
  }
}
