/** Asks a server what it offers, without signing in: connect, secure, greet, capabilities, good-bye. */
import { assertNever, done } from '../../shared/failures/failure.ts'
import type { Outcome } from '../../shared/failures/failure.ts'
import type { SignInMethod } from '../../shared/model/server.ts'
import { greetImap } from './imap/greet-imap.ts'
import { announcedMechanisms as imapMechanisms, knowsLogin } from './imap/sign-in-imap.ts'
import type { LineConnection } from './net/line-connection.ts'
import type { ServerTarget } from './net/server-target.ts'
import { greetPop3 } from './pop3/greet-pop3.ts'
import { knowsUserPass, announcedMechanisms as pop3Mechanisms } from './pop3/sign-in-pop3.ts'
import { methodsOf } from './sasl/mechanisms-for.ts'
import { greetSmtp } from './smtp/greet-smtp.ts'
import { announcedMechanisms as smtpMechanisms } from './smtp/sign-in-smtp.ts'

export interface ServerOffer {
  readonly methods: readonly SignInMethod[]
}

export async function probeServer(protocol: 'pop3' | 'imap' | 'smtp', target: ServerTarget): Promise<Outcome<ServerOffer>> {
  switch (protocol) {
    case 'pop3': {
      const server = await greetPop3(target)
      return server.ok ? leave(server.value.connection, 'QUIT', methodsOf(pop3Mechanisms(server.value), knowsUserPass(server.value))) : server
    }
    case 'imap': {
      const server = await greetImap(target)
      return server.ok ? leave(server.value.connection, 'M LOGOUT', methodsOf(imapMechanisms(server.value), knowsLogin(server.value))) : server
    }
    case 'smtp': {
      const server = await greetSmtp(target)
      return server.ok ? leave(server.value.connection, 'QUIT', methodsOf(smtpMechanisms(server.value), false)) : server
    }
    default:
      return assertNever(protocol)
  }
}

function leave(connection: LineConnection, goodbye: string, methods: readonly SignInMethod[]): Outcome<ServerOffer> {
  connection.send(goodbye)
  connection.end()
  return done({ methods })
}
