import type { DataFolder } from '../storage/data-folder.ts'
import type { SettingsStore } from '../storage/settings.ts'
import type { SecretKeeper, SecretPlace } from './secret-keeper.ts'

export interface SecretKeeperOptions {
  readonly settings: SettingsStore
  readonly folder: DataFolder
  /** Default: the operating system's. */
  readonly keychain?: SecretPlace
  /** Ends every wait for the keychain: the program stops. */
  readonly signal?: AbortSignal
  /** Told every secret that passes, so that the log can leave it out. */
  readonly redact?: (secret: string) => void
}
export function createSecretKeeper(_options: SecretKeeperOptions): SecretKeeper {
  throw new Error('being written')
}
