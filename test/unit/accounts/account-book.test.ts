import { describe, expect, it } from 'vitest'
import type { AccountBook } from '../../../electron/accounts/account-book.ts'
import { createAccountBook } from '../../../electron/accounts/create-account-book.ts'
import { createSecretKeeper } from '../../../electron/secrets/create-secret-keeper.ts'
import { dataFolderAt } from '../../../electron/storage/data-folder.ts'
import type { Settings } from '../../../electron/storage/settings.ts'
import { type Account, type AccountDraft, type AccountDraftInput, accountDraftSchema } from '../../../shared/model/account.ts'
import { type HouseServer, houseServerSchema, organizationSchema } from '../../../shared/model/levels.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import { FakeKeychain } from '../../fakes/fake-keychain.ts'
import { MemorySettings } from '../../fakes/memory-settings.ts'
import { permissionText } from '../../../electron/sign-in/permission.ts'
import { noPermissions } from '../../fakes/no-permissions.ts'

const own = { server: { use: 'own', host: 'smtp.example.nl' }, signIn: { use: 'own', signIn: { userName: 'out' } } } as const

function draft(name: string, change: Partial<AccountDraftInput> = {}): AccountDraft {
  return accountDraftSchema.parse({
    name,
    user: { displayName: name, address: `${name.toLowerCase().replaceAll(/\W/g, '')}@example.nl` },
    incoming: { protocol: 'imap', host: 'imap.example.nl', signIn: { userName: 'in' } },
    outgoing: own,
    ...change,
  })
}
const receivingOnly = (name: string) => draft(name, { outgoing: null })

function book(settings: Partial<Settings> = {}) {
  const store = new MemorySettings(settings)
  const keychain = new FakeKeychain()
  const secrets = createSecretKeeper({ settings: store, folder: dataFolderAt('/nowhere'), keychain })
  let next = 0
  const accounts = createAccountBook({ settings: store, secrets, permissions: noPermissions, newId: () => `id-${++next}` })
  return { accounts, store, keychain, secrets }
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
  return outcome.value
}
const failing = (code: string) => ({ ok: false, failure: { code } })
const add = async (accounts: AccountBook, ...drafts: AccountDraft[]) => {
  const added: Account[] = []
  for (const one of drafts) added.push(valueOf(await accounts.add(one, {})).account)
  return added
}

describe('the list of accounts', () => {
  it('holds what was added, in that order, each under an id of its own', async () => {
    const { accounts, store } = book()
    await add(accounts, draft('Work'), draft('Home'))
    expect(accounts.list().map(({ id, name }) => [id, name])).toEqual([['id-1', 'Work'], ['id-2', 'Home']])
    expect(store.get().accounts).toEqual(accounts.list())
  })

  it.each(['Work', 'work', ' WORK ', 'Ｗork'])('never has two accounts of one name (%j)', async (name) => {
    const { accounts } = book()
    const [, home] = await add(accounts, draft('Work'), draft('Home'))
    const taken = { ok: false, failure: { code: 'input.invalid', evidence: { fields: [{ path: 'name', problem: 'taken' }] } } }
    expect(await accounts.add(draft(name), {})).toEqual(taken)
    expect(await accounts.change(home!.id, draft(name), {})).toEqual(taken)
    expect(accounts.list()).toHaveLength(2)
  })

  it('takes one of two accounts of the same name that come at once', async () => {
    const { accounts } = book()
    const outcomes = await Promise.all([accounts.add(draft('Work'), {}), accounts.add(draft('Work'), {})])
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false])
  })

  it('lets an account keep its name, or change the case of it', async () => {
    const { accounts } = book()
    const [work] = await add(accounts, draft('Work'))
    expect(valueOf(await accounts.change(work!.id, draft('WORK'), {})).account.name).toBe('WORK')
  })

  it('takes nothing that does not fit, and says beside which field', async () => {
    const { accounts, keychain } = book()
    const bad = { ...draft('Work'), user: { ...draft('Work').user, address: 'nobody' }, unitId: 'ghost' }
    expect(await accounts.add(bad, { incoming: 'x' })).toMatchObject({ ok: false, failure: { code: 'input.invalid', evidence: { fields: [{ path: 'user.address', problem: 'not-an-address' }] } } })
    expect(await accounts.add(draft('Work', { unitId: 'ghost' }), { incoming: 'x' })).toMatchObject({ failure: { evidence: { fields: [{ path: 'unitId', problem: 'not-a-choice' }] } } })
    expect(keychain.asked).toEqual([])
  })

  it('is searched by id, then name, then address', async () => {
    const { accounts } = book()
    const shared = { displayName: 'x', address: 'office@example.nl' }
    const [work, home, odd] = await add(accounts, draft('Work', { user: shared }), draft('Home', { user: shared }), draft('home@example.nl'))
    expect(valueOf(accounts.find('id-2'))).toEqual(home)
    expect(valueOf(accounts.find('work'))).toEqual(work)
    expect(valueOf(accounts.find('home@example.nl'))).toEqual(odd)
    expect(accounts.find('OFFICE@example.nl')).toEqual({ ok: false, failure: { code: 'account.ambiguous', evidence: { name: 'OFFICE@example.nl', detail: 'Work, Home' } } })
    expect(accounts.find('nobody')).toMatchObject(failing('account.unknown'))
    expect(accounts.get('nobody')).toMatchObject(failing('account.unknown'))
    expect(accounts.find('')).toMatchObject(failing('account.unknown'))
  })

  it('tells who listens of every change, and of none that failed', async () => {
    const { accounts, store } = book()
    let told = 0
    const stop = accounts.onChange(() => told++)
    const [work] = await add(accounts, draft('Work'))
    await accounts.change(work!.id, draft('Work'), {})
    await accounts.setDefault(work!.id)
    store.diskIsFull = true
    await accounts.add(draft('Home'), {})
    expect(told).toBe(3)
    stop()
    store.diskIsFull = false
    await accounts.remove(work!.id)
    expect(told).toBe(3)
  })
})

