/**
 * A SASL mechanism (RFC 4422) as a conversation without a network: challenge in, response out. Every instance is one
 * conversation and is thrown away with it. To add one: one file, and a line in `mechanisms-for.ts`.
 */
import type { ChannelBinding } from '../net/channel-binding.ts'

export interface Mechanism {
  /** As registered with IANA and announced by servers. */
  readonly name: string
  /** Which of the connection's bindings is part of the proof; left out = none. */
  readonly boundBy?: ChannelBinding['type']
  /** Whoever reads the conversation can sign in with what he read. */
  readonly clearText: boolean
  /** Where a token is refused, signing in again in the browser helps, and another password does not. */
  readonly usesToken: boolean
  /** What the client says first (RFC 4422 section 5.1); null = the server begins. */
  readonly initial: Buffer | null
  /** null = this is no challenge of this mechanism, or the server failed to prove itself: the client cancels. */
  respond(challenge: Buffer): Promise<Buffer | null>
  /** False = the server says "signed in" before it can know that, or without having proved what the mechanism lets it prove (RFC 5802 section 5). */
  proven(): boolean
  /** What the server told of its refusal within the exchange (RFC 7628 section 3.2.2). */
  refusal?(): Refusal
}

export interface Refusal {
  readonly reason: string | null
  /** Where it says people sign in over the web: a claim of whoever is at the other end. */
  readonly issuer: string | null
}
