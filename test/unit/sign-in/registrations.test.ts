import { expect, it } from 'vitest'
import { createSecretKeeper } from '../../../electron/secrets/create-secret-keeper.ts'
import { createProviders } from '../../../electron/sign-in/providers.ts'
import { createRegistrations } from '../../../electron/sign-in/registrations.ts'
import { dataFolderAt } from '../../../electron/storage/data-folder.ts'
import { type ProviderChange, signInProviderSchema } from '../../../shared/model/sign-in-provider.ts'
import { FakeKeychain } from '../../fakes/fake-keychain.ts'
import { MemorySettings } from '../../fakes/memory-settings.ts'

const google = 'https://accounts.google.com'
const key = 'client-of-accounts.google.com/outgoing'
const change = (part: Partial<ProviderChange> = {}): ProviderChange => ({ issuer: google, name: '', servers: [], clientId: 'mailroom', ...part })

function setUp(environment: Record<string, string> = {}) {
  const settings = new MemorySettings()
  const keychain = new FakeKeychain()
  const secrets = createSecretKeeper({ settings, folder: dataFolderAt('/nowhere'), keychain })
  const set = () => settings.get().signInProviders
  const providers = createProviders(set, environment)
  const view = () => providers.list().find(({ issuer }) => issuer === google)
  return { settings, keychain, set, providers, view, registrations: createRegistrations({ settings, secrets }) }
}

it('a client id goes to the settings and its secret to the keychain, and neither list nor settings ever hold it', async () => {
  const { settings, keychain, view, registrations } = setUp()
  expect(await registrations.set(change({ clientSecret: 'GOCSPX-hush' }))).toMatchObject({ ok: true })
  expect(view()).toMatchObject({ name: 'Google', clientId: 'mailroom', clientIdFrom: 'settings', clientSecretFrom: 'keychain' })
  expect(JSON.stringify([settings.get(), view()])).not.toContain('hush')
  expect(keychain.entries.get(key)).toBe('GOCSPX-hush')
  expect(await registrations.secretOf(google)).toEqual({ ok: true, value: 'GOCSPX-hush' })
})

it('the secret stays with its client id: another id takes it away, the same one keeps it, and so does a name', async () => {
  const { keychain, view, registrations } = setUp()
  await registrations.set(change({ clientSecret: 'hush' }))
  await registrations.set(change({ name: 'Our Google' }))
  expect(view()).toMatchObject({ name: 'Our Google', clientSecretFrom: 'keychain' })
  await registrations.set(change({ clientId: 'another' }))
  expect(view()).toMatchObject({ clientId: 'another', clientSecretFrom: null })
  expect(keychain.entries.has(key)).toBe(false)
})

it('where the settings cannot be written, the keychain holds what it held', async () => {
  const { settings, keychain, registrations } = setUp()
  settings.diskIsFull = true
  expect(await registrations.set(change({ clientSecret: 'new' }))).toMatchObject({ ok: false, failure: { code: 'storage.full' } })
  expect(keychain.entries.size).toBe(0)
  settings.diskIsFull = false
  await registrations.set(change({ clientSecret: 'old' }))
  settings.diskIsFull = true
  await registrations.set(change({ clientSecret: 'new' }))
  expect(keychain.entries.get(key)).toBe('old')
})

it('where the keychain takes no secret, no client id is written that would miss it', async () => {
  const { settings, keychain, registrations } = setUp()
  keychain.is = 'locked'
  expect(await registrations.set(change({ clientSecret: 'hush' }))).toMatchObject({ ok: false, failure: { code: 'secrets.locked' } })
  expect(settings.get().signInProviders).toEqual([])
})

it('removed, a large service is as it was before, with what the environment says; another is gone', async () => {
  const { keychain, view, providers, registrations } = setUp({ MAILROOM_GOOGLE_CLIENT_ID: 'from-outside', MAILROOM_GOOGLE_CLIENT_SECRET: 'outside' })
  expect(view()).toMatchObject({ clientId: 'from-outside', clientIdFrom: 'environment', clientSecretFrom: 'environment', variable: 'MAILROOM_GOOGLE_CLIENT_ID' })
  await registrations.set(change({ clientSecret: 'hush' }))
  await registrations.set(change({ issuer: 'https://id.example/', name: 'Example', servers: ['example.com'] }))
  expect(providers.list().at(-1)).toMatchObject({ name: 'Example', known: false, servers: ['example.com'], redirectUri: 'http://127.0.0.1/callback' })
  await registrations.remove(google)
  await registrations.remove('https://id.example')
  expect(view()).toMatchObject({ clientId: 'from-outside', clientIdFrom: 'environment' })
  expect(providers.list().some(({ name }) => name === 'Example')).toBe(false)
  expect(keychain.entries.size).toBe(0)
})

it('what stands in the settings by hand stays: scopes, way back, a secret beside its id', async () => {
  const { settings, set, registrations } = setUp()
  await settings.change((all) => ({ ...all, signInProviders: [signInProviderSchema.parse({ issuer: google, clientId: 'mailroom', clientSecret: 'by-hand', scopes: ['mail'], loopback: 'localhost' })] }))
  await registrations.set(change({ servers: ['acme.example'] }))
  expect(set()).toEqual([expect.objectContaining({ clientSecret: 'by-hand', scopes: ['mail'], loopback: 'localhost', servers: ['acme.example'] })])
})
