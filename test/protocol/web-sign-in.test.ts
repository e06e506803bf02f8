/** Signing in over the web, end to end: the lab's OAuth provider, and Dovecot and Postfix, which take its tokens. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { loopbackPages } from '../../electron/app/create-web-sign-in.ts'
import type { InboxSession, SubmissionSession } from '../../electron/protocols/mail-session.ts'
import type { TokenSource } from '../../electron/protocols/net/server-target.ts'
import { openInbox } from '../../electron/protocols/open-inbox.ts'
import { openSubmission } from '../../electron/protocols/open-submission.ts'
import { tokenSource, type TokenOwner } from '../../electron/sign-in/access-tokens.ts'
import { issuerOf, readPermission } from '../../electron/sign-in/permission.ts'
import { signInOverTheWeb } from '../../electron/sign-in/sign-in-over-the-web.ts'
import { signOut } from '../../electron/sign-in/sign-out.ts'
import { done, type Outcome } from '../../shared/failures/failure.ts'
import { lab } from '../servers/lab.ts'
import { approve, browse, labIssuer, requestFor, signInAs, textOf, visit, webSignIn, type WiredSignIn } from './lab-provider.ts'
import { labTarget, mustBe } from './lab-mail.ts'

const wired: WiredSignIn[] = []
const start = (change: Parameters<typeof webSignIn>[0] = {}) => {
  const one = webSignIn(change)
  wired.push(one)
  return one
}
afterEach(() => {
  for (const one of wired.splice(0)) one.close()
})

const owner = { of: 'account', id: 'work', direction: 'incoming' } as const satisfies TokenOwner
const never = new AbortController().signal
const tokensOf = ({ permissions }: WiredSignIn) => tokenSource(permissions, owner)
const kept = ({ keychain }: WiredSignIn) => readPermission(keychain.entries.get('work/incoming') ?? '')

/** Signs a fresh user in and gives the permission to the account. */
async function signedIn(web: WiredSignIn, user = lab.freshUser('web')): Promise<string> {
  const { outcome } = await signInAs(web, requestFor(user))
  const { permission, fresh } = mustBe(outcome)
  mustBe(await web.permissions.replace(owner, permission, fresh))
  return user
}

const protocols = [['pop3', 'POP3S'], ['imap', 'IMAPS'], ['smtp', 'SUBMISSIONS']] as const

async function opens(protocol: 'pop3' | 'imap' | 'smtp', port: (typeof protocols)[number][1], userName: string, tokens: TokenSource): Promise<Outcome<InboxSession | SubmissionSession>> {
  const signIn = { userName, method: 'oauth2', tokens } as const
  const target = labTarget(port, 'tls')
  const opened = protocol === 'smtp' ? await openSubmission(target, signIn) : await openInbox(protocol, target, signIn)
  if (opened.ok) await opened.value.close()
  return opened
}

