/** Who uses a level's server, and who of those below it does not and why: in one place for the tree and for what is said beside it. */
import type { Account } from '../../shared/model/account.ts'
import { type Level, type Levels, type Unit, unitOf } from '../../shared/model/levels.ts'
import { houseServerFor } from '../../shared/model/way-out.ts'

export interface LevelUse {
  /** Names of the accounts whose mail takes this level's server. */
  readonly accounts: readonly string[]
  /** What is nearer to an account below this level, and is used instead: units with a server of their own, and accounts with one. */
  readonly units: readonly string[]
  readonly own: readonly string[]
}

function sameLevel(one: Level, other: Level): boolean {
  return one.is === 'organization' ? other.is === 'organization' : other.is === 'unit' && one.id === other.id
}

export function levelUse(level: Level, accounts: readonly Account[], levels: Levels): LevelUse {
  const below = accounts.filter(({ outgoing, unitId }) => outgoing !== null && (level.is === 'organization' || unitId === level.id))
  const shared = below.filter(({ outgoing }) => outgoing?.server.use === 'shared')
  return {
    accounts: shared.filter((account) => isUsedBy(account, level, levels)).map(({ name }) => name),
    units: level.is === 'unit' ? [] : levels.units.filter(({ server }) => server?.enabled === true).map(({ name }) => name),
    own: below.filter(({ outgoing }) => outgoing?.server.use === 'own').map(({ name }) => name),
  }
}

function isUsedBy(account: Account, level: Level, levels: Levels): boolean {
  const house = houseServerFor(account, levels)
  return house !== null && sameLevel(house.level, level)
}

/** The host an account sends through; null = there is none, or it does not send. */
export function hostOf(account: Account, levels: Levels): string | null {
  if (account.outgoing === null) return null
  return account.outgoing.server.use === 'own' ? account.outgoing.server.host : (houseServerFor(account, levels)?.server.host ?? null)
}

/** The organization's own accounts first, then each unit with its accounts. */
export function accountsBelow(accounts: readonly Account[], levels: Levels): { readonly none: readonly Account[]; readonly units: readonly { readonly unit: Unit; readonly accounts: readonly Account[] }[] } {
  return {
    none: accounts.filter(({ unitId }) => unitOf(levels, unitId) === null),
    units: levels.units.map((unit) => ({ unit, accounts: accounts.filter(({ unitId }) => unitId === unit.id) })),
  }
}
