/**
 * Passwords in one encrypted file under a passphrase, for machines without a keychain and only where the user chose it.
 *
 *   absent ──make──▶ ready ──lock──▶ locked ──unlock──▶ ready
 *
 * Keys and passwords are in memory only while it is `ready`. The file is never overwritten by one that could not be read:
 * a vault made where another one lies closed sets that one aside.
 */
import { readFile, rename } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { done, failed, type Outcome, refused } from '../../shared/failures/failure.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import { systemCodeOf } from '../storage/system-code.ts'
import { syncFolder, writeDurably } from '../storage/write-durably.ts'
import type { SecretPlace } from './secret-keeper.ts'
import { deriveKeys, forget, newHeader, openEntries, opensCheck, readVaultText, type VaultHeader, type VaultKeys, writeVaultText } from './vault-file.ts'

interface OpenVault {
  readonly header: VaultHeader
  readonly keys: VaultKeys
  readonly entries: ReadonlyMap<string, string>
}

export class PassphraseVault implements SecretPlace {
  readonly #path: string
  readonly #now: () => Date
  #open: OpenVault | null = null
  #last: Promise<unknown> = Promise.resolve()

  constructor(path: string, now: () => Date = () => new Date()) {
    this.#path = path
    this.#now = now
  }

  async state(): Promise<'ready' | 'locked' | 'absent'> {
    if (this.#open !== null) return 'ready'
    const text = await this.#text()
    return text.ok && text.value === null ? 'absent' : 'locked'
  }

  /** A new passphrase. Of an open vault the entries come along; one that lies closed is kept as `vault.old-DATE.json`. */
  make(passphrase: string): Promise<Outcome<void>> {
    return this.#inTurn(async () => {
      const before = this.#open
      if (before === null) {
        const aside = await this.#setAside()
        if (!aside.ok) return aside
      }
      const header = newHeader()
      const keys = await deriveKeys(passphrase, header)
      const written = await this.#replace({ header, keys, entries: before?.entries ?? new Map() })
      if (written.ok && before !== null) forget(before.keys)
      return written
    })
  }

  /** `vault.wrong-passphrase`, `vault.damaged`, `secrets.absent` where none was made. */
  unlock(passphrase: string): Promise<Outcome<void>> {
    return this.#inTurn(async () => {
      const text = await this.#text()
      if (!text.ok) return text
      if (text.value === null) return failed('secrets.absent', { name: basename(this.#path) })
      const body = readVaultText(text.value)
      if (body === null) return failed('vault.damaged', { name: basename(this.#path) })
      const keys = await deriveKeys(passphrase, body.header)
      const rightPassphrase = opensCheck(body, keys)
      const entries = rightPassphrase ? openEntries(body, keys) : null
      if (entries === null) {
        forget(keys)
        return failed(rightPassphrase ? 'vault.damaged' : 'vault.wrong-passphrase', { name: basename(this.#path) })
      }
      this.lock()
      this.#open = { header: body.header, keys, entries }
      return done(undefined)
    })
  }

  lock(): void {
    if (this.#open !== null) forget(this.#open.keys)
    this.#open = null
  }

  read(key: string): Promise<Outcome<string | null>> {
    return this.#inTurn(async () => (this.#open === null ? this.#closed() : done(this.#open.entries.get(key) ?? null)))
  }

  write(key: string, secret: string): Promise<Outcome<void>> {
    return this.#change((entries) => entries.set(key, secret))
  }

  remove(key: string): Promise<Outcome<void>> {
    return this.#change((entries) => entries.delete(key))
  }

  #change(change: (entries: Map<string, string>) => void): Promise<Outcome<void>> {
    return this.#inTurn(async () => {
      if (this.#open === null) return this.#closed()
      const entries = new Map(this.#open.entries)
      change(entries)
      const unchanged = entries.size === this.#open.entries.size && [...entries].every(([key, secret]) => this.#open?.entries.get(key) === secret)
      return unchanged ? done(undefined) : this.#replace({ ...this.#open, entries })
    })
  }

  async #replace(vault: OpenVault): Promise<Outcome<void>> {
    const written = await writeDurably(this.#path, writeVaultText(vault.header, vault.keys, vault.entries))
    if (written.ok) this.#open = vault
    return written
  }

  async #closed(): Promise<Outcome<never>> {
    const text = await this.#text()
    if (!text.ok) return text
    return failed(text.value === null ? 'secrets.absent' : 'secrets.locked', { name: basename(this.#path) })
  }

  async #setAside(): Promise<Outcome<void>> {
    const text = await this.#text()
    if (!text.ok) return text
    if (text.value === null) return done(undefined)
    try {
      await rename(this.#path, this.#path.replace(/\.json$/, `.old-${this.#now().toISOString().replaceAll(/[:.]/g, '-')}.json`))
      await syncFolder(dirname(this.#path))
      return done(undefined)
    } catch (error) {
      return refused(storageFailure(error, basename(this.#path)))
    }
  }

  /** null = there is no vault. */
  async #text(): Promise<Outcome<string | null>> {
    try {
      return done(await readFile(this.#path, 'utf8'))
    } catch (error) {
      return systemCodeOf(error) === 'ENOENT' ? done(null) : refused(storageFailure(error, basename(this.#path)))
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work)
    this.#last = result.catch(() => undefined)
    return result
  }
}
