/** Passwords, one entry per account and direction, in the place the user chose. */
import type { SecretStore } from '../../shared/contract/methods.ts'
import type { AccountId, Direction } from '../../shared/model/account.ts'
import type { Outcome } from '../../shared/failures/failure.ts'

/** One place secrets can be kept in: SecretServiceKeychain, PassphraseVault, MemoryKeychain. */
export interface SecretPlace {
  state(): Promise<'ready' | 'locked' | 'absent'>
  /** null = there is no entry. `secrets.locked` and `secrets.absent` are never read as "no entry", and never lead to a write. */
  read(key: string): Promise<Outcome<string | null>>
  write(key: string, secret: string): Promise<Outcome<void>>
  remove(key: string): Promise<Outcome<void>>
}

export interface SecretKeeper {
  store(): Promise<SecretStore>
  usePlace(place: SecretStore['place']): Promise<Outcome<SecretStore>>
  makeVault(passphrase: string): Promise<Outcome<SecretStore>>
  unlockVault(passphrase: string): Promise<Outcome<SecretStore>>
  /** Looks in memory first, then in the chosen place; null = not there. */
  read(accountId: AccountId, direction: Direction): Promise<Outcome<string | null>>
  /** It will be read in a moment: the place is asked already, and the next `read` of it takes that answer. */
  readAhead(accountId: AccountId, direction: Direction): void
  /** `remember` false keeps it in memory only and removes what the place held. */
  write(accountId: AccountId, direction: Direction, secret: string, remember: boolean): Promise<Outcome<void>>
  /** From memory and the chosen place. A place that is absent holds nothing; one that is locked is a failure. */
  remove(accountId: AccountId, direction: Direction): Promise<Outcome<void>>
  /** Both directions, and also from places chosen earlier where those can be opened. */
  removeAll(accountId: AccountId): Promise<Outcome<void>>
  onChange(listener: (store: SecretStore) => void): () => void
}
