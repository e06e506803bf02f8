/**
 * The accounts, and the rules that hold over all of them (A1-A5): names are unique, exactly one account that can send is the
 * default as long as there is any, and losing it promotes another. Passwords go to the keychain before the account is
 * written, so an account never stands in the list with a password that was lost.
 */
import type { Account, AccountDraft, AccountId, Direction } from '../../shared/model/account.ts'
import type { Secrets } from '../../shared/contract/methods.ts'
import type { Outcome } from '../../shared/failures/failure.ts'
import type { ServerTarget, SignInWith } from '../protocols/net/server-target.ts'

export interface AccountsChanged {
  readonly account: Account
  readonly defaultAccountId: AccountId | null
  /** Another account became the default through this change. */
  readonly promoted: boolean
}

/** Where a direction of an account connects to and how it signs in; credentials null = no sign-in asked for. */
export interface Route {
  readonly protocol: 'pop3' | 'imap' | 'jmap' | 'smtp'
  readonly server: Pick<ServerTarget, 'host' | 'port' | 'security' | 'trustedCertificate' | 'timeoutSeconds' | 'http'>
  readonly credentials: SignInWith | null
}

export interface AccountBook {
  list(): readonly Account[]
  get(id: AccountId): Outcome<Account>
  /** By id, else by name or address where exactly one account has it; `account.ambiguous` names the others. */
  find(key: string): Outcome<Account>
  defaultAccountId(): AccountId | null
  add(draft: AccountDraft, secrets: Secrets): Promise<Outcome<AccountsChanged>>
  change(id: AccountId, draft: AccountDraft, secrets: Secrets): Promise<Outcome<AccountsChanged>>
  remove(id: AccountId): Promise<Outcome<Omit<AccountsChanged, 'account'>>>
  setDefault(id: AccountId): Promise<Outcome<void>>
  /** Another one as soon as what is set leads another way, or nowhere: what is connected then is of yesterday. Says nothing of passwords. */
  wayMark(id: AccountId, direction: Direction): string
  /**
   * Resolves host, port, security and password of a saved account. `signin.no-password` when none is stored,
   * `account.cannot-receive` / `account.cannot-send` when that half is off, `send.no-server` when a shared server is wanted
   * and none is switched on.
   */
  route(id: AccountId, direction: Direction): Promise<Outcome<Route>>
  /** The same for a draft with passwords typed just now; a direction left out of `secrets` is looked up under `id` when given. */
  routeOfDraft(draft: AccountDraft, secrets: Secrets, direction: Direction, id: AccountId | null): Promise<Outcome<Route>>
  onChange(listener: () => void): () => void
}
