import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSecretKeeper } from '../../../electron/secrets/create-secret-keeper.ts'
import type { SecretKeeper } from '../../../electron/secrets/secret-keeper.ts'
import { dataFolderAt, type DataFolder } from '../../../electron/storage/data-folder.ts'
import type { SecretStore } from '../../../shared/contract/methods.ts'
import { FakeKeychain } from '../../fakes/fake-keychain.ts'
import { MemorySettings } from '../../fakes/memory-settings.ts'

const passphrase = 'correct horse battery staple'
let folder: DataFolder
let keychain: FakeKeychain
let settings: MemorySettings
let keeper: SecretKeeper
let redacted: string[]

beforeEach(async () => {
  folder = dataFolderAt(await mkdtemp(join(tmpdir(), 'mailroom-secrets-')))
  keychain = new FakeKeychain()
  settings = new MemorySettings()
  redacted = []
  keeper = createSecretKeeper({ settings, folder, keychain, redact: (secret) => redacted.push(secret) })
})
afterEach(() => rm(folder.root, { recursive: true, force: true }))

const value = <T>(given: T) => ({ ok: true, value: given })
const failing = (code: string) => ({ ok: false, failure: { code } })

describe('a password', () => {
  it('that is remembered goes to the keychain, one entry per account and direction, and nowhere else', async () => {
    await keeper.write('a-1', 'incoming', 'in', true)
    await keeper.write('a-1', 'outgoing', 'out', true)
    expect([...keychain.entries]).toEqual([['a-1/incoming', 'in'], ['a-1/outgoing', 'out']])
    expect(await readdir(folder.root)).toEqual([])
    expect(JSON.stringify(settings.get())).not.toContain('"in"')
    const later = createSecretKeeper({ settings, folder, keychain })
    expect(await later.read('a-1', 'outgoing')).toEqual(value('out'))
    expect(await later.read('a-2', 'incoming')).toEqual(value(null))
  })

  it('that is not remembered is in memory only, and gone from the keychain and after a restart', async () => {
    await keeper.write('a-1', 'incoming', 'old', true)
    await keeper.write('a-1', 'incoming', 'new', false)
    expect(keychain.entries.size).toBe(0)
    expect(await keeper.read('a-1', 'incoming')).toEqual(value('new'))
    expect(await createSecretKeeper({ settings, folder, keychain }).read('a-1', 'incoming')).toEqual(value(null))
  })

  it('that was in memory and is now remembered is no longer read from memory', async () => {
    await keeper.write('a-1', 'incoming', 'typed', false)
    await keeper.write('a-1', 'incoming', 'kept', true)
    keychain.entries.set('a-1/incoming', 'changed outside')
    expect(await keeper.read('a-1', 'incoming')).toEqual(value('changed outside'))
  })

  it('that was asked for ahead is asked for once, and what changed meanwhile counts', async () => {
    await keeper.write('a-1', 'incoming', 'kept', true)
    const asked = () => keychain.asked.filter((call) => call.startsWith('read')).length
    keeper.readAhead('a-1', 'incoming')
    expect(await keeper.read('a-1', 'incoming')).toEqual(value('kept'))
    expect(asked()).toBe(1)
    expect(await keeper.read('a-1', 'incoming')).toEqual(value('kept'))
    expect(asked()).toBe(2)
    keeper.readAhead('a-1', 'incoming')
    await keeper.write('a-1', 'incoming', 'typed', false)
    expect(await keeper.read('a-1', 'incoming')).toEqual(value('typed'))
  })

  it('that was asked for ahead of a locked vault is there when the vault was opened', async () => {
    await keeper.makeVault(passphrase)
    await keeper.write('a-1', 'incoming', 'kept', true)
    const later = createSecretKeeper({ settings, folder, keychain })
    later.readAhead('a-1', 'incoming')
    await later.unlockVault(passphrase)
    expect(await later.read('a-1', 'incoming')).toEqual(value('kept'))
  })

  it('that is not to be remembered needs no keychain', async () => {
    keychain.is = 'absent'
    expect(await keeper.write('a-1', 'incoming', 'x', false)).toMatchObject({ ok: true })
    expect(await keeper.read('a-1', 'incoming')).toEqual(value('x'))
  })

  it.each(['locked', 'absent'] as const)('meets a keychain that is %s: said so, nothing is written, nothing silently kept elsewhere', async (state) => {
    await keeper.write('a-1', 'incoming', 'good', true)
    keychain.is = state
    expect(await keeper.read('a-1', 'incoming')).toMatchObject(failing(`secrets.${state}`))
    expect(await keeper.write('a-1', 'incoming', 'other', true)).toMatchObject(failing(`secrets.${state}`))
    expect(settings.get().secretPlace).toBe('keychain')
    keychain.is = 'ready'
    expect(await keeper.read('a-1', 'incoming')).toEqual(value('good'))
  })

  it('is told to the log to be left out, typed or read', async () => {
    await keeper.write('a-1', 'incoming', 'typed', true)
    keychain.entries.set('a-2/incoming', 'found')
    await keeper.read('a-2', 'incoming')
    await keeper.unlockVault('guess')
    expect(redacted).toEqual(['typed', 'found', 'guess'])
  })
})

