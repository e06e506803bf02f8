/** Asks for the passwords a command will sign in with as soon as it is known where those are: a keychain takes its time, and the program has enough to open meanwhile. */
import { needsSecret } from '../../shared/model/account.ts'
import type { AccountBook } from '../accounts/account-book.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'
import type { Ahead } from './ahead.ts'

export function readSecretsAhead({ accounts: keys }: Ahead, accounts: AccountBook, secrets: SecretKeeper): void {
  const named = keys?.flatMap((key) => {
    const found = accounts.find(key)
    return found.ok ? [found.value] : []
  })
  for (const account of named ?? accounts.list()) if (needsSecret(account, 'incoming')) secrets.readAhead(account.id, 'incoming')
}
