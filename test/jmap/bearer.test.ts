/** Signed in over the web: the lab's OAuth provider, a server that takes its tokens, and real Cyrus behind it. */
import { afterEach, expect, test } from 'vitest'
import { fetchMail } from '../../electron/jobs/kinds/fetch-mail.ts'
import { sendMail } from '../../electron/jobs/kinds/send-mail.ts'
import type { TokenSignIn } from '../../electron/protocols/net/server-target.ts'
import { usualJmapPace, watchJmap } from '../../electron/protocols/jmap/watch-jmap.ts'
import { tokenSource, type TokenOwner } from '../../electron/sign-in/access-tokens.ts'
import { issuerOf, readPermission } from '../../electron/sign-in/permission.ts'
import { composedMailSchema } from '../../shared/model/outgoing-mail.ts'
import { bearerFront, type BearerFront } from '../fakes/bearer-front.ts'
import { mustBe } from '../protocol/lab-mail.ts'
import { requestFor, signInAs, webSignIn } from '../protocol/lab-provider.ts'
import { openParts, serverFiles } from '../protocol/running-parts.ts'
import { lab } from '../servers/lab.ts'
import { importIntoCyrus, inCyrus, jmapDraft } from './cyrus.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const owner = { of: 'account', id: 'work', direction: 'incoming' } as const satisfies TokenOwner
const never = new AbortController().signal

/** Somebody signed in, and the parts of an account that goes through the front. */
async function signedIn(before?: Parameters<typeof bearerFront>[0]) {
  const user = lab.freshUser('bearer')
  const web = webSignIn()
  closing.push(() => web.close())
  const { permission, fresh } = mustBe((await signInAs(web, requestFor(user))).outcome)
  mustBe(await web.permissions.replace(owner, permission, fresh))
  const front: BearerFront = await bearerFront(before)
  closing.push(() => front.close())
  const signIn: TokenSignIn = { userName: user, method: 'oauth2', tokens: tokenSource(web.permissions, owner) }
  const incoming = { protocol: 'jmap', sessionUrl: front.sessionUrl, trustedCertificate: front.fingerprint, signIn: { userName: user, method: 'oauth2' } } as const
  const opened = openParts({ ...jmapDraft(user), incoming, outgoing: { server: { use: 'incoming' } } })
  closing.push(() => opened.close())
  const route: typeof opened.accounts.route = async (...asked) => {
    const planned = mustBe(await opened.accounts.route(...asked))
    return { ok: true, value: { ...planned, credentials: signIn } }
  }
  const parts = { ...opened, accounts: { ...opened.accounts, route } }
  const issuer = () => issuerOf(readPermission(web.keychain.entries.get('work/incoming') ?? '')!)
  return {
    user, front, parts, signIn,
    /** By the person, at the provider: everything that came of it ends. */
    async withdraw() {
      mustBe(await web.client.revoke(issuer(), readPermission(web.keychain.entries.get('work/incoming') ?? '')!.refreshToken))
    },
    fetch: () => parts.jobs.finished(parts.jobs.start(fetchMail(parts, 'office'), 'person')),
  }
}

const message = (subject: string) => Buffer.from(`Subject: ${subject}\r\n\r\nText\r\n`)

test('mail is fetched and sent with a token, and no password is anywhere', async () => {
  const { user, front, parts, fetch } = await signedIn()
  await importIntoCyrus(user, [message('one'), message('two')])
  expect(await fetch()).toMatchObject({ failure: null, detail: { fetched: 2 } })
  const customer = lab.freshUser('customer')
  mustBe(await parts.outbox.queue(parts.account, composedMailSchema.parse({ accountId: 'office', to: [{ address: `${customer}@${lab.domain}` }], subject: 'three', text: 'Attached.' }), []))
  expect(await parts.jobs.finished(parts.jobs.start(sendMail(parts, 'office'), 'person'))).toMatchObject({ state: 'done', detail: { sent: 1 } })
  await expect.poll(() => serverFiles(customer).length).toBe(1)
  expect(front.heard.filter(({ authorization }) => !authorization?.startsWith('Bearer '))).toEqual([])
})

