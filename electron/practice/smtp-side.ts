/** The sending side of the practice server: takes signed-in mail for anybody and hands it over exactly as it was submitted. */
import type { SMTPServer } from 'smtp-server'

export interface Received {
  readonly from: string
  readonly recipients: readonly string[]
  readonly bytes: Buffer
}

export interface SmtpSideParts {
  /** Is this who they say they are? */
  readonly knows: (userName: string, password: string) => boolean
  /** The sender is answered once this is done. */
  readonly take: (mail: Received) => Promise<void>
}

/** Enough for an invoice with a large attachment; the server says so itself (RFC 1870). */
const largest = 50 * 1024 * 1024

export async function createSmtpSide({ knows, take }: SmtpSideParts): Promise<SMTPServer> {
  const { SMTPServer } = await import('smtp-server')
  return new SMTPServer({
    name: 'practice.mailroom.example',
    banner: 'Mailroom practice server',
    size: largest,
    // It never leaves this machine, and has no certificate anybody could verify.
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    authMethods: ['PLAIN', 'LOGIN'],
    disableReverseLookup: true,
    logger: false,
    // Milliseconds an open connection may hold up the end.
    closeTimeout: 200,
    onAuth(auth, _session, callback) {
      const userName = auth.username ?? ''
      if (knows(userName, auth.password ?? '')) callback(null, { user: userName })
      else callback(Object.assign(new Error('5.7.8 wrong user name or password'), { responseCode: 535 }))
    },
    onData(stream, session, callback) {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.on('end', () => {
        const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
        if (stream.sizeExceeded) return callback(Object.assign(new Error('5.3.4 message too large'), { responseCode: 552 }))
        const mail = { from, recipients: session.envelope.rcptTo.map(({ address }) => address), bytes: Buffer.concat(pieces) }
        take(mail).then(() => callback(null, '2.0.0 taken by the practice server'), callback)
      })
    },
  })
}
