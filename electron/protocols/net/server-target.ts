/** Which server a connection goes to, how far it may be trusted, and how long to wait: what every protocol's session is opened with. */
import type { Security } from '../../../shared/model/server.ts'
import type { SignInMethod } from '../../../shared/model/server.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'

export interface ServerTarget {
  readonly host: string
  readonly port: number
  readonly security: Security
  /** SHA-256 of a certificate the user trusts for this server although it does not verify; null = only what verifies. */
  readonly trustedCertificate: string | null
  /** Every single wait (connect, TLS, greeting, each answer) ends after this many seconds. 10 to 600. */
  readonly timeoutSeconds: number
  /** Ends every wait at once; the session is closed without ceremony. */
  readonly signal: AbortSignal
  /** Who finds the addresses of a name; left out = the operating system, two names of the whole process at a time. */
  readonly lookUp?: LookUpName
  /** Whose connections these are, where several share a server in turn: an account. */
  readonly sharer?: string
  /** What may be spoken inside TLS, the best first (RFC 7301); left out = nothing is said of it. */
  readonly protocols?: readonly string[]
  /** Of a server that speaks HTTP. */
  readonly http?: HttpPlace
}

/** The addresses of a name in ASCII; `dns.no-such-host` where it has none. Never rejects. */
export type LookUpName = (name: string) => Promise<Outcome<readonly string[]>>

export interface HttpPlace {
  /** RFC 8620 section 2; always https. */
  readonly sessionUrl: string
  /** What else belongs to this server, as a person said: their sign-in goes there too. */
  readonly otherHosts: readonly string[]
}

export interface Credentials {
  readonly userName: string
  /** Password or, for `oauth2`, access token. Never logged, never part of a failure. */
  readonly secret: string
  readonly method: SignInMethod
}

/** Access tokens of one sign-in over the web (OAuth 2.0), had when they are needed: they live for minutes. */
export interface TokenSource {
  /** One that will live long enough to sign in with. */
  current(signal: AbortSignal): Promise<Outcome<string>>
  /** Another one than this, which a server refused although it should be good. */
  insteadOf(refused: string, signal: AbortSignal): Promise<Outcome<string>>
}

export interface TokenSignIn {
  readonly userName: string
  readonly method: 'oauth2'
  readonly tokens: TokenSource
}

/** How a session signs in: with what is known now, or with a token that is had on the way. */
export type SignInWith = Credentials | TokenSignIn

export type ConnectStep = 'name' | 'connect' | 'secure' | 'sign-in'

/** Told when a step of opening a session begins and when it is done; `words` are facts for a person (address, TLS version, greeting, mechanism). */
export interface StepWatcher {
  began(step: ConnectStep): void
  ended(step: ConnectStep, words: string | null): void
}

/** A message that arrives in pieces. `write` resolves when the piece is taken (back-pressure), and then its memory may be used for something else; bytes are exactly the server's. */
export interface MessageSink {
  write(piece: Uint8Array): void | Promise<void>
}

/** Receives messages one after the other. `end` is awaited before the next begins: what it resolves to decides nothing, a rejection stops the run. */
export interface MessageReceiver {
  begin(serverId: string, size: number): MessageSink | Promise<MessageSink>
  /** `outcome` not ok: this message could not be had (gone, refused); the others go on. Connection failures end the whole call instead. */
  end(serverId: string, outcome: Outcome<{ readonly bytes: number }>): void | Promise<void>
}
