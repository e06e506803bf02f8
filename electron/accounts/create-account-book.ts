/**
 * The account book over the settings file and the secret keeper. Changes run one after the other, each checked against what
 * the one before it left: passwords first, then the account; where the account cannot be written, the passwords go back.
 */
import { randomUUID } from 'node:crypto'
import { type Account, type AccountDraft, type AccountId, type Direction, directionSchema } from '../../shared/model/account.ts'
import type { Secrets } from '../../shared/contract/methods.ts'
import { done, failed, type Outcome } from '../../shared/failures/failure.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'
import { tokenSource, type Permissions } from '../sign-in/access-tokens.ts'
import { isPermission } from '../sign-in/permission.ts'
import type { Settings, SettingsStore } from '../storage/settings.ts'
import type { AccountBook, AccountsChanged, Route } from './account-book.ts'
import { moveSecrets, needsNone, needsOf, removeSecrets, type Undo } from './account-secrets.ts'
import { defaultAccountOf, isPromotion, withDefault } from './default-account.ts'
import { draftProblems, sameName } from './draft-problems.ts'
import { type PlannedRoute, planRoute } from './route.ts'
import { ownerOf, withPermission } from './with-permission.ts'
import { hasWayOut } from '../../shared/model/way-out.ts'

export interface AccountBookOptions {
  readonly settings: SettingsStore
  readonly secrets: SecretKeeper
  readonly permissions: Permissions
  readonly newId?: () => string
}

export function createAccountBook({ settings, secrets, permissions, newId = randomUUID }: AccountBookOptions): AccountBook {
  return new StoredAccountBook(settings, secrets, permissions, newId)
}

