/** Signing in to IMAP: AUTHENTICATE with any SASL mechanism (RFC 9051 section 6.2.2, SASL-IR RFC 4959), or LOGIN. */
import { done, failed } from '../../../shared/failures/failure.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import type { Credentials, ServerTarget } from '../net/server-target.ts'
import { mechanismsFor } from '../sasl/mechanisms-for.ts'
import { saslWay, signIn } from '../sasl/sign-in.ts'
import type { Answer, Exchange, Way } from '../sasl/sign-in.ts'
import type { ImapServer } from './greet-imap.ts'
import { readAnswer, sendTagged } from './imap-dialogue.ts'
import type { Tagged } from './imap-dialogue.ts'
import { imapFailure } from './imap-failure.ts'

export function signInToImap(server: ImapServer, target: ServerTarget, credentials: Credentials): Promise<Outcome<string>> {
  const { connection, evidence } = server
  const exchange = exchangeOver(server, credentials)
  const sasl = mechanismsFor(credentials, announcedMechanisms(server), { ...target, service: 'imap', binding: connection.channelBinding }).map((mechanism) => saslWay(mechanism, exchange, evidence))
  const ways = [...sasl, ...(credentials.method === 'password' ? login(server, credentials) : [])]
  return signIn(ways, connection.encrypted || target.security === 'none', { ...evidence, userName: credentials.userName })
}

export function announcedMechanisms({ capabilities }: ImapServer): ReadonlySet<string> {
  return new Set([...capabilities].filter((word) => word.startsWith('AUTH=')).map((word) => word.slice('AUTH='.length)))
}

export function knowsLogin({ capabilities }: ImapServer): boolean {
  return !capabilities.has('LOGINDISABLED')
}

function exchangeOver({ connection, evidence, capabilities }: ImapServer, { secret }: Credentials): Exchange {
  const answer = async (): Promise<Outcome<Answer>> => {
    const read = await readAnswer(connection, evidence)
    if (!read.ok) return read
    return done(read.value.kind === 'continue' ? { kind: 'challenge', text: read.value.text } : verdict(read.value, { connection, evidence, capabilities }, secret))
  }
  return {
    takesInitial: () => capabilities.has('SASL-IR'),
    begin: (mechanism, initial) => {
      sendTagged(connection, initial === null ? `AUTHENTICATE ${mechanism}` : `AUTHENTICATE ${mechanism} ${initial}`)
      return answer()
    },
    answer: (response) => {
      connection.send(response)
      return answer()
    },
  }
}

function verdict(tagged: Tagged, { evidence }: ImapServer, secret: string) {
  return tagged.status === 'OK'
    ? { kind: 'accepted' as const, text: null }
    : { kind: 'refused' as const, failure: imapFailure(tagged.text, 'sign-in', evidence, secret) }
}

/** LOGIN's arguments as literals: they take any byte, where a quoted string takes ASCII only (RFC 9051 section 4.3). */
function login(server: ImapServer, { userName, secret }: Credentials): readonly Way[] {
  if (!knowsLogin(server)) return []
  const { connection, evidence } = server
  const literal = (text: string) => `{${Buffer.byteLength(text)}}`
  const attempt = async () => {
    sendTagged(connection, `LOGIN ${literal(userName)}`)
    for (const next of [`${userName} ${literal(secret)}`, secret]) {
      const asked = await readAnswer(connection, evidence)
      if (!asked.ok) return asked
      if (asked.value.kind === 'tagged') return done(verdict(asked.value, server, secret))
      connection.send(next)
    }
    const last = await readAnswer(connection, evidence)
    if (!last.ok) return last
    return last.value.kind === 'tagged' ? done(verdict(last.value, server, secret)) : failed('server.protocol', evidence)
  }
  return [{ name: 'LOGIN command', clearText: true, attempt }]
}
