import type { SecretKeeper } from '../secrets/secret-keeper.ts'
import type { SettingsStore } from '../storage/settings.ts'
import type { AccountBook } from './account-book.ts'

export interface AccountBookOptions {
  readonly settings: SettingsStore
  readonly secrets: SecretKeeper
  readonly newId?: () => string
}
export function createAccountBook(_options: AccountBookOptions): AccountBook {
  throw new Error('being written')
}
