/**
 * The organization and its units, with their outgoing servers (PRODUCT B6, D6). Names of units are unique. A server's password
 * goes to the keychain before the server is written, so none stands there with a password that was lost.
 */
import type { AccountId } from '../../shared/model/account.ts'
import type { HouseServer, Level, Levels, Organization, Unit, UnitDraft, UnitId } from '../../shared/model/levels.ts'
import type { Outcome } from '../../shared/failures/failure.ts'
import type { Route } from './account-book.ts'

/** A switch at a level can take the way out of an account, and with it the place of the default one (A3). */
export interface DefaultAfter {
  readonly defaultAccountId: AccountId | null
  readonly promoted: boolean
}

export interface LevelBook {
  levels(): Levels
  /** `unit.unknown`. */
  unit(id: UnitId): Outcome<Unit>
  /** By id, else by name. */
  findUnit(key: string): Outcome<Unit>
  /** `secret` left out keeps what is stored. */
  changeOrganization(organization: Organization, secret: string | undefined): Promise<Outcome<DefaultAfter>>
  addUnit(draft: UnitDraft, secret: string | undefined): Promise<Outcome<DefaultAfter & { readonly unit: Unit }>>
  changeUnit(id: UnitId, draft: UnitDraft, secret: string | undefined): Promise<Outcome<DefaultAfter & { readonly unit: Unit }>>
  /** Its accounts stay, and belong to no unit. */
  removeUnit(id: UnitId): Promise<Outcome<DefaultAfter>>
  secretState(level: Level): Promise<'stored' | 'missing' | 'unknown' | 'not-needed'>
  /** Where a server is and how it signs in, saved or not; a password not typed just now is looked up under `level`. */
  routeOf(server: HouseServer, level: Level | null, secret: string | undefined): Promise<Outcome<Route>>
}
