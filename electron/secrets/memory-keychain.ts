/** Passwords for as long as the program runs, and nowhere else: always ready, never written down. */
import { done, type Outcome } from '../../shared/failures/failure.ts'
import type { SecretPlace } from './secret-keeper.ts'

export class MemoryKeychain implements SecretPlace {
  readonly #secrets = new Map<string, string>()

  async state(): Promise<'ready'> {
    return 'ready'
  }

  async read(key: string): Promise<Outcome<string | null>> {
    return done(this.#secrets.get(key) ?? null)
  }

  async write(key: string, secret: string): Promise<Outcome<void>> {
    this.#secrets.set(key, secret)
    return done(undefined)
  }

  async remove(key: string): Promise<Outcome<void>> {
    this.#secrets.delete(key)
    return done(undefined)
  }
}
