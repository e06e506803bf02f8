/** A provider that fails, lies and babbles, over real sockets: only its own clear word ends a permission, and no token is in what is said of it. */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createWebSignIn } from '../../../electron/app/create-web-sign-in.ts'
import type { OAuthClient } from '../../../electron/protocols/oauth/oauth-client.ts'
import { createSecretKeeper } from '../../../electron/secrets/create-secret-keeper.ts'
import { dataFolderAt } from '../../../electron/storage/data-folder.ts'
import { signInProviderSchema } from '../../../shared/model/sign-in-provider.ts'
import { MemorySettings } from '../../fakes/memory-settings.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

interface Played {
  readonly issuer: string
  readonly client: OAuthClient
  readonly asked: string[]
}

const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): RequestListener => (_request, response) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

async function played(token: RequestListener, describeAs: (issuer: string) => object = (issuer) => ({ issuer })): Promise<Played> {
  const asked: string[] = []
  const server: Server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    if (request.url === '/.well-known/openid-configuration') {
      const about = { authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, registration_endpoint: `${issuer}/register`, response_types_supported: ['code'], ...describeAs(issuer) }
      return json(200, about)(request, response)
    }
    request.resume()
    return token(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const settings = new MemorySettings({ signInProviders: [signInProviderSchema.parse({ issuer, clientId: 'mailroom', clearText: true })] })
  const stop = new AbortController()
  const secrets = createSecretKeeper({ settings, folder: dataFolderAt('/nowhere') })
  const { client, close } = createWebSignIn({ settings, secrets, redact: () => undefined, signal: stop.signal, now: () => new Date(), environment: {} })
  closing.push(() => {
    close()
    server.closeAllConnections()
    server.close()
  })
  return { issuer, client, asked }
}

const refreshed = ({ issuer, client }: Played) => client.refresh({ url: issuer, registration: { clientId: 'mailroom', clientSecret: null } }, 'the-refresh-token')
const goodToken = { access_token: 'access', token_type: 'Bearer', expires_in: 3600 }

describe('a refresh', () => {
  const unavailable: readonly (readonly [string, RequestListener])[] = [
    ['a page of HTML with 500', (_request, response) => response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Oops</h1>')],
    ['an error of the provider’s own, whatever it calls it', json(503, { error: 'invalid_grant' })],
    ['too many requests', json(429, { error: 'invalid_grant', error_description: 'slow down' })],
    ['“temporarily_unavailable”', json(400, { error: 'temporarily_unavailable' })],
    ['no JSON', (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":')],
    ['another kind of document', (_request, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('access_token=1')],
    ['no token in it', json(200, { token_type: 'Bearer' })],
    ['a token of another kind', json(200, { ...goodToken, token_type: 'mac' })],
    ['a token with a line break', json(200, { ...goodToken, access_token: 'access\r\nX: y' })],
    ['a refresh token with a line break', json(200, { ...goodToken, refresh_token: 'a\nb' })],
    ['a life that is no number', json(200, { ...goodToken, expires_in: 'for ever' })],
    ['nothing: it hangs up', (request) => request.socket.destroy()],
    ['a flood', (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(Buffer.alloc(2_000_000, 0x20))
    }],
    ['a redirect, which would carry the refresh token elsewhere', (_request, response) => response.writeHead(307, { location: '/elsewhere' }).end()],
  ]
  it.each(unavailable)('that is answered with %s is tried again later', async (_what, answer) => {
    const provider = await played(answer)
    const outcome = await refreshed(provider)
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'signin.provider-unavailable', evidence: { host: '127.0.0.1' } } })
    expect(JSON.stringify(outcome)).not.toContain('the-refresh-token')
    expect(provider.asked).not.toContain('POST /elsewhere')
  })

  it.each(['invalid_grant', 'interaction_required', 'login_required', 'consent_required'])('that is refused with “%s” needs the person, in the provider’s words and without the token', async (error) => {
    const outcome = await refreshed(await played(json(400, { error, error_description: 'the-refresh-token was withdrawn' })))
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'signin.again', evidence: { serverWords: `${error}: … was withdrawn` } } })
  })

  it.each([
    ['in the answer', json(401, { error: 'invalid_client' })],
    ['as a challenge', json(401, { error: 'invalid_client' }, { 'www-authenticate': 'Basic realm="provider"' })],
    ['for its scope', json(400, { error: 'invalid_scope' })],
  ] as const)('by a program the provider does not take, said %s, is no matter of the person', async (_where, answer) => {
    expect(await refreshed(await played(answer))).toMatchObject({ ok: false, failure: { code: 'signin.provider-refused' } })
  })

  it('brings the token, and the next refresh token where there is one', async () => {
    expect(await refreshed(await played(json(200, { ...goodToken, refresh_token: 'next' })))).toMatchObject({ ok: true, value: { accessToken: 'access', seconds: 3600, refreshToken: 'next' } })
    expect(await refreshed(await played(json(200, goodToken)))).toMatchObject({ ok: true, value: { refreshToken: null } })
  })
})

describe('a description of a provider', () => {
  it.each([
    ['names another issuer', () => ({ issuer: 'https://elsewhere.example' })],
    ['has no place to ask for tokens', (issuer: string) => ({ issuer, token_endpoint: undefined })],
  ] as const)('that %s is not believed', async (_what, about) => {
    expect(await refreshed(await played(json(200, goodToken), about))).toMatchObject({ ok: false, failure: { code: 'signin.provider-unavailable' } })
  })

  it('can have the browser open a web page only, and no other kind of address', async () => {
    const { issuer, client } = await played(json(200, goodToken), (own) => ({ issuer: own, authorization_endpoint: 'file:///etc/passwd' }))
    const begun = await client.beginInBrowser({ url: issuer, registration: { clientId: 'mailroom', clientSecret: null } }, 'http://127.0.0.1:1/callback', 'state', { scopes: [], loginHint: '', extra: {} })
    expect(begun).toMatchObject({ ok: false, failure: { code: 'signin.provider-unavailable' } })
  })

  it('may offer registration, which gives Mailroom a client id of its own', async () => {
    const { issuer, client } = await played(json(201, { client_id: 'given-just-now' }))
    expect(await client.register(issuer, 'http://127.0.0.1/callback', ['mail'])).toEqual({ ok: true, value: { clientId: 'given-just-now', clientSecret: null } })
  })
})