describe('in the browser', () => {
  it('a person signs in once, and POP3, IMAP and SMTP open with the token', async () => {
    const web = start()
    const user = lab.freshUser('web')
    const { outcome, waiting, shown } = await signInAs(web, requestFor(user))
    const { permission, fresh, provider } = mustBe(outcome)
    expect({ provider, signedInAs: permission.signedInAs }).toEqual({ provider: 'Lab', signedInAs: `${user}@${lab.domain}` })
    expect(shown).toContain('You are signed in')
    const asked = new URL(waiting?.url ?? '').searchParams
    expect(asked.get('code_challenge_method')).toBe('S256')
    expect(asked.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/)
    mustBe(await web.permissions.replace(owner, permission, fresh))
    for (const [protocol, port] of protocols) mustBe(await opens(protocol, port, user, tokensOf(web)))
  })

  it('who declines is told so, on the page too, and nothing is kept', async () => {
    const { outcome, shown } = await signInAs(start(), requestFor('deny'))
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'signin.denied' } })
    expect(shown).toContain('did not work')
  })

  it('another user than the account’s is refused by name, unless the mailbox is shared', async () => {
    const web = start()
    const other = lab.freshUser('other')
    const asOther = (url: string) => browse(url, ({ searchParams }) => searchParams.set('login_hint', other))
    const request = requestFor(lab.freshUser('web'))
    expect((await signInAs(web, request, asOther)).outcome).toMatchObject({ ok: false, failure: { code: 'signin.wrong-user', evidence: { userName: `${other}@${lab.domain}`, address: request.address } } })
    expect((await signInAs(web, { ...request, anyUser: true }, asOther)).outcome).toMatchObject({ ok: true })
  })

  it('nobody else can end or answer a sign-in at the port: other states, paths, methods and names get no further, and the person still does', async () => {
    const web = start()
    const user = lab.freshUser('web')
    const answers: (number | undefined)[] = []
    const intruder = async (url: string) => {
      const back = new URL(new URL(url).searchParams.get('redirect_uri') ?? '')
      const state = new URL(url).searchParams.get('state') ?? ''
      const tries: readonly (readonly [string, Record<string, string>])[] = [
        ['/callback?code=stolen&state=guessed', {}],
        ['/callback?code=stolen', {}],
        ['/callback?error=access_denied', {}],
        [`/callback?state=${state}`, {}],
        [`/callback?code=a&code=b&state=${state}`, {}],
        [`/other?code=stolen&state=${state}`, {}],
        [`/callback?code=stolen&state=${state}`, { host: 'rebound.example' }],
        [`/callback?code=${'x'.repeat(9000)}&state=${state}`, {}],
        ['/favicon.ico', {}],
      ]
      for (const [path, headers] of tries) {
        const answer = await visit(new URL(path, back), '', headers)
        answers.push(answer.statusCode)
        expect(await textOf(answer)).not.toContain('stolen')
      }
      return browse(url)
    }
    mustBe((await signInAs(web, requestFor(user), intruder)).outcome)
    expect(answers).toEqual(Array.from({ length: 9 }, () => 404))
  })

  it('a code that the provider did not give for this sign-in leads to no permission', async () => {
    const { outcome } = await signInAs(start(), requestFor(lab.freshUser('web')), async (url) => {
      const { searchParams } = new URL(url)
      return textOf(await visit(new URL(`${searchParams.get('redirect_uri')}?code=invented&state=${searchParams.get('state')}&iss=${encodeURIComponent(labIssuer())}`)))
    })
    expect(outcome).toMatchObject({ ok: false })
    expect(JSON.stringify(outcome)).not.toContain('invented')
  })

  it('an answer in the name of another issuer is refused (RFC 9207)', async () => {
    const { outcome } = await signInAs(start(), requestFor(lab.freshUser('web')), async (url) => {
      const { searchParams } = new URL(url)
      return textOf(await visit(new URL(`${searchParams.get('redirect_uri')}?code=invented&state=${searchParams.get('state')}&iss=https://mixed-up.example`)))
    })
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'signin.provider-unavailable' } })
  })

  it.each([-25, 25])('a clock that is %i hours wrong keeps nobody out', async (hours) => {
    vi.useFakeTimers({ now: Date.now() + hours * 3_600_000, toFake: ['Date'] })
    try {
      const user = lab.freshUser('clock')
      expect(mustBe((await signInAs(start(), requestFor(user))).outcome).permission.signedInAs).toBe(`${user}@${lab.domain}`)
    } finally {
      vi.useRealTimers()
    }
  })

  it('can be called off, and the port is closed then', async () => {
    const stop = new AbortController()
    let back = ''
    const { outcome } = await signInAs(start(), requestFor(lab.freshUser('web')), async (url) => {
      back = new URL(url).searchParams.get('redirect_uri') ?? ''
      stop.abort()
      return ''
    }, stop.signal)
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'job.cancelled' } })
    await expect.poll(() => visit(new URL(back)).then(() => 'open', () => 'closed')).toBe('closed')
  })

  it('works over http on this machine only where the settings say so', async () => {
    const user = lab.freshUser('web')
    mustBe((await signInAs(start({ issuer: lab.oidcIssuer, clearText: true }), requestFor(user))).outcome)
    expect((await signInAs(start({ issuer: lab.oidcIssuer }), requestFor(user))).outcome).toMatchObject({ ok: false, failure: { code: 'signin.provider-unavailable' } })
  })
})

it('with a code for another device a person signs in there, or declines', async () => {
  const web = start()
  const user = lab.freshUser('device')
  const noBrowser = async () => Promise.reject(new Error('no browser here'))
  const onDevice = (deny: boolean) =>
    signInOverTheWeb({ ...web, pages: () => loopbackPages('en'), openPage: noBrowser }, requestFor(user, { way: 'device' }), ({ way, url, userCode }) => {
      expect({ way, url }).toEqual({ way: 'device', url: `${labIssuer()}/device` })
      void approve(userCode ?? '', user, deny)
    }, never)
  const [allowed, declined] = await Promise.all([onDevice(false), onDevice(true)])
  expect(mustBe(allowed).permission.signedInAs).toBe(`${user}@${lab.domain}`)
  expect(declined).toMatchObject({ ok: false, failure: { code: 'signin.denied' } })
})

