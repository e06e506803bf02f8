import { beforeEach, describe, expect, it } from 'vitest'
import { createAccountBook } from '../../../electron/accounts/create-account-book.ts'
import { createLevelBook } from '../../../electron/accounts/create-level-book.ts'
import type { LevelBook } from '../../../electron/accounts/level-book.ts'
import { createSecretKeeper } from '../../../electron/secrets/create-secret-keeper.ts'
import type { SecretKeeper } from '../../../electron/secrets/secret-keeper.ts'
import { permissionText } from '../../../electron/sign-in/permission.ts'
import { dataFolderAt } from '../../../electron/storage/data-folder.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import { houseServerSchema, organizationSchema, type UnitDraft, unitDraftSchema } from '../../../shared/model/levels.ts'
import { FakeKeychain } from '../../fakes/fake-keychain.ts'
import { MemorySettings } from '../../fakes/memory-settings.ts'
import { noPermissions } from '../../fakes/no-permissions.ts'
import { draftOf } from '../../fakes/one-account.ts'

let settings: MemorySettings
let keychain: FakeKeychain
let secrets: SecretKeeper
let levels: LevelBook

beforeEach(() => {
  settings = new MemorySettings()
  keychain = new FakeKeychain()
  secrets = createSecretKeeper({ settings, folder: dataFolderAt('nowhere'), keychain })
  let made = 0
  levels = createLevelBook({ settings, secrets, permissions: noPermissions, newId: () => `unit-${String(++made)}` })
})

const valueOf = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
  return outcome.value
}
const server = houseServerSchema.parse({ host: 'smtp.example.nl', signIn: { userName: 'house@example.nl' } })
const organization = (change: object = {}) => organizationSchema.parse({ name: 'Acme', server, ...change })
const unit = (name: string, change: object = {}): UnitDraft => unitDraftSchema.parse({ name, ...change })
const passwordOf = async (owner: string) => valueOf(await secrets.read(owner, 'outgoing'))

describe('the server of a level', () => {
  it('is never told the permission it was signed in with as a password', async () => {
    const overTheWeb = { ...server, signIn: { ...server.signIn!, method: 'oauth2' as const } }
    valueOf(await levels.changeOrganization(organization({ server: overTheWeb }), undefined))
    expect(await levels.secretState({ is: 'organization' })).toBe('missing')
    const permission = permissionText({ version: 1, issuer: 'https://id.example', clientId: 'mailroom', clientSecret: null, refreshToken: 'refresh', signedInAs: null })
    valueOf(await secrets.write('server-of-organization', 'outgoing', permission, true))
    expect(await levels.secretState({ is: 'organization' })).toBe('stored')
    expect(valueOf(await levels.routeOf(overTheWeb, { is: 'organization' }, undefined)).credentials).toMatchObject({ method: 'oauth2', userName: 'house@example.nl' })
    valueOf(await levels.changeOrganization(organization(), undefined))
    expect(await levels.secretState({ is: 'organization' })).toBe('missing')
    expect(await levels.routeOf(server, { is: 'organization' }, undefined)).toMatchObject({ ok: false, failure: { code: 'signin.no-password' } })
  })

  it('has its password in the keychain, as an account has, and keeps it through every other change', async () => {
    valueOf(await levels.changeOrganization(organization(), 'house password'))
    expect(await levels.secretState({ is: 'organization' })).toBe('stored')
    valueOf(await levels.changeOrganization(organization({ name: 'Acme Ltd' }), undefined))
    expect(valueOf(await levels.routeOf(server, { is: 'organization' }, undefined))).toMatchObject({ server: { host: 'smtp.example.nl', port: 465 }, credentials: { userName: 'house@example.nl', secret: 'house password' } })
    expect(JSON.stringify(settings.get())).not.toContain('house password')
  })

  it('loses its password with its sign-in, and the unit’s with the unit', async () => {
    valueOf(await levels.changeOrganization(organization(), 'house password'))
    valueOf(await levels.changeOrganization(organization({ server: { ...server, signIn: null } }), undefined))
    expect(await passwordOf('server-of-organization')).toBeNull()
    const { unit: sales } = valueOf(await levels.addUnit(unit('Sales', { server }), 'sales password'))
    expect(await passwordOf('server-of-unit-unit-1')).toBe('sales password')
    valueOf(await levels.removeUnit(sales.id))
    expect(await passwordOf('server-of-unit-unit-1')).toBeNull()
    expect(settings.get().units).toEqual([])
  })

  it('that cannot be written leaves the password as it was', async () => {
    valueOf(await levels.changeOrganization(organization(), 'first'))
    settings.diskIsFull = true
    expect(await levels.changeOrganization(organization(), 'second')).toMatchObject({ ok: false, failure: { code: 'storage.full' } })
    expect(await passwordOf('server-of-organization')).toBe('first')
    expect(await levels.addUnit(unit('Sales', { server }), 'sales password')).toMatchObject({ ok: false })
    expect(await passwordOf('server-of-unit-unit-1')).toBeNull()
  })

  it('is tried with the password typed, else with the one that is kept, else not at all', async () => {
    valueOf(await levels.changeOrganization(organization(), 'kept'))
    expect(valueOf(await levels.routeOf(server, { is: 'organization' }, 'typed')).credentials).toMatchObject({ secret: 'typed' })
    expect(await levels.routeOf(server, null, undefined)).toMatchObject({ ok: false, failure: { code: 'signin.no-password' } })
    expect(valueOf(await levels.routeOf({ ...server, signIn: null }, null, undefined)).credentials).toBeNull()
  })
})

describe('a unit', () => {
  it('has a name no other has, whatever its case', async () => {
    valueOf(await levels.addUnit(unit('Sales'), undefined))
    expect(await levels.addUnit(unit('SALES '), undefined)).toMatchObject({ ok: false, failure: { code: 'input.invalid', evidence: { fields: [{ path: 'name', problem: 'taken' }] } } })
    expect(valueOf(await levels.changeUnit('unit-1', unit('sales', { kind: 'department' }), undefined)).unit).toMatchObject({ id: 'unit-1', name: 'sales', kind: 'department' })
    expect(valueOf(levels.findUnit('SALES')).id).toBe('unit-1')
    expect(levels.findUnit('support')).toMatchObject({ ok: false, failure: { code: 'unit.unknown' } })
  })

  it('that is removed leaves its accounts, and says which account is the default where that changed', async () => {
    const accounts = createAccountBook({ settings, secrets, permissions: noPermissions, newId: () => `account-${String(settings.get().accounts.length + 1)}` })
    const { unit: sales } = valueOf(await levels.addUnit(unit('Sales', { server: { ...server, signIn: null } }), undefined))
    valueOf(await accounts.add(draftOf({ name: 'Shared', unitId: sales.id, incoming: null, outgoing: { server: { use: 'shared' }, signIn: { use: 'server' } } }), {}))
    valueOf(await accounts.add(draftOf({ name: 'Own', incoming: null, outgoing: { server: { use: 'own', host: 'smtp.own.example' }, signIn: { use: 'none' } } }), {}))
    expect(accounts.defaultAccountId()).toBe('account-1')
    expect(valueOf(await levels.removeUnit(sales.id))).toEqual({ defaultAccountId: 'account-2', promoted: true })
    expect(accounts.list().map(({ unitId }) => unitId)).toEqual([null, null])
  })
})
