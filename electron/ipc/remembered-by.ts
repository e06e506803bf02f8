/** A8: does the account want the password of this direction kept, or only in memory? */
import type { Account, Direction } from '../../shared/model/account.ts'

export function rememberedBy(account: Account, direction: Direction): boolean {
  if (direction === 'incoming') return account.incoming?.signIn.rememberPassword ?? false
  return account.outgoing?.signIn.use === 'own' && account.outgoing.signIn.signIn.rememberPassword
}
