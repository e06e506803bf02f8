/**
 * Access tokens of the accounts that sign in over the web (OAuth 2.0, RFC 6749), for whatever protocol needs one: POP3, IMAP and
 * SMTP through `SignInWith`, HTTP as `Authorization: Bearer` (RFC 6750).
 */
import type { AccountId, Direction } from '../../shared/model/account.ts'
import type { Outcome } from '../../shared/failures/failure.ts'
import type { TokenSource } from '../protocols/net/server-target.ts'
import type { Permission } from './permission.ts'

/** Whose permission it is: an account's, under the direction whose sign-in it was given for, or one that no account has yet. */
export type TokenOwner =
  | { readonly of: 'account'; readonly id: AccountId; readonly direction: Direction }
  /** A sign-in that was just finished in the wizard; `id` stands for it as long as the program runs. */
  | { readonly of: 'sign-in'; readonly id: string }

export interface AccessTokens {
  /**
   * A token that will live for a while yet. However many ask at once, the provider is asked once; a refresh token that the
   * provider replaced is durable in the keychain before this answers.
   *
   * `signin.again`: a person must sign in again, and no request is made until somebody did. `signin.provider-unavailable`,
   * `secrets.locked`, `secrets.absent`: later.
   */
  tokenFor(owner: TokenOwner, signal: AbortSignal): Promise<Outcome<string>>
  /** Another one than this, which a server refused although it should be good. */
  tokenInsteadOf(owner: TokenOwner, refused: string, signal: AbortSignal): Promise<Outcome<string>>
}

export function tokenSource(tokens: AccessTokens, owner: TokenOwner): TokenSource {
  return {
    current: (signal) => tokens.tokenFor(owner, signal),
    insteadOf: (refused, signal) => tokens.tokenInsteadOf(owner, refused, signal),
  }
}

export interface FreshToken {
  readonly accessToken: string
  readonly seconds: number | null
}

/** The same, and who has which permission. */
export interface Permissions extends AccessTokens {
  /** A sign-in that was finished, kept in memory until an account takes it; answers with what stands for it. */
  keep(permission: Permission, fresh: FreshToken): string
  /** What the keychain is to hold for a kept one; null = it is not known, or not any more. */
  textOf(signInId: string): string | null
  /** In place of the permission an account had. */
  replace(owner: Extract<TokenOwner, { of: 'account' }>, permission: Permission, fresh: FreshToken): Promise<Outcome<void>>
  /** Resolves when nothing is being asked of the provider for it; what was known of it is forgotten, the keychain's entry stays. */
  release(owner: TokenOwner): Promise<void>
}
