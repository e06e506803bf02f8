/** Signing in to POP3: SASL (RFC 5034), APOP (RFC 1939 section 7), USER and PASS. */
import { createHash } from 'node:crypto'
import { done, failed } from '../../../shared/failures/failure.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import type { Credentials, ServerTarget } from '../net/server-target.ts'
import { serverWords } from '../net/server-words.ts'
import { mechanismsFor } from '../sasl/mechanisms-for.ts'
import { saslWay, signIn } from '../sasl/sign-in.ts'
import type { Answer, Exchange } from '../sasl/sign-in.ts'
import type { Verdict, Way } from '../sasl/way.ts'
import type { Pop3Server } from './greet-pop3.ts'
import { readStatus } from './pop3-dialogue.ts'
import { pop3Failure } from './pop3-failure.ts'

export function signInToPop3(server: Pop3Server, target: ServerTarget, credentials: Credentials): Promise<Outcome<string>> {
  const { connection, evidence } = server
  const announced = announcedMechanisms(server)
  const exchange = exchangeOver(server)
  const sasl = mechanismsFor(credentials, announced, { ...target, service: 'pop', bindings: connection.channelBindings }).map((mechanism) => saslWay(mechanism, exchange, evidence))
  // A server whose SASL has challenges but no PLAIN wants no password in clear; Dovecot announces USER even then.
  const wantsClear = sasl.length === 0 || sasl.some((way) => way.clearText)
  const own = credentials.method === 'password' ? [...apop(server, target, credentials), ...(wantsClear ? userPass(server, credentials) : [])] : []
  // APOP's MD5 is weaker than CRAM-MD5, and stronger than the password in clear.
  const ways = [...sasl.filter((way) => !way.clearText), ...own.filter((way) => !way.clearText), ...[...sasl, ...own].filter((way) => way.clearText)]
  return signIn(ways, connection.encrypted || target.security === 'none', { ...evidence, userName: credentials.userName }, credentials.secret)
}

export function announcedMechanisms({ capabilities }: Pop3Server): ReadonlySet<string> {
  return new Set((capabilities?.get('SASL') ?? '').toUpperCase().split(' '))
}

/** USER is announced in CAPA (RFC 2449 section 6.3); a server without CAPA is taken to know it. */
export function knowsUserPass({ capabilities }: Pop3Server): boolean {
  return capabilities === null || capabilities.has('USER')
}

/**
 * The greeting ends with a timestamp in angle brackets where APOP is offered. One that came in clear before STLS counts for nothing (RFC 2595
 * section 4): a digest over words that somebody in between may have chosen is not given away.
 */
function apop(server: Pop3Server, { security }: ServerTarget, { userName, secret }: Credentials): readonly Way[] {
  const stamp = security === 'starttls' ? undefined : /<[\x21-\x3b\x3d\x3f-\x7e]{1,250}@[\x21-\x3b\x3d\x3f-\x7e]{1,250}>/.exec(server.greeting)?.[0]
  // The digest is sent after the name and separated from it by a space: a name with one can't be sent (RFC 1939 section 3).
  if (stamp === undefined || /\s/.test(userName)) return []
  const digest = createHash('md5').update(stamp + secret).digest('hex')
  return [{ name: 'APOP', clearText: false, attempt: () => command(server, `APOP ${userName} ${digest}`) }]
}

function userPass(server: Pop3Server, { userName, secret }: Credentials): readonly Way[] {
  if (!knowsUserPass(server)) return []
  const attempt = async (): Promise<Outcome<Verdict>> => {
    const user = await command(server, `USER ${userName}`)
    return user.ok && user.value.kind === 'accepted' ? command(server, `PASS ${secret}`) : user
  }
  return [{ name: 'USER', clearText: true, attempt }]
}

async function command({ connection, evidence }: Pop3Server, line: string): Promise<Outcome<Verdict>> {
  connection.send(line)
  const status = await readStatus(connection, evidence)
  if (!status.ok) return status
  return done(status.value.positive ? { kind: 'accepted' } : { kind: 'refused', failure: pop3Failure(status.value.line, 'sign-in', evidence), tested: true })
}

function exchangeOver({ connection, evidence }: Pop3Server): Exchange {
  const answer = async (): Promise<Outcome<Answer>> => {
    const line = await connection.line()
    if (!line.ok) return line
    // RFC 5034 section 4: a challenge is "+ " and base64; many servers leave out the space when it is empty.
    if (/^\+(?: |$)/.test(line.value)) return done({ kind: 'challenge', text: line.value.slice(2) })
    if (/^\+OK/i.test(line.value)) return done({ kind: 'accepted', text: null })
    if (/^-ERR/i.test(line.value)) return done({ kind: 'refused', failure: pop3Failure(line.value, 'sign-in', evidence) })
    return failed('server.protocol', { ...evidence, serverWords: serverWords(line.value) })
  }
  return {
    // RFC 5034 section 4: the whole command has to fit into 255 octets.
    takesInitial: (mechanism, initial) => mechanism.length + initial.length + 8 <= 255,
    begin: (mechanism, initial) => {
      connection.send(initial === null ? `AUTH ${mechanism}` : `AUTH ${mechanism} ${initial}`)
      return answer()
    },
    answer: (response) => {
      connection.send(response)
      return answer()
    },
    cancel: () => connection.send('*'),
  }
}
