/** Which account a mail goes out from: the first of these keys that names one, else the default account. */
import { failed, done, type Outcome } from '../../../shared/failures/failure.ts'
import type { Account } from '../../../shared/model/account.ts'
import type { Session } from './session.ts'

/** A single key that names no account is refused: somebody asked for it by name. */
export async function senderAccount({ caller }: Session, keys: readonly string[], orDefault = keys.length === 0): Promise<Outcome<Account>> {
  for (const key of keys) {
    const found = await caller.call('accounts.find', { key })
    if (found.ok) return done(found.value.account)
    if (!orDefault) return found
  }
  const listed = await caller.call('accounts.list', {})
  if (!listed.ok) return listed
  const standard = listed.value.accounts.find(({ isDefault }) => isDefault)
  return standard === undefined ? failed('account.cannot-send') : done(standard.account)
}