test('a token that ends in the middle of a run is renewed, and the run goes on', async () => {
  let downloads = 0
  const account = await signedIn(({ path }, token) => {
    downloads += path.includes('/download/') ? 1 : 0
    if (path.includes('/download/') && downloads === 3) account.front.end(token)
    return false
  })
  await importIntoCyrus(account.user, Array.from({ length: 40 }, (_, index) => message(`many ${index}`)))
  expect(await account.fetch()).toMatchObject({ failure: null, detail: { fetched: 40 } })
  expect(account.front.tokens.size).toBe(2)
  expect(account.front.refused()).toBeGreaterThan(0)
})

test('a permission that was withdrawn asks a person once: nobody is asked again, neither the provider nor the server', async () => {
  const { user, front, parts, fetch, withdraw } = await signedIn()
  await importIntoCyrus(user, [message('one')])
  await withdraw()
  const job = await fetch()
  expect(job).toMatchObject({ state: 'failed', failure: { code: 'signin.again' } })
  expect(parts.pauses.of('office', 'incoming')).toMatchObject({ code: 'signin.again' })
  const asked = front.heard.length
  expect(await fetch()).toMatchObject({ failure: { code: 'signin.again' } })
  expect(front.heard).toHaveLength(asked)
})

test('a server that refuses the fresh token too is believed, and its words do not show the token', async () => {
  const { parts, front, fetch } = await signedIn(({ authorization }, __, answer) => {
    answer.writeHead(401, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ detail: `no ${authorization}` }))
    return true
  })
  const job = await fetch()
  expect(job).toMatchObject({ failure: { code: 'signin.again' } })
  expect(front.heard).toHaveLength(2)
  for (const token of front.tokens) expect(JSON.stringify(job)).not.toContain(token)
  expect(parts.bugs).toEqual([])
})

test('whoever watches goes on with a fresh token when the old one ends, and stops when there is none to be had', async () => {
  const streams: string[] = []
  const account = await signedIn(async ({ path }, token, answer) => {
    if (!path.includes('/eventsource/')) return false
    streams.push(token)
    // As a provider does whose tokens end: the stream ends with it. The third time for good.
    account.front.end(token)
    if (streams.length === 3) await account.withdraw()
    answer.writeHead(200, { 'content-type': 'text/event-stream' }).end(': the token is over\n\n')
    return true
  })
  let told = 0
  const { port, sessionUrl, fingerprint } = account.front
  const target = { host: '127.0.0.1', port, security: 'tls', trustedCertificate: fingerprint, timeoutSeconds: 20, signal: never, http: { sessionUrl, otherHosts: [] } } as const
  const outcome = await watchJmap(target, account.signIn, () => (told += 1), { ...usualJmapPace, holdsAfter: 0 })
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'signin.again' } })
  expect({ told, streams: new Set(streams).size }).toEqual({ told: 3, streams: 3 })
})

test('where the state is asked for again and again, it is with a token that lives', async () => {
  const stop = new AbortController()
  let asked = 0
  const account = await signedIn(async ({ body }, token) => {
    if (!body.includes('"state"')) return false
    asked += 1
    if (asked === 2) account.front.end(token)
    if (asked === 4) await inCyrus(account.user, (client) => client.append('INBOX', message('one')))
    return false
  })
  const { port, sessionUrl, fingerprint } = account.front
  const target = { host: '127.0.0.1', port, security: 'tls', trustedCertificate: fingerprint, timeoutSeconds: 20, signal: stop.signal, http: { sessionUrl, otherHosts: [] } } as const
  let told = 0
  const outcome = await watchJmap(target, account.signIn, () => {
    told += 1
    if (told === 2) stop.abort()
  }, { ...usualJmapPace, askEvery: 1 })
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'job.cancelled' } })
  expect(account.front.tokens.size).toBe(2)
})
