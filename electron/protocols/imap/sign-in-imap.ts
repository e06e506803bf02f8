/** Signing in to IMAP: AUTHENTICATE with any SASL mechanism (RFC 9051 section 6.2.2, SASL-IR RFC 4959), or LOGIN. */
import { done, failed } from '../../../shared/failures/failure.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import type { Credentials, ServerTarget } from '../net/server-target.ts'
import { mechanismsFor } from '../sasl/mechanisms-for.ts'
import { saslWay, signIn } from '../sasl/sign-in.ts'
import type { Answer, Exchange } from '../sasl/sign-in.ts'
import type { Way } from '../sasl/way.ts'
import type { ImapServer } from './greet-imap.ts'
import { capabilitiesIn, readAnswer, sendTagged } from './imap-dialogue.ts'
import type { Tagged } from './imap-dialogue.ts'
import { imapFailure } from './imap-failure.ts'

export interface SignedIn {
  /** The mechanism, for people. */
  readonly words: string
  /** Told with the success; null = they have to be asked for. Those from before signing in may differ (RFC 9051 section 7.2.2). */
  readonly capabilities: ReadonlySet<string> | null
}

export async function signInToImap(server: ImapServer, target: ServerTarget, credentials: Credentials): Promise<Outcome<SignedIn>> {
  const { connection, evidence } = server
  let capabilities: ReadonlySet<string> | null = null
  const accepted = (tagged: Tagged) => {
    capabilities = capabilitiesIn([`OK ${tagged.text}`, ...tagged.untagged])
  }
  const exchange = exchangeOver(server, accepted)
  const sasl = mechanismsFor(credentials, announcedMechanisms(server), { ...target, service: 'imap', bindings: connection.channelBindings }).map((mechanism) => saslWay(mechanism, exchange, evidence))
  const ways = [...sasl, ...(credentials.method === 'password' ? login(server, credentials, accepted) : [])]
  const signedIn = await signIn(ways, connection.encrypted || target.security === 'none', { ...evidence, userName: credentials.userName }, credentials.secret)
  return signedIn.ok ? done({ words: signedIn.value, capabilities }) : signedIn
}

export function announcedMechanisms({ capabilities }: ImapServer): ReadonlySet<string> {
  return new Set([...capabilities].filter((word) => word.startsWith('AUTH=')).map((word) => word.slice('AUTH='.length)))
}

export function knowsLogin({ capabilities }: ImapServer): boolean {
  return !capabilities.has('LOGINDISABLED')
}

function exchangeOver(server: ImapServer, accepted: (tagged: Tagged) => void): Exchange {
  const { connection, evidence, capabilities } = server
  const answer = async (): Promise<Outcome<Answer>> => {
    const read = await readAnswer(connection, evidence)
    if (!read.ok) return read
    return done(read.value.kind === 'continue' ? { kind: 'challenge', text: read.value.text } : verdict(read.value, server, accepted))
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
    cancel: () => connection.send('*'),
  }
}

function verdict(tagged: Tagged, { evidence }: ImapServer, accepted: (tagged: Tagged) => void) {
  if (tagged.status === 'OK') accepted(tagged)
  return tagged.status === 'OK'
    ? { kind: 'accepted' as const, text: null }
    : { kind: 'refused' as const, failure: imapFailure(tagged.text, 'sign-in', evidence), tested: true }
}

/** LOGIN's arguments as literals: they take any byte, where a quoted string takes ASCII only (RFC 9051 section 4.3). */
function login(server: ImapServer, { userName, secret }: Credentials, accepted: (tagged: Tagged) => void): readonly Way[] {
  if (!knowsLogin(server)) return []
  const { connection, evidence } = server
  const literal = (text: string) => `{${Buffer.byteLength(text)}}`
  const attempt = async () => {
    sendTagged(connection, `LOGIN ${literal(userName)}`)
    for (const next of [`${userName} ${literal(secret)}`, secret]) {
      const asked = await readAnswer(connection, evidence)
      if (!asked.ok) return asked
      if (asked.value.kind === 'tagged') return done(verdict(asked.value, server, accepted))
      connection.send(next)
    }
    const last = await readAnswer(connection, evidence)
    if (!last.ok) return last
    return last.value.kind === 'tagged' ? done(verdict(last.value, server, accepted)) : failed('server.protocol', evidence)
  }
  return [{ name: 'LOGIN command', clearText: true, attempt }]
}
