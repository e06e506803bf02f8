/**
 * Whose sign-in over the web something is, and what follows from it: under which name the keychain holds the permission, at which provider it
 * is to be had, and which accounts wait for it.
 */
import { type Account, type AccountDraft, type Direction, directionSchema, needsSecret, ownSignIn, serverNames } from '../../shared/model/account.ts'
import { done, failed, type Outcome } from '../../shared/failures/failure.ts'
import { type Level, type Levels, secretOwnerOf, type SignInHolder, unitOf } from '../../shared/model/levels.ts'
import { isMailAddress } from '../../shared/model/text-field.ts'
import { houseServerFor } from '../../shared/model/way-out.ts'
import type { TokenOwner } from '../sign-in/access-tokens.ts'

export interface HeldSignIn {
  readonly owner: Extract<TokenOwner, { of: 'account' }>
  /** As people call it: the account's name, or the server's. */
  readonly name: string
  readonly issuer: string | null
  /** The domain of the address, and the servers' names. */
  readonly names: readonly string[]
  readonly address: string
  readonly userName: string
  readonly http: boolean
}

/** `account.unknown`, `unit.unknown`; `account.no-web-sign-in` where it signs in by other means. */
export function heldSignIn(holder: SignInHolder, accounts: readonly Account[], levels: Levels): Outcome<HeldSignIn> {
  return holder.is === 'account' ? ofAccount(holder.id, accounts) : ofLevel(holder.level, levels)
}

function ofAccount(id: string, accounts: readonly Account[]): Outcome<HeldSignIn> {
  const account = accounts.find((one) => one.id === id)
  if (account === undefined) return failed('account.unknown', { name: id.slice(0, 100) })
  const direction = webDirection(account)
  const own = direction === null ? null : ownSignIn(account, direction)
  const { name, user: { address } } = account
  if (direction === null || own === null) return failed('account.no-web-sign-in', { name })
  const names = [domainOf(address), ...serverNames(account)]
  return done({ owner: { of: 'account', id, direction }, name, issuer: own.issuer, names, address, userName: own.userName, http: account.incoming?.protocol === 'jmap' })
}

function ofLevel(level: Level, levels: Levels): Outcome<HeldSignIn> {
  const found = level.is === 'organization' ? levels.organization : unitOf(levels, level.id)
  if (found === null) return failed('unit.unknown', { name: level.is === 'unit' ? level.id : '' })
  const { name, server } = found
  if (server === null) return failed('send.no-server', { name })
  if (server.signIn?.method !== 'oauth2') return failed('account.no-web-sign-in', { host: server.host })
  const { userName, issuer } = server.signIn
  const address = isMailAddress(userName) ? userName : ''
  return done({ owner: levelOwner(level), name: server.host, issuer, names: [...(address === '' ? [] : [domainOf(address)]), server.host], address, userName, http: false })
}

export function levelOwner(level: Level): HeldSignIn['owner'] {
  return { of: 'account', id: secretOwnerOf(level), direction: 'outgoing' }
}

/** Which halves of which accounts wait for this sign-in. */
export function waitingFor(holder: SignInHolder, accounts: readonly Account[], levels: Levels): readonly { readonly account: Account; readonly directions: readonly Direction[] }[] {
  if (holder.is === 'account') return accounts.filter(({ id }) => id === holder.id).map((account) => ({ account, directions: directionSchema.options }))
  const owner = secretOwnerOf(holder.level)
  const uses = (account: Account) => {
    const house = houseHolderOf(account, levels)
    return house?.is === 'level' && secretOwnerOf(house.level) === owner
  }
  return accounts.filter(uses).map((account) => ({ account, directions: ['outgoing'] }))
}

/** Of an account whose `paused` half is held up; null = neither it nor the shared server it uses signs in over the web. */
export function holderFor(account: Account, paused: Direction | null, levels: Levels): SignInHolder | null {
  const own: SignInHolder | null = webDirection(account) === null ? null : { is: 'account', id: account.id }
  const house = houseHolderOf(account, levels)
  return paused === 'outgoing' ? (house ?? own) : (own ?? house)
}

function houseHolderOf(account: AccountDraft, levels: Levels): SignInHolder | null {
  const { outgoing } = account
  if (outgoing?.server.use !== 'shared' || outgoing.signIn.use !== 'server') return null
  const house = houseServerFor(account, levels)
  return house?.server.signIn?.method === 'oauth2' ? { is: 'level', level: house.level } : null
}

/** Under which direction the permission of an account is kept; null = it does not sign in over the web. */
function webDirection(account: Pick<Account, 'incoming' | 'outgoing'>): Direction | null {
  return directionSchema.options.find((one) => needsSecret(account, one) && ownSignIn(account, one)?.method === 'oauth2') ?? null
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}