describe('after it', () => {
  it('the token is renewed with a refresh token that the provider replaces each time, each kept before it counts', async () => {
    const web = start()
    const user = await signedIn(web)
    const before = kept(web)?.refreshToken
    for (const [protocol, port] of protocols) {
      await web.permissions.release(owner)
      mustBe(await opens(protocol, port, user, tokensOf(web)))
    }
    expect(kept(web)?.refreshToken).not.toBe(before)
    const issuer = issuerOf(kept(web)!)
    // The provider takes an old one for stolen, and ends everything that came of it.
    expect(await web.client.refresh(issuer, before ?? '')).toMatchObject({ ok: false, failure: { code: 'signin.again' } })
    await web.permissions.release(owner)
    expect(await opens('imap', 'IMAPS', user, tokensOf(web))).toMatchObject({ ok: false, failure: { code: 'signin.again' } })
  })

  it('a program that ends between the provider’s answer and the first use goes on with what it kept', async () => {
    const web = start()
    const user = await signedIn(web)
    await web.permissions.release(owner)
    mustBe(await web.permissions.tokenFor(owner, never))
    const next = start()
    for (const [key, text] of web.keychain.entries) next.keychain.entries.set(key, text)
    mustBe(await opens('imap', 'IMAPS', user, tokensOf(next)))
    expect(kept(next)?.refreshToken).not.toBe(kept(web)?.refreshToken)
  })

  it('ten connections at once ask the provider once', async () => {
    const web = start()
    const user = await signedIn(web)
    await web.permissions.release(owner)
    const written = web.keychain.asked.filter((what) => what.startsWith('write')).length
    for (const opened of await Promise.all(Array.from({ length: 10 }, () => opens('imap', 'IMAPS', user, tokensOf(web))))) mustBe(opened)
    expect(web.keychain.asked.filter((what) => what.startsWith('write')).length - written).toBe(1)
  })

  it('a token that the mail server refuses is replaced once, and that one works', async () => {
    const web = start()
    const user = await signedIn(web)
    const asked: string[] = []
    const tokens = {
      current: async () => done('stale-token'),
      insteadOf: (refused: string, signal: AbortSignal) => {
        asked.push(refused)
        return web.permissions.tokenInsteadOf(owner, refused, signal)
      },
    }
    for (const [protocol, port] of protocols) mustBe(await opens(protocol, port, user, tokens))
    expect(asked).toEqual(['stale-token', 'stale-token', 'stale-token'])
  })

  it('a mail server that refuses the fresh token too is believed: one sign-in again, in its own words, and no loop', async () => {
    const asked: string[] = []
    const tokens = {
      current: async () => done('no-token'),
      insteadOf: async (refused: string) => {
        asked.push(refused)
        return done('no-better')
      },
    }
    for (const [protocol, port] of protocols) {
      expect(await opens(protocol, port, 'somebody', tokens)).toMatchObject({ ok: false, failure: { code: 'signin.again', evidence: { serverWords: expect.any(String), detail: 'invalid_token' } } })
    }
    expect(asked).toHaveLength(3)
  })

  it('signing out forgets the permission here and gives it back at the provider', async () => {
    const web = start()
    await signedIn(web)
    const before = kept(web)!
    mustBe(await signOut(web, owner))
    expect(kept(web)).toBeNull()
    expect(await web.client.refresh(issuerOf(before), before.refreshToken)).toMatchObject({ ok: false, failure: { code: 'signin.again' } })
    expect(await web.permissions.tokenFor(owner, never)).toMatchObject({ ok: false, failure: { code: 'signin.again' } })
  })

  it('a permission that was withdrawn at the provider asks for one sign-in, and asks the provider no more', async () => {
    const web = start()
    const user = await signedIn(web)
    const { refreshToken } = kept(web)!
    mustBe(await web.client.revoke(issuerOf(kept(web)!), refreshToken))
    await web.permissions.release(owner)
    for (const [protocol, port] of protocols) expect(await opens(protocol, port, user, tokensOf(web))).toMatchObject({ ok: false, failure: { code: 'signin.again' } })
    expect(kept(web)?.refreshToken).toBe(refreshToken)
    await signedIn(web, user)
    mustBe(await opens('imap', 'IMAPS', user, tokensOf(web)))
  })

  it('no token and no code is in any failure, and every one that passed is hidden from the log', async () => {
    const web = start()
    await signedIn(web)
    const { refreshToken } = kept(web)!
    const token = mustBe(await web.permissions.tokenFor(owner, never))
    expect(web.said).toEqual(expect.arrayContaining([refreshToken, token]))
  })
})
