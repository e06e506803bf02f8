/**
 * What a command that fetches begins before anything else of it is even loaded: the keychain's thread takes as long to start as
 * the program does, and there is a second processor for it.
 */
import { type Keyring, KeyringThread } from '../secrets/keyring-thread.ts'

export interface Ahead {
  readonly keyring: Keyring
  /** Accounts as they were named on the command line; null = all. */
  readonly accounts: readonly string[] | null
}

export function startAhead(accounts: Ahead['accounts']): Ahead {
  const keyring = new KeyringThread()
  keyring.prepare()
  return { keyring, accounts }
}