describe('the default account', () => {
  it('is the first that can send', async () => {
    const { accounts } = book()
    expect(accounts.defaultAccountId()).toBeNull()
    expect(valueOf(await accounts.add(receivingOnly('Inbox'), {}))).toMatchObject({ defaultAccountId: null, promoted: false })
    expect(valueOf(await accounts.add(draft('Work'), {}))).toMatchObject({ defaultAccountId: 'id-2', promoted: false })
    expect(valueOf(await accounts.add(draft('Home'), {}))).toMatchObject({ defaultAccountId: 'id-2', promoted: false })
  })

  it('is the one that was chosen, also after other changes', async () => {
    const { accounts, store } = book()
    const [, home] = await add(accounts, draft('Work'), draft('Home'))
    expect(await accounts.setDefault(home!.id)).toMatchObject({ ok: true })
    await add(accounts, draft('Third'))
    expect(accounts.defaultAccountId()).toBe(home!.id)
    expect(store.get().defaultAccountId).toBe(home!.id)
  })

  it('that is removed promotes another, which is said', async () => {
    const { accounts } = book()
    const [work, home] = await add(accounts, draft('Work'), draft('Home'))
    expect(valueOf(await accounts.remove(work!.id))).toEqual({ defaultAccountId: home!.id, promoted: true })
    expect(valueOf(await accounts.remove(home!.id))).toEqual({ defaultAccountId: null, promoted: false })
  })

  it('that may no longer send promotes another, which is said', async () => {
    const { accounts } = book()
    const [work, home] = await add(accounts, draft('Work'), draft('Home'))
    expect(valueOf(await accounts.change(work!.id, draft('Work', { outgoing: { ...own, enabled: false } }), {}))).toMatchObject({ defaultAccountId: home!.id, promoted: true })
  })

  it('cannot be one that cannot send', async () => {
    const { accounts } = book()
    const [, inbox, off, shared] = await add(accounts, draft('Work'), receivingOnly('Inbox'), draft('Off', { outgoing: { ...own, enabled: false } }), draft('Shared', { outgoing: { server: { use: 'shared' }, signIn: { use: 'none' } } }))
    for (const account of [inbox!, off!, shared!]) expect(await accounts.setDefault(account.id)).toMatchObject(failing('account.cannot-send'))
    expect(await accounts.setDefault('ghost')).toMatchObject(failing('account.unknown'))
    expect(accounts.defaultAccountId()).toBe('id-1')
  })
})

