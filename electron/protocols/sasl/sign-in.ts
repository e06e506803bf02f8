/**
 * Signs in the strongest way both sides know, and in others where the refusal leaves hope (next-way.ts). Never in clear on a connection
 * that should be encrypted and is not.
 */
import { done, failed, refused } from '../../../shared/failures/failure.ts'
import type { Evidence, Failure, Outcome } from '../../../shared/failures/failure.ts'
import type { Credentials } from '../net/server-target.ts'
import { withoutSecret } from '../net/server-words.ts'
import type { Mechanism } from './mechanism.ts'
import { nextWay, type Tried } from './next-way.ts'
import type { Verdict, Way } from './way.ts'

/** Answers with the way that it went. */
export async function signIn(ways: readonly Way[], clearTextAllowed: boolean, evidence: Evidence, secret: string): Promise<Outcome<string>> {
  const usable = ways.filter((way) => clearTextAllowed || !way.clearText)
  if (usable.length === 0) return failed(ways.length > 0 ? 'signin.clear-text-refused' : 'signin.no-mechanism', evidence)
  return withoutSecret(await goThrough(usable, evidence), secret)
}

async function goThrough(ways: readonly Way[], evidence: Evidence): Promise<Outcome<string>> {
  const tried: Tried[] = []
  let refusal: Failure | null = null
  for (let way = nextWay(ways, tried); way !== undefined; way = nextWay(ways, tried)) {
    const verdict = await way.attempt()
    // Many servers hang up after a refusal: then the refusal is the news, not the silence.
    if (!verdict.ok) return verdict.failure.code === 'connect.lost' && refusal !== null ? refused(refusal) : verdict
    if (verdict.value.kind === 'accepted') return done(way.name)
    const { failure, tested } = verdict.value
    if (failure.code !== 'signin.rejected' && (tested || failure.code !== 'signin.no-mechanism')) return refused(failure)
    // That the server can't do this one for this user says less than that it does not want the password.
    if (refusal === null || tested) refusal = failure
    tried.push({ way, tested })
  }
  return refusal === null ? failed('signin.no-mechanism', evidence) : refused(refusal)
}

/** The protocol's side of a SASL exchange: how its commands carry it. `null` data = an empty challenge. */
export type Answer = { readonly kind: 'challenge'; readonly text: string } | { readonly kind: 'accepted'; readonly text: string | null } | { readonly kind: 'refused'; readonly failure: Failure }

export interface Exchange {
  /** May this much be sent along with the command? (RFC 4422 section 3.3) */
  takesInitial(mechanism: string, initial: string): boolean
  begin(mechanism: string, initial: string | null): Promise<Outcome<Answer>>
  answer(response: string): Promise<Outcome<Answer>>
  /** RFC 4422 section 3.5. The connection ends then: what the server says to it is of no interest. */
  cancel(): void
}

export function saslWay(mechanism: Mechanism, exchange: Exchange, evidence: Evidence): Way {
  return { name: mechanism.name, clearText: mechanism.clearText, boundBy: mechanism.boundBy, attempt: () => converse(mechanism, exchange, evidence) }
}

async function converse(mechanism: Mechanism, exchange: Exchange, evidence: Evidence): Promise<Outcome<Verdict>> {
  // RFC 4954 section 4: an empty initial response is "=". None of ours is empty.
  const initial = mechanism.initial?.toString('base64') ?? null
  const sent = initial !== null && exchange.takesInitial(mechanism.name, initial)
  let held = sent ? null : mechanism.initial
  let tested = sent && mechanism.clearText
  let answer = await exchange.begin(mechanism.name, sent ? initial : null)
  // No mechanism here needs more than four rounds; a server that goes on asking gets no fifth.
  for (let round = 0; round < 6; round += 1) {
    if (!answer.ok) return answer
    if (answer.value.kind === 'refused') return done({ kind: 'refused', failure: asTold(answer.value.failure, mechanism), tested })
    if (answer.value.kind === 'accepted') return accepted(mechanism, answer.value.text, evidence)
    const challenge = fromBase64(answer.value.text)
    const response = held ?? (challenge === null ? null : await mechanism.respond(challenge))
    tested ||= held === null || mechanism.clearText
    held = null
    if (response === null) {
      exchange.cancel()
      return failed('server.protocol', { ...evidence, detail: `${mechanism.name}: not a challenge of this mechanism` })
    }
    answer = await exchange.answer(response.toString('base64'))
  }
  return failed('server.protocol', { ...evidence, detail: `${mechanism.name}: too many challenges` })
}

function asTold(reason: Failure, mechanism: Mechanism): Failure {
  if (!mechanism.usesToken || reason.code !== 'signin.rejected') return reason
  const told = mechanism.refusal?.() ?? { reason: null, issuer: null }
  return { code: 'signin.again', evidence: { ...reason.evidence, ...(told.reason !== null && { detail: told.reason }), ...(told.issuer !== null && { issuer: told.issuer }) } }
}

/** RFC 4954 section 4 and RFC 4422 section 3.6: the last server data may come along with the success. */
async function accepted(mechanism: Mechanism, lastData: string | null, evidence: Evidence): Promise<Outcome<Verdict>> {
  const data = lastData === null ? null : fromBase64(lastData)
  if (!mechanism.proven() && data !== null) await mechanism.respond(data)
  if (mechanism.proven()) return done({ kind: 'accepted' })
  return failed('server.protocol', { ...evidence, detail: `${mechanism.name}: the server did not prove that it knows the password` })
}

/** null = it is none (RFC 4648 section 3.3): nothing is answered to what would be read as something else. */
function fromBase64(text: string): Buffer | null {
  const trimmed = text.trim()
  return /^[A-Za-z\d+/]*={0,2}$/.test(trimmed) ? Buffer.from(trimmed, 'base64') : null
}

/** A name or password with a line break or NUL can't be sent in any protocol here, and could smuggle in a command. */
export function checkCredentials({ userName, secret }: Credentials): Outcome<void> {
  return /[\r\n\0]/.test(userName) || /[\r\n\0]/.test(secret) ? failed('input.invalid', { detail: 'line break in user name or password' }) : done(undefined)
}
