import { describe, expect, it } from 'vitest'
import type { Granted } from '../../../electron/protocols/oauth/oauth-client.ts'
import { createSecretKeeper } from '../../../electron/secrets/create-secret-keeper.ts'
import type { TokenOwner } from '../../../electron/sign-in/access-tokens.ts'
import { createPermissions, restAfterFault } from '../../../electron/sign-in/create-permissions.ts'
import { permissionText, readPermission, type Permission } from '../../../electron/sign-in/permission.ts'
import { dataFolderAt } from '../../../electron/storage/data-folder.ts'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import { FakeKeychain } from '../../fakes/fake-keychain.ts'
import { MemorySettings } from '../../fakes/memory-settings.ts'
import { createTurnedClock, settle } from '../../fakes/turned-clock.ts'

const owner = { of: 'account', id: 'work', direction: 'incoming' } as const satisfies TokenOwner
const key = 'work/incoming'
const permission = (refreshToken: string): Permission => ({ version: 1, issuer: 'https://id.example', clientId: 'mailroom', clientSecret: null, refreshToken, signedInAs: null })
const never = new AbortController().signal

/** A provider that answers when it is told to, and the keychain, the clock and the log beside it. */
function setUp() {
  const clock = createTurnedClock()
  const keychain = new FakeKeychain()
  keychain.entries.set(key, permissionText(permission('refresh-1')))
  const asked: string[] = []
  const answers: ((outcome: Outcome<Granted>) => void)[] = []
  const hidden: string[] = []
  const parts = {
    client: {
      refresh: (_issuer: unknown, refreshToken: string) => {
        asked.push(refreshToken)
        return new Promise<Outcome<Granted>>((resolve) => answers.push(resolve))
      },
    },
    secrets: createSecretKeeper({ settings: new MemorySettings(), folder: dataFolderAt('/nowhere'), keychain }),
    remembers: () => true,
    redact: (secret: string) => void hidden.push(secret),
    now: clock.now,
  }
  const permissions = createPermissions(parts)
  const answer = async (outcome: Outcome<Granted>) => {
    await settle()
    answers.shift()?.(outcome)
    await settle()
  }
  const kept = () => readPermission(keychain.entries.get(key) ?? '')?.refreshToken
  return { clock, keychain, asked, hidden, permissions, parts, answer, kept, token: (signal = never) => permissions.tokenFor(owner, signal) }
}
const granted = (accessToken: string, refreshToken: string | null = null, seconds: number | null = 3600): Outcome<Granted> => done({ accessToken, refreshToken, seconds, identity: { names: [] } })

describe('an access token', () => {
  it('is asked for once, however many connections want it, and given to all of them', async () => {
    const { token, answer, asked } = setUp()
    const wanted = [token(), token(), token()]
    await answer(granted('access-1'))
    expect(await Promise.all(wanted)).toEqual([done('access-1'), done('access-1'), done('access-1')])
    expect(await token()).toEqual(done('access-1'))
    expect(asked).toEqual(['refresh-1'])
  })

  it('is renewed before it ends, not when a server refuses it', async () => {
    const { token, answer, clock, asked } = setUp()
    const first = token()
    await answer(granted('access-1', null, 3600))
    await first
    await clock.pass(57 * 60_000)
    expect(await token()).toEqual(done('access-1'))
    await clock.pass(60_000 + 1)
    const second = token()
    await answer(granted('access-2'))
    expect(await second).toEqual(done('access-2'))
    expect(asked).toHaveLength(2)
  })

  it('that lives for seconds is used for most of them', async () => {
    const { token, answer, clock } = setUp()
    const first = token()
    await answer(granted('access-1', null, 4))
    await first
    await clock.pass(2900)
    expect(await token()).toEqual(done('access-1'))
    await clock.pass(200)
    const second = token()
    await answer(granted('access-2'))
    expect(await second).toEqual(done('access-2'))
  })

  it('lives from the moment it was asked for, by this machine’s clock: the provider may be slow and its clock wrong', async () => {
    const { token, answer, clock, asked } = setUp()
    const first = token()
    await settle()
    await clock.pass(58 * 60_000 + 1)
    await answer(granted('access-1', null, 3600))
    await first
    const second = token()
    await answer(granted('access-2'))
    expect(await second).toEqual(done('access-2'))
    expect(asked).toHaveLength(2)
  })

  it('that a server refused is replaced, once for all that were refused with it', async () => {
    const { token, answer, permissions, asked } = setUp()
    const first = token()
    await answer(granted('access-1'))
    await first
    const others = [permissions.tokenInsteadOf(owner, 'access-1', never), permissions.tokenInsteadOf(owner, 'access-1', never)]
    await answer(granted('access-2'))
    expect(await Promise.all(others)).toEqual([done('access-2'), done('access-2')])
    expect(await permissions.tokenInsteadOf(owner, 'access-1', never)).toEqual(done('access-2'))
    expect(asked).toHaveLength(2)
  })

  it('is not waited for by who was cancelled, and is there for the others', async () => {
    const { token, answer } = setUp()
    const cancel = new AbortController()
    const mine = token(cancel.signal)
    const theirs = token()
    await settle()
    cancel.abort()
    expect(await mine).toMatchObject(failed('job.cancelled'))
    await answer(granted('access-1'))
    expect(await theirs).toEqual(done('access-1'))
  })

  it('and the refresh token never get into the log', async () => {
    const { token, answer, hidden } = setUp()
    const wanted = token()
    await answer(granted('access-1', 'refresh-2'))
    await wanted
    expect(hidden).toEqual(expect.arrayContaining(['access-1', 'refresh-1', 'refresh-2']))
  })
})