describe('passwords of an account', () => {
  it('are in the keychain before the account is in the list', async () => {
    const { accounts, keychain, store } = book()
    await accounts.add(draft('Work'), { incoming: 'i', outgoing: 'o' })
    expect([...keychain.entries]).toEqual([['id-1/incoming', 'i'], ['id-1/outgoing', 'o']])
    expect(JSON.stringify(store.get())).not.toMatch(/"[io]"/)
  })

  it.each(['locked', 'absent'] as const)('that cannot be kept, the keychain being %s, keep the account out of the list', async (state) => {
    const { accounts, keychain } = book()
    keychain.is = state
    expect(await accounts.add(draft('Work'), { incoming: 'i' })).toMatchObject(failing(`secrets.${state}`))
    expect(accounts.list()).toEqual([])
  })

  it('are taken back when the account cannot be written', async () => {
    const { accounts, keychain, store } = book()
    store.diskIsFull = true
    expect(await accounts.add(draft('Work'), { incoming: 'i', outgoing: 'o' })).toMatchObject(failing('storage.full'))
    expect(keychain.entries.size).toBe(0)
    store.diskIsFull = false
    const [work] = await add(accounts, draft('Work'))
    await accounts.change(work!.id, draft('Work'), { incoming: 'old' })
    store.diskIsFull = true
    expect(await accounts.change(work!.id, draft('Work'), { incoming: 'new', outgoing: 'new' })).toMatchObject(failing('storage.full'))
    expect(await accounts.remove(work!.id)).toMatchObject(failing('storage.full'))
    expect([...keychain.entries]).toEqual([[`${work!.id}/incoming`, 'old']])
  })

  it('are taken back when only one of the two could be kept', async () => {
    const { accounts, keychain } = book()
    keychain.unwritable.add('id-1/outgoing')
    expect(await accounts.add(draft('Work'), { incoming: 'i', outgoing: 'o' })).toMatchObject(failing('secrets.failed'))
    expect(keychain.entries.size).toBe(0)
    expect(accounts.list()).toEqual([])
  })

  it('stay as they are where a change does not mention them, and the keychain is not even asked', async () => {
    const { accounts, keychain } = book()
    await accounts.add(draft('Work'), { incoming: 'i', outgoing: 'o' })
    keychain.asked.length = 0
    keychain.is = 'locked'
    expect(await accounts.change('id-1', draft('Office'), {})).toMatchObject({ ok: true })
    expect(keychain.asked).toEqual([])
  })

  it('that are no longer to be remembered leave the keychain and last until the end of the session', async () => {
    const { accounts, keychain, secrets } = book()
    await accounts.add(draft('Work'), { incoming: 'i' })
    const forgetful = draft('Work', { incoming: { protocol: 'imap', host: 'imap.example.nl', signIn: { userName: 'in', rememberPassword: false } } })
    await accounts.change('id-1', forgetful, {})
    expect(keychain.entries.size).toBe(0)
    expect(await secrets.read('id-1', 'incoming')).toEqual({ ok: true, value: 'i' })
    await accounts.change('id-1', draft('Work'), {})
    expect([...keychain.entries]).toEqual([['id-1/incoming', 'i']])
  })

  it('that are not to be remembered need no keychain', async () => {
    const { accounts, keychain } = book()
    keychain.is = 'absent'
    const forgetful = draft('Work', { outgoing: null, incoming: { protocol: 'imap', host: 'imap.example.nl', signIn: { userName: 'in', rememberPassword: false } } })
    expect(await accounts.add(forgetful, { incoming: 'i' })).toMatchObject({ ok: true })
    expect(await accounts.change('id-1', forgetful, { incoming: 'j' })).toMatchObject({ ok: true })
    expect(await accounts.route('id-1', 'incoming')).toMatchObject({ ok: true, value: { credentials: { secret: 'j' } } })
    expect(await accounts.remove('id-1')).toMatchObject({ ok: true })
  })

  it('go with the half of the account that is taken away', async () => {
    const { accounts, keychain } = book()
    await accounts.add(draft('Work'), { incoming: 'i', outgoing: 'o' })
    await accounts.change('id-1', draft('Work', { outgoing: { ...own, signIn: { use: 'same-as-incoming' } } }), {})
    expect([...keychain.entries.keys()]).toEqual(['id-1/incoming'])
  })

  it('for a half that needs none are not kept', async () => {
    const { accounts, keychain } = book()
    await accounts.add(receivingOnly('Inbox'), { incoming: 'i', outgoing: 'o' })
    expect([...keychain.entries.keys()]).toEqual(['id-1/incoming'])
  })

  it('are removed with the account', async () => {
    const { accounts, keychain } = book()
    await accounts.add(draft('Work'), { incoming: 'i', outgoing: 'o' })
    await accounts.add(draft('Home'), { incoming: 'h' })
    await accounts.remove('id-1')
    expect([...keychain.entries.keys()]).toEqual(['id-2/incoming'])
  })

  it('that cannot be removed, the keychain being locked, keep the account in the list', async () => {
    const { accounts, keychain } = book()
    await accounts.add(draft('Work'), { incoming: 'i' })
    keychain.is = 'locked'
    expect(await accounts.remove('id-1')).toMatchObject(failing('secrets.locked'))
    expect(accounts.list()).toHaveLength(1)
    keychain.is = 'ready'
    expect([...keychain.entries]).toEqual([['id-1/incoming', 'i']])
  })
})

