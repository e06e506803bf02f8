/** The level book over the settings file and the secret keeper. Changes run one after the other: password first, then the level. */
import { randomUUID } from 'node:crypto'
import { portOf } from '../../shared/model/account.ts'
import { type HouseServer, type Level, secretOwnerOf, type Unit, type UnitDraft } from '../../shared/model/levels.ts'
import { done, failed, type Outcome } from '../../shared/failures/failure.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'
import { tokenSource, type AccessTokens, type Permissions } from '../sign-in/access-tokens.ts'
import { isPermission } from '../sign-in/permission.ts'
import type { Settings, SettingsStore } from '../storage/settings.ts'
import { moveSecrets, type Needs, removeSecrets, type Undo } from './account-secrets.ts'
import { defaultAccountOf, isPromotion, withDefault } from './default-account.ts'
import { sameName } from './draft-problems.ts'
import type { DefaultAfter, LevelBook } from './level-book.ts'
import { levelOwner } from './web-sign-in.ts'

export interface LevelBookOptions {
  readonly settings: SettingsStore
  readonly secrets: SecretKeeper
  readonly permissions: AccessTokens & Pick<Permissions, 'release'>
  readonly newId?: () => string
}

/** Seconds; an account's own timeout is not known here. */
const timeoutSeconds = 60

export function createLevelBook({ settings, secrets, permissions, newId = randomUUID }: LevelBookOptions): LevelBook {
  let last: Promise<unknown> = Promise.resolve()

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }

  function unit(id: string): Outcome<Unit> {
    const found = settings.get().units.find((one) => one.id === id)
    return found === undefined ? failed('unit.unknown', { name: id.slice(0, 100) }) : done(found)
  }

  async function write(change: (all: Settings) => Settings, undo: Undo): Promise<Outcome<DefaultAfter>> {
    const before = defaultAccountOf(settings.get())
    const written = await settings.change((all) => withDefault(change(all)))
    if (!written.ok) {
      await undo()
      return written
    }
    const after = defaultAccountOf(written.value)
    return done({ defaultAccountId: after, promoted: isPromotion(before, after) })
  }

  async function save(level: Level, servers: { readonly before: HouseServer | null; readonly after: HouseServer | null }, secret: string | undefined, change: (all: Settings) => Settings) {
    const typed = secret === undefined ? {} : { outgoing: secret }
    // What is known of its tokens: the keychain may hold another permission in a moment, or none.
    await permissions.release(levelOwner(level))
    const moved = await moveSecrets(secrets, secretOwnerOf(level), needsOf(servers.before), needsOf(servers.after), typed)
    return moved.ok ? write(change, moved.value) : moved
  }

  function isTaken(name: string, id: string | null): boolean {
    return settings.get().units.some((one) => one.id !== id && sameName(one.name, name))
  }

  async function saveUnit(after: Unit, before: Unit | null, secret: string | undefined) {
    if (isTaken(after.name, after.id)) return failed('input.invalid', { fields: [{ path: 'name', problem: 'taken' }] })
    const place = (units: readonly Unit[]) => (before === null ? [...units, after] : units.map((one) => (one.id === after.id ? after : one)))
    const saved = await save({ is: 'unit', id: after.id }, { before: before?.server ?? null, after: after.server }, secret, (all) => ({ ...all, units: place(all.units) }))
    return saved.ok ? done({ ...saved.value, unit: after }) : saved
  }

  return {
    levels: () => settings.get(),
    unit,
    findUnit(key) {
      const byId = unit(key)
      const byName = settings.get().units.find(({ name }) => sameName(name, key))
      return byName === undefined ? byId : done(byName)
    },
    changeOrganization: (organization, secret) =>
      inTurn(() => save({ is: 'organization' }, { before: settings.get().organization.server, after: organization.server }, secret, (all) => ({ ...all, organization }))),
    addUnit: (draft: UnitDraft, secret) => inTurn(() => saveUnit({ id: newId(), ...draft }, null, secret)),
    changeUnit: (id, draft, secret) =>
      inTurn(async () => {
        const before = unit(id)
        return before.ok ? saveUnit({ ...draft, id }, before.value, secret) : before
      }),
    removeUnit: (id) =>
      inTurn(async () => {
        const found = unit(id)
        if (!found.ok) return found
        await permissions.release(levelOwner({ is: 'unit', id }))
        const removed = await removeSecrets(secrets, secretOwnerOf({ is: 'unit', id }), needsOf(found.value.server))
        if (!removed.ok) return removed
        const without = (all: Settings): Settings => ({
          ...all,
          units: all.units.filter((one) => one.id !== id),
          accounts: all.accounts.map((account) => (account.unitId === id ? { ...account, unitId: null } : account)),
        })
        return write(without, removed.value)
      }),
    async secretState(level) {
      const found = level.is === 'unit' ? unit(level.id) : done(settings.get().organization)
      if (!found.ok || needsOf(found.value.server).outgoing === null) return 'not-needed'
      const read = await secrets.read(secretOwnerOf(level), 'outgoing')
      if (!read.ok) return 'unknown'
      return read.value === null || isPermission(read.value) !== (found.value.server?.signIn?.method === 'oauth2') ? 'missing' : 'stored'
    },
    async routeOf(server, level, typed) {
      const { host, security, trustedCertificate, signIn } = server
      const to = { host, port: portOf('smtp', server), security, trustedCertificate, timeoutSeconds }
      if (signIn === null) return done({ protocol: 'smtp', server: to, credentials: null })
      if (signIn.method === 'oauth2') {
        const { userName } = signIn
        if (level === null) return failed('signin.again', { host, port: to.port, protocol: 'smtp', userName })
        const owner = levelOwner(level)
        return done({ protocol: 'smtp', server: to, credentials: { userName, method: 'oauth2', tokens: tokenSource(permissions, owner) } })
      }
      const kept = typed !== undefined || level === null ? done(typed ?? null) : await secrets.read(secretOwnerOf(level), 'outgoing')
      if (!kept.ok) return kept
      const { userName, method } = signIn
      // A permission is no password, and must not be told to a server as one.
      if (kept.value === null || isPermission(kept.value)) return failed('signin.no-password', { host, port: to.port, protocol: 'smtp', userName })
      return done({ protocol: 'smtp', server: to, credentials: { userName, secret: kept.value, method } })
    },
  }
}

function needsOf(server: HouseServer | null): Needs {
  const signIn = server?.signIn ?? null
  return { incoming: null, outgoing: signIn === null ? null : { remember: signIn.rememberPassword } }
}
