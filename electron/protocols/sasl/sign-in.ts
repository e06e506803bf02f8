/**
 * Signs in the strongest way both sides know. Never in clear on a connection that should be encrypted and is not.
 *
 * A rejection is tried once more in another way, because servers announce mechanisms that they cannot do for every user (a
 * server that keeps only password hashes can't do CRAM-MD5). Not more often: wrong passwords lock accounts.
 */
import { done, failed, refused } from '../../../shared/failures/failure.ts'
import type { Evidence, Failure, Outcome } from '../../../shared/failures/failure.ts'
import type { Credentials } from '../net/server-target.ts'
import type { Mechanism } from './mechanism.ts'

export type Verdict = { readonly kind: 'accepted' } | { readonly kind: 'refused'; readonly failure: Failure }

/** One way to sign in: a SASL mechanism or a command of the protocol's own (USER/PASS, APOP, LOGIN). Strongest first in a list. */
export interface Way {
  readonly name: string
  readonly clearText: boolean
  /** Not ok = the connection is of no more use. */
  attempt(): Promise<Outcome<Verdict>>
}

export async function signIn(ways: readonly Way[], clearTextAllowed: boolean, evidence: Evidence): Promise<Outcome<string>> {
  const usable = ways.filter((way) => clearTextAllowed || !way.clearText)
  const first = usable[0]
  if (first === undefined) return failed(ways.length > 0 ? 'signin.clear-text-refused' : 'signin.no-mechanism', evidence)
  const tried = await first.attempt()
  if (!tried.ok) return tried
  if (tried.value.kind === 'accepted') return done(first.name)

  const second = first.clearText ? undefined : (usable.find((way) => way.clearText) ?? usable.find((way) => family(way) !== family(first)))
  if (second === undefined || tried.value.failure.code !== 'signin.rejected') return refused(tried.value.failure)
  const again = await second.attempt()
  // Many servers hang up after a refusal: then the refusal is the news, not the silence.
  if (!again.ok) return again.failure.code === 'connect.lost' ? refused(tried.value.failure) : again
  return again.value.kind === 'accepted' ? done(second.name) : refused(again.value.failure)
}

const family = (way: Way) => (way.name.startsWith('SCRAM') ? 'SCRAM' : way.name)

/** The protocol's side of a SASL exchange: how its commands carry it. `null` data = an empty challenge. */
export type Answer = { readonly kind: 'challenge'; readonly text: string } | { readonly kind: 'accepted'; readonly text: string | null } | { readonly kind: 'refused'; readonly failure: Failure }

export interface Exchange {
  /** May this much be sent along with the command? (RFC 4422 section 3.3) */
  takesInitial(mechanism: string, initial: string): boolean
  begin(mechanism: string, initial: string | null): Promise<Outcome<Answer>>
  answer(response: string): Promise<Outcome<Answer>>
}

export function saslWay(mechanism: Mechanism, exchange: Exchange, evidence: Evidence): Way {
  return { name: mechanism.name, clearText: mechanism.clearText, attempt: () => converse(mechanism, exchange, evidence) }
}

async function converse(mechanism: Mechanism, exchange: Exchange, evidence: Evidence): Promise<Outcome<Verdict>> {
  // RFC 4954 section 4: an empty initial response is "=". None of ours is empty.
  const initial = mechanism.initial?.toString('base64') ?? null
  const sent = initial !== null && exchange.takesInitial(mechanism.name, initial)
  let held = sent ? null : mechanism.initial
  let answer = await exchange.begin(mechanism.name, sent ? initial : null)
  // No mechanism here needs more than four rounds; a server that goes on asking gets no fifth.
  for (let round = 0; round < 6; round += 1) {
    if (!answer.ok) return answer
    if (answer.value.kind === 'refused') return done({ kind: 'refused', failure: asTold(answer.value.failure, mechanism) })
    if (answer.value.kind === 'accepted') return accepted(mechanism, answer.value.text, evidence)
    const response = held ?? (await mechanism.respond(Buffer.from(answer.value.text, 'base64')))
    held = null
    if (response === null) {
      await exchange.answer('*')
      return failed('server.protocol', { ...evidence, detail: `${mechanism.name}: not a challenge of this mechanism` })
    }
    answer = await exchange.answer(response.toString('base64'))
  }
  return failed('server.protocol', { ...evidence, detail: `${mechanism.name}: too many challenges` })
}

function asTold(reason: Failure, mechanism: Mechanism): Failure {
  return mechanism.usesToken && reason.code === 'signin.rejected' ? { ...reason, code: 'signin.again' } : reason
}

/** RFC 4954 section 4 and RFC 4422 section 3.6: the last server data may come along with the success. */
async function accepted(mechanism: Mechanism, lastData: string | null, evidence: Evidence): Promise<Outcome<Verdict>> {
  if (!mechanism.proven() && lastData !== null) await mechanism.respond(Buffer.from(lastData, 'base64'))
  if (mechanism.proven()) return done({ kind: 'accepted' })
  return failed('server.protocol', { ...evidence, detail: `${mechanism.name}: the server did not prove that it knows the password` })
}

/** A name or password with a line break or NUL can't be sent in any protocol here, and could smuggle in a command. */
export function checkCredentials({ userName, secret }: Credentials): Outcome<void> {
  return /[\r\n\0]/.test(userName) || /[\r\n\0]/.test(secret) ? failed('input.invalid', { detail: 'line break in user name or password' }) : done(undefined)
}