describe('the way to a server', () => {
  it('has host, port, security, time and password', async () => {
    const { accounts } = book()
    await accounts.add(draft('Work', { timeoutSeconds: 90 }), { incoming: 'i', outgoing: 'o' })
    expect(valueOf(await accounts.route('id-1', 'incoming'))).toEqual({
      protocol: 'imap',
      server: { host: 'imap.example.nl', port: 993, security: 'tls', trustedCertificate: null, timeoutSeconds: 90 },
      credentials: { userName: 'in', secret: 'i', method: 'password' },
    })
    expect(valueOf(await accounts.route('id-1', 'outgoing'))).toMatchObject({ protocol: 'smtp', server: { host: 'smtp.example.nl', port: 465 }, credentials: { userName: 'out', secret: 'o' } })
  })

  it('takes the sign-in of the incoming server where it is the same, and none where none is asked', async () => {
    const { accounts } = book()
    await accounts.add(draft('Same', { outgoing: { ...own, signIn: { use: 'same-as-incoming' } } }), { incoming: 'i' })
    await accounts.add(draft('Open', { outgoing: { ...own, signIn: { use: 'none' } } }), {})
    expect(valueOf(await accounts.route('id-1', 'outgoing')).credentials).toEqual({ userName: 'in', secret: 'i', method: 'password' })
    expect(valueOf(await accounts.route('id-2', 'outgoing')).credentials).toBeNull()
  })

  it('without a password says whose is missing, and a locked keychain is not that', async () => {
    const { accounts, keychain } = book()
    await add(accounts, draft('Work'))
    expect(await accounts.route('id-1', 'incoming')).toMatchObject({ ok: false, failure: { code: 'signin.no-password', evidence: { name: 'Work', userName: 'in', host: 'imap.example.nl' } } })
    keychain.is = 'locked'
    expect(await accounts.route('id-1', 'incoming')).toMatchObject(failing('secrets.locked'))
  })

  it('tells no server the permission of an earlier sign-in over the web as a password', async () => {
    const { accounts, keychain } = book()
    await add(accounts, draft('Work'))
    keychain.entries.set('id-1/incoming', permissionText({ version: 1, issuer: 'https://id.example', clientId: 'mailroom', clientSecret: null, refreshToken: 'refresh', signedInAs: null }))
    expect(await accounts.route('id-1', 'incoming')).toMatchObject(failing('signin.no-password'))
  })

  it('is refused for a half that is off', async () => {
    const { accounts } = book()
    const jmap = { protocol: 'jmap', sessionUrl: 'https://jmap.example.nl/', signIn: { userName: 'in' } } as const
    await add(accounts, receivingOnly('Inbox'), draft('Out', { incoming: null }), draft('Off', { outgoing: { ...own, enabled: false } }), draft('Http', { incoming: jmap }))
    expect(await accounts.route('id-1', 'outgoing')).toMatchObject(failing('account.cannot-send'))
    expect(await accounts.route('id-2', 'incoming')).toMatchObject(failing('account.cannot-receive'))
    expect(await accounts.route('id-3', 'outgoing')).toMatchObject(failing('send.switched-off'))
    expect(await accounts.route('id-4', 'incoming')).toMatchObject(failing('signin.no-password'))
    expect(await accounts.route('ghost', 'incoming')).toMatchObject(failing('account.unknown'))
  })

  it('over HTTP is the host of the session, and what else a person named', async () => {
    const { accounts } = book()
    const incoming = { protocol: 'jmap' as const, sessionUrl: 'https://jmap.example.nl:8443/session', otherHosts: ['files.example.nl'], signIn: { userName: 'in' } }
    expect(await accounts.routeOfDraft(draft('Http', { incoming }), { incoming: 'secret' }, 'incoming', null)).toMatchObject({
      ok: true,
      value: { protocol: 'jmap', server: { host: 'jmap.example.nl', port: 8443, security: 'tls', http: { sessionUrl: incoming.sessionUrl, otherHosts: incoming.otherHosts } }, credentials: { userName: 'in', secret: 'secret' } },
    })
  })

  it('of a draft takes the password just typed before the one that is kept', async () => {
    const { accounts } = book()
    await accounts.add(draft('Work'), { incoming: 'kept' })
    const secretOf = async (secrets: { incoming?: string }, id: string | null) => {
      const route = await accounts.routeOfDraft(draft('Work'), secrets, 'incoming', id)
      return route.ok ? route.value.credentials : route.failure.code
    }
    expect(await secretOf({ incoming: 'typed' }, 'id-1')).toMatchObject({ secret: 'typed' })
    expect(await secretOf({}, 'id-1')).toMatchObject({ secret: 'kept' })
    expect(await secretOf({}, null)).toBe('signin.no-password')
  })

  describe('through a shared server', () => {
    const house = houseServerSchema.parse({ host: 'house.example.nl', security: 'starttls', signIn: { userName: 'house@example.nl' } })
    const ofHouse = (server: HouseServer) => ({ organization: organizationSchema.parse({ server }) })
    const through = (use: 'server' | 'same-as-incoming') => draft('Work', { outgoing: { server: { use: 'shared' }, signIn: { use } } })

    it("signs in as the server's own sender, or as the account", async () => {
      const { accounts, secrets } = book(ofHouse(house))
      await secrets.write('server-of-organization', 'outgoing', 'house password', true)
      await accounts.add(through('server'), { incoming: 'i' })
      expect(valueOf(await accounts.route('id-1', 'outgoing'))).toMatchObject({ server: { host: 'house.example.nl', port: 587 }, credentials: { userName: 'house@example.nl', secret: 'house password' } })
      await accounts.change('id-1', through('same-as-incoming'), {})
      expect(valueOf(await accounts.route('id-1', 'outgoing')).credentials).toMatchObject({ userName: 'in', secret: 'i' })
    })

    it('is refused where none is switched on', async () => {
      const { accounts } = book(ofHouse({ ...house, enabled: false }))
      await add(accounts, through('server'))
      expect(await accounts.route('id-1', 'outgoing')).toMatchObject(failing('send.no-server'))
    })

    it('demands an address as user name where its owner does, beside the field that has none', async () => {
      const { accounts } = book(ofHouse({ ...house, userNameMustBeAddress: true }))
      const fieldsOf = async (one: AccountDraft) => {
        const added = await accounts.add(one, {})
        return added.ok ? [] : added.failure.evidence.fields
      }
      expect(await fieldsOf(through('same-as-incoming'))).toEqual([{ path: 'incoming.signIn.userName', problem: 'must-be-address' }])
      const asItself = draft('Self', { outgoing: { server: { use: 'shared' }, signIn: { use: 'own', signIn: { userName: 'self' } } } })
      expect(await fieldsOf(asItself)).toEqual([{ path: 'outgoing.signIn.signIn.userName', problem: 'must-be-address' }])
      expect(await fieldsOf(through('server'))).toEqual([])
    })
  })
})