describe('a refresh token that the provider replaced', () => {
  it('is in the keychain before the access token is handed out', async () => {
    const { token, answer, keychain, kept } = setUp()
    const order: string[] = []
    const { write } = keychain
    keychain.write = async (...args) => {
      await settle()
      const written = await write.apply(keychain, args)
      order.push(`kept ${kept()}`)
      return written
    }
    const wanted = token().then(() => order.push('handed out'))
    await answer(granted('access-1', 'refresh-2'))
    await settle()
    await wanted
    expect(order).toEqual(['kept refresh-2', 'handed out'])
  })

  it('outlives a program that ends right after it was kept: the next start goes on with it', async () => {
    const { token, answer, parts, asked } = setUp()
    void token()
    await answer(granted('access-1', 'refresh-2'))
    const next = createPermissions(parts).tokenFor(owner, never)
    await answer(granted('access-2'))
    expect(await next).toEqual(done('access-2'))
    expect(asked).toEqual(['refresh-1', 'refresh-2'])
  })

  it('is not lost to a keychain that is locked just then: it goes in first as soon as that is open, and no token is used before', async () => {
    const { token, answer, keychain, asked, kept } = setUp()
    const first = token()
    await settle()
    keychain.is = 'locked'
    await answer(granted('access-1', 'refresh-2'))
    expect(await first).toMatchObject(failed('secrets.locked'))
    expect(await token()).toMatchObject(failed('secrets.locked'))
    keychain.is = 'ready'
    const later = token()
    await settle()
    expect(kept()).toBe('refresh-2')
    await answer(granted('access-3', 'refresh-3'))
    expect(await later).toEqual(done('access-3'))
    expect(asked).toEqual(['refresh-1', 'refresh-2'])
  })

  it('is kept though whoever asked for the token was cancelled', async () => {
    const { token, answer, kept } = setUp()
    const cancel = new AbortController()
    const mine = token(cancel.signal)
    await settle()
    cancel.abort()
    await mine
    await answer(granted('access-1', 'refresh-2'))
    expect(kept()).toBe('refresh-2')
  })

  it('does not write over a sign-in that a person made meanwhile', async () => {
    const { token, answer, permissions, kept } = setUp()
    void token()
    await settle()
    const replaced = permissions.replace(owner, permission('new-sign-in'), { accessToken: 'new', seconds: 3600 })
    await answer(granted('access-1', 'refresh-2'))
    expect(await replaced).toMatchObject({ ok: true })
    expect(kept()).toBe('new-sign-in')
    expect(await token()).toEqual(done('new'))
  })
})

describe('what is over', () => {
  it.each(['signin.again', 'signin.provider-refused'] as const)('is said once and not asked again and again (%s)', async (code) => {
    const { token, answer, asked, clock } = setUp()
    const first = token()
    await answer(failed(code))
    expect(await first).toMatchObject(failed(code))
    await clock.pass(24 * 60 * 60_000)
    expect(await token()).toMatchObject(failed(code))
    expect(asked).toHaveLength(1)
  })

  it('works again after a new sign-in', async () => {
    const { token, answer, permissions, asked } = setUp()
    const first = token()
    await answer(failed('signin.again'))
    await first
    await permissions.replace(owner, permission('refresh-9'), { accessToken: 'access-9', seconds: 1 })
    expect(await token()).toEqual(done('access-9'))
    expect(asked).toHaveLength(1)
  })

  it('an entry that is a password, or nobody’s, asks for a sign-in and not the provider', async () => {
    const { token, keychain, asked } = setUp()
    keychain.entries.set(key, 'an old password')
    expect(await token()).toMatchObject(failed('signin.again'))
    keychain.entries.delete(key)
    expect(await token()).toMatchObject(failed('signin.again'))
    expect(asked).toEqual([])
  })

  it('a provider that does not answer is asked again after a rest, and nobody has to sign in', async () => {
    const { token, answer, asked, clock } = setUp()
    const first = token()
    await answer(failed('signin.provider-unavailable'))
    expect(await first).toMatchObject(failed('signin.provider-unavailable'))
    expect(await token()).toMatchObject(failed('signin.provider-unavailable'))
    expect(asked).toHaveLength(1)
    await clock.pass(restAfterFault)
    const later = token()
    await answer(granted('access-1'))
    expect(await later).toEqual(done('access-1'))
  })

  it('a locked keychain is no missing sign-in', async () => {
    const { token, keychain } = setUp()
    keychain.is = 'locked'
    expect(await token()).toMatchObject(failed('secrets.locked'))
    keychain.is = 'absent'
    expect(await token()).toMatchObject(failed('secrets.absent'))
  })
})

describe('a sign-in that no account has yet', () => {
  it('gives tokens, is renewed in memory, and is handed over as it is then', async () => {
    const { permissions, answer, keychain, clock } = setUp()
    const id = permissions.keep(permission('refresh-1'), { accessToken: 'access-1', seconds: 100 })
    const mine = { of: 'sign-in', id } as const
    expect(await permissions.tokenFor(mine, never)).toEqual(done('access-1'))
    await clock.pass(80_000)
    const renewed = permissions.tokenFor(mine, never)
    await answer(granted('access-2', 'refresh-2'))
    expect(await renewed).toEqual(done('access-2'))
    expect(readPermission(permissions.textOf(id) ?? '')?.refreshToken).toBe('refresh-2')
    expect(keychain.asked.filter((what) => what.startsWith('write'))).toEqual([])
    await permissions.release(mine)
    expect(permissions.textOf(id)).toBeNull()
  })
})
