/** A3: as long as any account can send, exactly one that can is the default. */
import type { AccountId } from '../../shared/model/account.ts'
import type { Settings } from '../storage/settings.ts'
import { hasWayOut } from '../../shared/model/way-out.ts'

/** The chosen one as long as it can send, else the first in the list that can. */
export function defaultAccountOf(settings: Settings): AccountId | null {
  const able = settings.accounts.filter((account) => hasWayOut(account, settings))
  const chosen = able.find(({ id }) => id === settings.defaultAccountId)
  return (chosen ?? able[0])?.id ?? null
}

/** The same settings with the rule kept. */
export function withDefault(settings: Settings): Settings {
  return { ...settings, defaultAccountId: defaultAccountOf(settings) }
}

/** Another account had to take over. The first default there is takes over from nobody. */
export function isPromotion(before: AccountId | null, after: AccountId | null): boolean {
  return before !== null && after !== null && before !== after
}
