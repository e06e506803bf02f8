/** Signing in to SMTP: AUTH (RFC 4954). */
import { done } from '../../../shared/failures/failure.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import type { Credentials, ServerTarget } from '../net/server-target.ts'
import { mechanismsFor } from '../sasl/mechanisms-for.ts'
import { saslWay, signIn } from '../sasl/sign-in.ts'
import type { Answer, Exchange } from '../sasl/sign-in.ts'
import type { SmtpServer } from './greet-smtp.ts'
import { askReply } from './smtp-dialogue.ts'
import { smtpFailure } from './smtp-failure.ts'

export function signInToSmtp(server: SmtpServer, target: ServerTarget, credentials: Credentials): Promise<Outcome<string>> {
  const { connection, evidence } = server
  const exchange = exchangeOver(server)
  const ways = mechanismsFor(credentials, announcedMechanisms(server), { ...target, service: 'smtp', bindings: connection.channelBindings }).map((mechanism) => saslWay(mechanism, exchange, evidence))
  return signIn(ways, connection.encrypted || target.security === 'none', { ...evidence, userName: credentials.userName }, credentials.secret)
}

/** Some servers write `AUTH=PLAIN LOGIN` beside `AUTH PLAIN LOGIN`; both end up under AUTH. */
export function announcedMechanisms({ extensions }: SmtpServer): ReadonlySet<string> {
  return new Set((extensions.get('AUTH') ?? '').toUpperCase().split(/[ =]+/))
}

function exchangeOver({ connection, evidence }: SmtpServer): Exchange {
  const say = async (command: string): Promise<Outcome<Answer>> => {
    const reply = await askReply(connection, command, evidence)
    if (!reply.ok) return reply
    const { code, lines } = reply.value
    if (code === 334) return done({ kind: 'challenge', text: lines[0] ?? '' })
    if (code === 235) return done({ kind: 'accepted', text: null })
    return done({ kind: 'refused', failure: smtpFailure(reply.value, 'sign-in', evidence) })
  }
  return {
    // RFC 4954 section 4: an initial response that would make the command longer than 512 octets is sent by itself.
    takesInitial: (mechanism, initial) => mechanism.length + initial.length + 8 <= 512,
    begin: (mechanism, initial) => say(initial === null ? `AUTH ${mechanism}` : `AUTH ${mechanism} ${initial}`),
    answer: say,
    cancel: () => connection.send('*'),
  }
}
