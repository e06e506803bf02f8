/** Opens a connection to a submission server: dialled, secured, greeted, signed in. */
import type net from 'node:net'
import { done, failed, refused } from '../../../shared/failures/failure.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import type { SubmissionSession } from '../mail-session.ts'
import type { Credentials, ServerTarget, StepWatcher } from '../net/server-target.ts'
import { clientName, greetSmtp } from './greet-smtp.ts'
import type { SmtpServer } from './greet-smtp.ts'
import { signInToSmtp } from './sign-in-smtp.ts'
import { nodemailerFailure } from './smtp-failure.ts'
import { SmtpSession, rehearsal } from './smtp-session.ts'

export async function openSmtp(target: ServerTarget, credentials: Credentials | null, watcher?: StepWatcher): Promise<Outcome<SubmissionSession>> {
  const server = await greetSmtp(target, watcher)
  if (!server.ok) return server
  if (credentials !== null) {
    watcher?.began('sign-in')
    const signedIn = await signInToSmtp(server.value, target, credentials)
    if (!signedIn.ok) return server.value.connection.refuse(signedIn.failure)
    watcher?.ended('sign-in', signedIn.value)
  }
  const socket = server.value.connection.release()
  return socket.ok ? attach(server.value, target, socket.value) : socket
}

async function attach({ evidence, extensions }: SmtpServer, target: ServerTarget, socket: net.Socket): Promise<Outcome<SubmissionSession>> {
  const cancel = () => socket.destroy()
  target.signal.addEventListener('abort', cancel)
  socket.once('close', () => target.signal.removeEventListener('abort', cancel))
  if (target.signal.aborted) {
    cancel()
    return failed('job.cancelled', evidence)
  }
  const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection')
  // The library begins every conversation with a greeting. The server's was read before TLS and sign-in; it is in the state
  // that follows one (RFC 3207 section 4.2, RFC 4954 section 4), so the library gets one and asks EHLO once more.
  socket.unshift(Buffer.from('220 ready\r\n'))
  const limit = target.timeoutSeconds * 1000
  const mailer = new SMTPConnection({
    connection: socket,
    host: target.host,
    port: target.port,
    // Already so, or (for "none") wanted so: the library never upgrades by itself.
    secure: target.security !== 'none',
    secured: target.security !== 'none',
    ignoreTLS: true,
    name: clientName,
    connectionTimeout: limit,
    greetingTimeout: limit,
    socketTimeout: limit,
    socketCloseTimeout: 1000,
    maxResponseSize: 64 * 1024,
    logger: false,
    customAuth: {
      [rehearsal]: async ({ auth, sendCommand }) => auth['rehearse']((command: string) => sendCommand(command)),
    },
  })
  // An error nobody listens for would end the program; whoever waits for an answer listens as well.
  mailer.on('error', () => {})
  const connected = await new Promise<Error | null>((resolve) => {
    mailer.once('error', resolve)
    mailer.once('end', () => resolve(new Error('connection closed')))
    mailer.connect((error) => resolve(error ?? null))
  })
  if (connected === null) return done(new SmtpSession(mailer, extensions, evidence, target.signal))
  mailer.close()
  return target.signal.aborted ? failed('job.cancelled', evidence) : refused(nodemailerFailure(connected, 'command', evidence))
}
