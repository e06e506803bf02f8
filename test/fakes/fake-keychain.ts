/** A place for secrets that can be locked, taken away, and made to fail, with all that was asked of it. */
import { done, failed, type Outcome } from '../../shared/failures/failure.ts'
import type { SecretPlace } from '../../electron/secrets/secret-keeper.ts'

export class FakeKeychain implements SecretPlace {
  readonly entries = new Map<string, string>()
  readonly asked: string[] = []
  is: 'ready' | 'locked' | 'absent' = 'ready'
  /** Keys that cannot be written although the rest can. */
  readonly unwritable = new Set<string>()

  async state() {
    return this.is
  }

  async read(key: string): Promise<Outcome<string | null>> {
    return this.#answer(`read ${key}`, () => done(this.entries.get(key) ?? null))
  }

  async write(key: string, secret: string): Promise<Outcome<void>> {
    return this.#answer(`write ${key}`, () => {
      if (this.unwritable.has(key)) return failed('secrets.failed')
      this.entries.set(key, secret)
      return done(undefined)
    })
  }

  async remove(key: string): Promise<Outcome<void>> {
    return this.#answer(`remove ${key}`, () => {
      this.entries.delete(key)
      return done(undefined)
    })
  }

  #answer<T>(what: string, answer: () => Outcome<T>): Outcome<T> {
    this.asked.push(what)
    if (this.is === 'ready') return answer()
    return failed(this.is === 'locked' ? 'secrets.locked' : 'secrets.absent')
  }
}
