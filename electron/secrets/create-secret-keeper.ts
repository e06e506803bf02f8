/**
 * Keeps passwords where the user chose: keychain, vault or memory. A place is changed only by asking for it, never because
 * another one did not answer, and what could not be read is never written over.
 */
import type { SecretStore } from '../../shared/contract/methods.ts'
import type { AccountId, Direction } from '../../shared/model/account.ts'
import { assertNever, done, failed, type Outcome } from '../../shared/failures/failure.ts'
import type { DataFolder } from '../storage/data-folder.ts'
import type { SettingsStore } from '../storage/settings.ts'
import type { Keyring } from './keyring-thread.ts'
import { MemoryKeychain } from './memory-keychain.ts'
import { PassphraseVault } from './passphrase-vault.ts'
import type { SecretKeeper, SecretPlace } from './secret-keeper.ts'
import { SplitEntries } from './split-entries.ts'
import { keychainName, SystemKeychain, type SystemKeychainOptions } from './system-keychain.ts'

export interface SecretKeeperOptions {
  readonly settings: SettingsStore
  readonly folder: DataFolder
  /** Default: the operating system's. */
  readonly keychain?: SecretPlace
  /** For the default keychain: one that was made ready before. */
  readonly keyring?: Keyring
  /** Ends every wait for the keychain: the program stops. Of use with the default keychain only. */
  readonly signal?: AbortSignal
  /** Whose keychain it is. Default: this machine's. */
  readonly platform?: NodeJS.Platform
  /** Told every secret that passes, so that the log can leave it out. */
  readonly redact?: (secret: string) => void
}

type Place = SecretStore['place']

export function createSecretKeeper(options: SecretKeeperOptions): SecretKeeper {
  return new ChosenPlaceKeeper(options)
}

class ChosenPlaceKeeper implements SecretKeeper {
  readonly #settings: SettingsStore
  readonly #keychain: SecretPlace
  readonly #vault: PassphraseVault
  readonly #session = new MemoryKeychain()
  readonly #redact: (secret: string) => void
  readonly #ahead = new Map<string, Promise<Outcome<string | null>>>()
  readonly #listeners = new Set<(store: SecretStore) => void>()

  constructor({ settings, folder, keychain, keyring, signal, platform = process.platform, redact = () => undefined }: SecretKeeperOptions) {
    this.#settings = settings
    this.#keychain = keychain ?? systemKeychain({ ...(keyring !== undefined && { keyring }), ...(signal !== undefined && { signal }), platform })
    this.#vault = new PassphraseVault(folder.vault)
    this.#redact = redact
  }

  async store(): Promise<SecretStore> {
    return { place: this.#chosen, state: await this.#placeOf(this.#chosen).state(), name: keychainName() }
  }

  /** `secrets.absent` where that place is not there. A vault is made with `makeVault`. */
  async usePlace(place: Place): Promise<Outcome<SecretStore>> {
    if ((await this.#placeOf(place).state()) === 'absent') return failed('secrets.absent', { name: place === 'keychain' ? keychainName() : place })
    return this.#choose(place)
  }

  /** Makes it and uses it. A closed vault that was there is kept under another name. */
  async makeVault(passphrase: string): Promise<Outcome<SecretStore>> {
    this.#redact(passphrase)
    const made = await this.#vault.make(passphrase)
    return made.ok ? this.#choose('vault') : made
  }

  async unlockVault(passphrase: string): Promise<Outcome<SecretStore>> {
    this.#redact(passphrase)
    const unlocked = await this.#vault.unlock(passphrase)
    return unlocked.ok ? done(await this.#tell()) : unlocked
  }

  readAhead(accountId: AccountId, direction: Direction): void {
    this.#ahead.set(keyOf(accountId, direction), this.#read(keyOf(accountId, direction)))
  }

  read(accountId: AccountId, direction: Direction): Promise<Outcome<string | null>> {
    const key = keyOf(accountId, direction)
    const ahead = this.#ahead.get(key)
    this.#ahead.delete(key)
    return ahead ?? this.#read(key)
  }

  async #read(key: string): Promise<Outcome<string | null>> {
    const remembered = await this.#session.read(key)
    if (!remembered.ok || remembered.value !== null) return remembered
    const kept = await this.#placeOf(this.#chosen).read(key)
    if (kept.ok && kept.value !== null) this.#redact(kept.value)
    return kept
  }

  async write(accountId: AccountId, direction: Direction, secret: string, remember: boolean): Promise<Outcome<void>> {
    this.#redact(secret)
    const key = keyOf(accountId, direction)
    this.#ahead.delete(key)
    const place = this.#placeOf(this.#chosen)
    const kept = remember ? await place.write(key, secret) : await removeWhereThere(place, key)
    if (!kept.ok) return kept
    return remember && place !== this.#session ? this.#session.remove(key) : this.#session.write(key, secret)
  }

  async remove(accountId: AccountId, direction: Direction): Promise<Outcome<void>> {
    const key = keyOf(accountId, direction)
    this.#ahead.delete(key)
    const removed = await removeWhereThere(this.#placeOf(this.#chosen), key)
    return removed.ok ? this.#session.remove(key) : removed
  }

  async removeAll(accountId: AccountId): Promise<Outcome<void>> {
    const chosen = this.#placeOf(this.#chosen)
    for (const direction of ['incoming', 'outgoing'] as const) {
      const removed = await this.remove(accountId, direction)
      if (!removed.ok) return removed
      for (const earlier of [this.#vault, this.#keychain]) {
        if (earlier !== chosen && (await earlier.state()) === 'ready') await earlier.remove(keyOf(accountId, direction))
      }
    }
    return done(undefined)
  }

  onChange(listener: (store: SecretStore) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get #chosen(): Place {
    return this.#settings.get().secretPlace
  }

  #placeOf(place: Place): SecretPlace {
    switch (place) {
      case 'keychain': return this.#keychain
      case 'vault': return this.#vault
      case 'session': return this.#session
      default: return assertNever(place)
    }
  }

  async #choose(place: Place): Promise<Outcome<SecretStore>> {
    if (place !== this.#chosen) {
      const changed = await this.#settings.change((settings) => ({ ...settings, secretPlace: place }))
      if (!changed.ok) return changed
    }
    return done(await this.#tell())
  }

  async #tell(): Promise<SecretStore> {
    this.#ahead.clear()
    const store = await this.store()
    for (const listener of this.#listeners) listener(store)
    return store
  }
}

/** UTF-16 code units that an entry of Windows' Credential Manager holds. */
const windowsEntry = 1280

function systemKeychain(options: SystemKeychainOptions): SecretPlace {
  const keychain = new SystemKeychain(options)
  return options.platform === 'win32' ? new SplitEntries(keychain, windowsEntry) : keychain
}

function keyOf(accountId: AccountId, direction: Direction): string {
  return `${accountId}/${direction}`
}

/** A place that is not there holds nothing that could be removed. */
async function removeWhereThere(place: SecretPlace, key: string): Promise<Outcome<void>> {
  const removed = await place.remove(key)
  return !removed.ok && removed.failure.code === 'secrets.absent' ? done(undefined) : removed
}
