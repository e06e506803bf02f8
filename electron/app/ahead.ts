/**
 * What a command that fetches begins before anything else of it is even loaded: the keychain's thread takes as long to start as
 * the program does, and there is a second processor for it. Nothing is asked here, and nobody.
 */
import { type Keyring, KeyringThread } from '../secrets/keyring-thread.ts'

export interface Ahead {
  readonly keyring: Keyring
}

export function startAhead(): Ahead {
  const keyring = new KeyringThread()
  keyring.prepare()
  return { keyring }
}