describe('the place for passwords', () => {
  it('is the keychain until the user says otherwise', async () => {
    expect(await keeper.store()).toMatchObject({ place: 'keychain', state: 'ready' })
  })

  it('is never changed to one that is not there', async () => {
    expect(await keeper.usePlace('vault')).toMatchObject(failing('secrets.absent'))
    await keeper.usePlace('session')
    keychain.is = 'absent'
    expect(await keeper.usePlace('keychain')).toMatchObject(failing('secrets.absent'))
    expect(settings.get().secretPlace).toBe('session')
  })

  it('can be this session only: nothing is written anywhere', async () => {
    await keeper.usePlace('session')
    await keeper.write('a-1', 'incoming', 'x', true)
    expect(await keeper.read('a-1', 'incoming')).toEqual(value('x'))
    expect(keychain.asked).toEqual([])
    expect(await readdir(folder.root)).toEqual([])
  })

  it('can be a vault, which a restart finds locked until the passphrase is given', async () => {
    expect(await keeper.makeVault(passphrase)).toMatchObject(value({ place: 'vault', state: 'ready' }))
    await keeper.write('a-1', 'incoming', 'x', true)
    expect(keychain.entries.size).toBe(0)

    const later = createSecretKeeper({ settings, folder, keychain })
    expect(await later.store()).toMatchObject({ place: 'vault', state: 'locked' })
    expect(await later.read('a-1', 'incoming')).toMatchObject(failing('secrets.locked'))
    expect(await later.unlockVault('wrong wrong wrong')).toMatchObject(failing('vault.wrong-passphrase'))
    expect(await later.unlockVault(passphrase)).toMatchObject(value({ place: 'vault', state: 'ready' }))
    expect(await later.read('a-1', 'incoming')).toEqual(value('x'))
  })

  it('stays what it was when the choice cannot be written down', async () => {
    settings.diskIsFull = true
    expect(await keeper.usePlace('session')).toMatchObject(failing('storage.full'))
    expect(await keeper.store()).toMatchObject({ place: 'keychain' })
  })

  it('tells who listens when it changes or is unlocked', async () => {
    const told: SecretStore[] = []
    const stop = keeper.onChange((store) => told.push(store))
    await keeper.usePlace('session')
    await keeper.makeVault(passphrase)
    stop()
    await keeper.usePlace('keychain')
    expect(told.map(({ place, state }) => `${place} ${state}`)).toEqual(['session ready', 'vault ready'])
  })
})

describe('removing', () => {
  it('takes both passwords of one account, and no other', async () => {
    for (const id of ['a-1', 'a-2']) for (const direction of ['incoming', 'outgoing'] as const) await keeper.write(id, direction, id, true)
    await keeper.write('a-1', 'outgoing', 'x', false)
    expect(await keeper.removeAll('a-1')).toMatchObject({ ok: true })
    expect([...keychain.entries.keys()]).toEqual(['a-2/incoming', 'a-2/outgoing'])
    expect(await keeper.read('a-1', 'outgoing')).toEqual(value(null))
  })

  it('takes them also from a place chosen earlier', async () => {
    await keeper.write('a-1', 'incoming', 'x', true)
    await keeper.usePlace('session')
    await keeper.removeAll('a-1')
    expect(keychain.entries.size).toBe(0)
  })

  it('fails where the chosen place is locked, so that nothing is left behind unsaid', async () => {
    await keeper.write('a-1', 'incoming', 'x', true)
    keychain.is = 'locked'
    expect(await keeper.removeAll('a-1')).toMatchObject(failing('secrets.locked'))
    expect(keychain.entries.size).toBe(1)
  })
})