class StoredAccountBook implements AccountBook {
  readonly #settings: SettingsStore
  readonly #secrets: SecretKeeper
  readonly #permissions: Permissions
  readonly #newId: () => string
  readonly #listeners = new Set<() => void>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(settings: SettingsStore, secrets: SecretKeeper, permissions: Permissions, newId: () => string) {
    this.#settings = settings
    this.#secrets = secrets
    this.#permissions = permissions
    this.#newId = newId
  }

  list(): readonly Account[] {
    return this.#settings.get().accounts
  }

  get(id: AccountId): Outcome<Account> {
    const account = this.list().find((one) => one.id === id)
    return account === undefined ? failed('account.unknown', { name: id.slice(0, 100) }) : done(account)
  }

  find(key: string): Outcome<Account> {
    const byId = this.get(key)
    if (byId.ok) return byId
    const byName = this.list().find((account) => sameName(account.name, key))
    if (byName !== undefined) return done(byName)
    const name = key.slice(0, 100)
    const [first, ...others] = this.list().filter((account) => sameName(account.user.address, key))
    if (first === undefined) return failed('account.unknown', { name })
    if (others.length > 0) return failed('account.ambiguous', { name, detail: [first, ...others].map((account) => account.name).join(', ') })
    return done(first)
  }

  defaultAccountId(): AccountId | null {
    return defaultAccountOf(this.#settings.get())
  }

  add(draft: AccountDraft, secrets: Secrets): Promise<Outcome<AccountsChanged>> {
    return this.#inTurn(() => this.#save({ id: this.#newId(), ...draft }, null, secrets))
  }

  change(id: AccountId, draft: AccountDraft, secrets: Secrets): Promise<Outcome<AccountsChanged>> {
    return this.#inTurn(async () => {
      const before = this.get(id)
      return before.ok ? this.#save({ ...draft, id }, before.value, secrets) : before
    })
  }

  remove(id: AccountId): Promise<Outcome<Omit<AccountsChanged, 'account'>>> {
    return this.#inTurn(async () => {
      const account = this.get(id)
      if (!account.ok) return account
      await this.#release(id)
      const removed = await removeSecrets(this.#secrets, id, needsOf(account.value))
      if (!removed.ok) return removed
      return this.#write((settings) => ({ ...settings, accounts: settings.accounts.filter((one) => one.id !== id) }), removed.value)
    })
  }

  setDefault(id: AccountId): Promise<Outcome<void>> {
    return this.#inTurn(async () => {
      const account = this.get(id)
      if (!account.ok) return account
      if (!hasWayOut(account.value, this.#settings.get())) return failed('account.cannot-send', { name: account.value.name })
      const written = await this.#write((settings) => ({ ...settings, defaultAccountId: id }))
      return written.ok ? done(undefined) : written
    })
  }

  wayMark(id: AccountId, direction: Direction): string {
    const account = this.get(id)
    return JSON.stringify(account.ok ? planRoute(this.#settings.get(), account.value, direction) : account)
  }

  async route(id: AccountId, direction: Direction): Promise<Outcome<Route>> {
    const account = this.get(id)
    return account.ok ? this.routeOfDraft(account.value, {}, direction, id) : account
  }

  async routeOfDraft(draft: AccountDraft, secrets: Secrets, direction: Direction, id: AccountId | null): Promise<Outcome<Route>> {
    const planned = planRoute(this.#settings.get(), draft, direction)
    if (!planned.ok) return planned
    const { protocol, server, signIn } = planned.value
    if (signIn === null) return done({ protocol, server, credentials: null })
    if (signIn.as.method === 'oauth2') return this.#tokenRoute(planned.value, signIn, secrets, draft, id)
    const secret = await this.#secretFor(signIn.secret, secrets, id)
    if (!secret.ok) return secret
    const { userName, method } = signIn.as
    // A permission is no password, and must not be told to a server as one.
    if (secret.value === null || isPermission(secret.value)) return failed('signin.no-password', { name: draft.name, host: server.host, port: server.port, protocol, userName })
    return done({ protocol, server, credentials: { userName, secret: secret.value, method } })
  }

  /** The token itself is had when the connection is made: here it is only said whose it is. */
  #tokenRoute({ protocol, server }: PlannedRoute, { as, secret }: NonNullable<PlannedRoute['signIn']>, { signedIn }: Secrets, draft: AccountDraft, id: AccountId | null): Outcome<Route> {
    const { userName } = as
    const owner = ownerOf(secret, signedIn, id)
    if (owner === null) return failed('signin.again', { name: draft.name, host: server.host, port: server.port, protocol, userName })
    return done({ protocol, server, credentials: { userName, method: 'oauth2', tokens: tokenSource(this.#permissions, owner) } })
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async #secretFor(owner: NonNullable<PlannedRoute['signIn']>['secret'], typed: Secrets, id: AccountId | null): Promise<Outcome<string | null>> {
    if (owner.of === 'level') return this.#secrets.read(owner.id, owner.direction)
    const justTyped = typed[owner.direction]
    if (justTyped !== undefined) return done(justTyped)
    return id === null ? done(null) : this.#secrets.read(id, owner.direction)
  }

  async #save(account: Account, before: Account | null, secrets: Secrets): Promise<Outcome<AccountsChanged>> {
    const { id, ...draft } = account
    const fields = draftProblems(this.#settings.get(), draft, before === null ? null : id)
    if (fields.length > 0) return failed('input.invalid', { fields: [...fields] })
    const withText = withPermission(this.#permissions, draft, secrets)
    if (!withText.ok) return withText
    await this.#release(id)
    const moved = await moveSecrets(this.#secrets, id, before === null ? needsNone : needsOf(before), needsOf(draft), withText.value)
    if (!moved.ok) return moved
    const place = (accounts: readonly Account[]) => (before === null ? [...accounts, account] : accounts.map((one) => (one.id === id ? account : one)))
    const written = await this.#write((settings) => ({ ...settings, accounts: place(settings.accounts) }), moved.value)
    if (!written.ok) return written
    if (secrets.signedIn !== undefined) await this.#permissions.release({ of: 'sign-in', id: secrets.signedIn })
    return done({ account: this.list().find((one) => one.id === id) ?? account, ...written.value })
  }

  /** What is known of its tokens: another permission may be in the keychain in a moment, or none. */
  async #release(id: AccountId): Promise<void> {
    for (const direction of directionSchema.options) await this.#permissions.release({ of: 'account', id, direction })
  }

  async #write(change: (settings: Settings) => Settings, undo?: Undo): Promise<Outcome<Omit<AccountsChanged, 'account'>>> {
    const before = this.defaultAccountId()
    const written = await this.#settings.change((settings) => withDefault(change(settings)))
    if (!written.ok) {
      await undo?.()
      return written
    }
    for (const listener of this.#listeners) listener()
    const after = this.defaultAccountId()
    return done({ defaultAccountId: after, promoted: isPromotion(before, after) })
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work)
    this.#last = result.catch(() => undefined)
    return result
  }
}
