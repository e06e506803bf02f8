/**
 * The conversations with an OAuth provider: discovery (OpenID Connect Discovery, RFC 8414), dynamic registration (RFC 7591), the browser's
 * way with PKCE (RFC 6749 section 4.1, RFC 7636, RFC 8252), the device's (RFC 8628), refreshing (RFC 6749 section 6) and revoking (RFC 7009).
 *
 * Nothing is kept but the providers' public descriptions. Tokens come in and go out as values; no failure carries one.
 */
import type { Configuration, CustomFetch, TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client'
import { done, failed, refused, type Evidence, type Outcome } from '../../../shared/failures/failure.ts'
import { oauthFailure } from './oauth-failure.ts'

/** Who Mailroom is at a provider. Desktop programs can keep no secret (RFC 8252 section 8.5); some providers want one all the same. */
export interface Registration {
  readonly clientId: string
  readonly clientSecret: string | null
}

export interface Issuer {
  /** The issuer identifier: https, or http on this machine where that is allowed. */
  readonly url: string
  readonly registration: Registration
}

/** What a provider offers beyond the browser's way. */
export interface Offer {
  readonly device: boolean
  readonly registration: boolean
  readonly scopes: readonly string[]
}

/** Who signed in, as far as the provider told: addresses and names in the order of how well they fit a mailbox. */
export interface Identity {
  readonly names: readonly string[]
}

export interface Granted {
  readonly accessToken: string
  /** null = the provider did not say. */
  readonly seconds: number | null
  /** At a refresh null = the old one stays good. */
  readonly refreshToken: string | null
  readonly identity: Identity
}

export interface BrowserWay {
  /** What the person's browser opens. */
  readonly url: string
  /** With the address the browser came back to. */
  finish(callback: URL): Promise<Outcome<Granted>>
}

export interface DeviceWay {
  readonly userCode: string
  readonly page: string
  /** The page with the code filled in. */
  readonly pageWithCode: string | null
  readonly seconds: number
  wait(signal: AbortSignal): Promise<Outcome<Granted>>
}

export interface Asked {
  readonly scopes: readonly string[]
  /** The mailbox's user, so that the provider need not ask who. */
  readonly loginHint: string
  /** Further parameters this provider wants, such as Google's `access_type`. */
  readonly extra: Readonly<Record<string, string>>
}

export interface OAuthClient {
  offerOf(issuerUrl: string): Promise<Outcome<Offer>>
  register(issuerUrl: string, redirectUri: string, scopes: readonly string[]): Promise<Outcome<Registration>>
  beginInBrowser(issuer: Issuer, redirectUri: string, state: string, asked: Asked): Promise<Outcome<BrowserWay>>
  beginOnDevice(issuer: Issuer, asked: Asked): Promise<Outcome<DeviceWay>>
  /** Not to be interrupted: what the provider answers may be the only refresh token there is. */
  refresh(issuer: Issuer, refreshToken: string): Promise<Outcome<Granted>>
  /** Tells the provider that the permission is given back. */
  revoke(issuer: Issuer, refreshToken: string): Promise<Outcome<void>>
}

export interface OAuthClientParts {
  readonly fetch: CustomFetch
  /** Is http: allowed for this issuer? For one on this machine that the settings name. */
  readonly mayBeInClear: (issuerUrl: string) => boolean
}

/** Of the library only what is needed, and only then: most starts of the program refresh nothing. */
const library = () => import('openid-client')
type Library = Awaited<ReturnType<typeof library>>

const requestSeconds = 30

/**
 * By how much this machine's clock may be wrong, seconds: a time zone that was set wrongly keeps nobody out. An ID token tells here who signed in,
 * fresh from the provider's own answer, and nothing else; nobody is let in for it.
 */
const clockTolerance = 26 * 60 * 60

export function createOAuthClient({ fetch, mayBeInClear }: OAuthClientParts): OAuthClient {
  const descriptions = new Map<string, ReturnType<Configuration['serverMetadata']>>()

  async function configured(oauth: Library, issuerUrl: string, { clientId, clientSecret }: Registration): Promise<Configuration> {
    const client = clientSecret === null ? oauth.None() : oauth.ClientSecretPost(clientSecret)
    const description = descriptions.get(issuerUrl)
    if (description !== undefined) return prepared(oauth, new oauth.Configuration(description, clientId, { [oauth.clockTolerance]: clockTolerance }, client), issuerUrl)
    const discovered = await discover(oauth, issuerUrl, clientId, client)
    descriptions.set(issuerUrl, discovered.serverMetadata())
    return discovered
  }

  /** OpenID Connect's place first, then RFC 8414's: a provider of mail need not know OpenID Connect. */
  async function discover(oauth: Library, issuerUrl: string, clientId: string, client: ReturnType<Library['None']>): Promise<Configuration> {
    const look = (algorithm: 'oidc' | 'oauth2') =>
      oauth.discovery(new URL(issuerUrl), clientId, { [oauth.clockTolerance]: clockTolerance }, client, {
        algorithm,
        [oauth.customFetch]: fetch,
        timeout: requestSeconds,
        execute: inClear(issuerUrl) ? [oauth.allowInsecureRequests] : [],
      })
    try {
      return await look('oidc')
    } catch (error) {
      if (!isNotThere(error)) throw error
      return look('oauth2')
    }
  }

  function prepared(oauth: Library, configuration: Configuration, issuerUrl: string): Configuration {
    configuration[oauth.customFetch] = fetch
    configuration.timeout = requestSeconds
    if (inClear(issuerUrl)) oauth.allowInsecureRequests(configuration)
    return configuration
  }

  const inClear = (issuerUrl: string) => issuerUrl.startsWith('http:') && mayBeInClear(issuerUrl)

  /** Whatever the library throws becomes a failure here; `secrets` is what was sent. */
  async function talk<T>(issuerUrl: string, secrets: readonly string[], work: (oauth: Library) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const about = aboutIssuer(issuerUrl)
    if (!about.ok) return about
    const oauth = await library()
    try {
      const outcome = await work(oauth)
      return outcome.ok ? outcome : refused({ ...outcome.failure, evidence: { ...about.value, ...outcome.failure.evidence } })
    } catch (error) {
      return refused(oauthFailure(error, about.value, secrets))
    }
  }

  const whoIs = async (oauth: Library, configuration: Configuration, tokens: TokenEndpointResponse & TokenEndpointResponseHelpers): Promise<Identity> => {
    const claims = tokens.claims()
    const told = namesIn(claims)
    if (told.length > 0 || claims === undefined || configuration.serverMetadata().userinfo_endpoint === undefined) return { names: told }
    try {
      return { names: namesIn(await oauth.fetchUserInfo(configuration, tokens.access_token, claims.sub)) }
    } catch {
      // Who it was stays unknown then; the mail server judges the token itself.
      return { names: [] }
    }
  }

  return {
    offerOf: (issuerUrl) =>
      talk(issuerUrl, [], async (oauth) => {
        const about = (await configured(oauth, issuerUrl, { clientId: 'unknown', clientSecret: null })).serverMetadata()
        return done({ device: about.device_authorization_endpoint !== undefined, registration: about.registration_endpoint !== undefined, scopes: about.scopes_supported ?? [] })
      }),

    register: (issuerUrl, redirectUri, scopes) =>
      talk(issuerUrl, [], async (oauth) => {
        const registered = await oauth.dynamicClientRegistration(
          new URL(issuerUrl),
          {
            client_name: 'Mailroom', redirect_uris: [redirectUri], application_type: 'native', token_endpoint_auth_method: 'none',
            grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], scope: scopes.join(' '),
          },
          oauth.None(),
          { [oauth.customFetch]: fetch, timeout: requestSeconds, execute: inClear(issuerUrl) ? [oauth.allowInsecureRequests] : [] },
        )
        const { client_id: clientId, client_secret: clientSecret } = registered.clientMetadata()
        return done({ clientId, clientSecret: typeof clientSecret === 'string' ? clientSecret : null })
      }),

    beginInBrowser: (issuer, redirectUri, state, asked) =>
      talk(issuer.url, [], async (oauth) => {
        const configuration = await configured(oauth, issuer.url, issuer.registration)
        const verifier = oauth.randomPKCECodeVerifier()
        const url = oauth.buildAuthorizationUrl(configuration, {
          ...asked.extra,
          redirect_uri: redirectUri,
          scope: asked.scopes.join(' '),
          state,
          code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          login_hint: asked.loginHint,
        })
        // It is handed to the system to be opened: a scheme of the provider's choosing could start any program.
        if (url.protocol !== 'https:' && !(url.protocol === 'http:' && inClear(issuer.url))) return failed('signin.provider-unavailable', { ...hostOf(issuer.url), detail: 'not a web page' })
        const finish = (callback: URL) =>
          talk(issuer.url, [verifier, callback.searchParams.get('code') ?? '', ...secretOf(issuer)].filter((one) => one !== ''), async () => {
            const tokens = await oauth.authorizationCodeGrant(configuration, callback, { pkceCodeVerifier: verifier, expectedState: state })
            return granted(tokens, await whoIs(oauth, configuration, tokens))
          })
        return done({ url: url.href, finish })
      }),

    beginOnDevice: (issuer, asked) =>
      talk(issuer.url, [], async (oauth) => {
        const configuration = await configured(oauth, issuer.url, issuer.registration)
        const started = await oauth.initiateDeviceAuthorization(configuration, { ...asked.extra, scope: asked.scopes.join(' '), login_hint: asked.loginHint })
        const wait = (signal: AbortSignal) =>
          talk<Granted>(issuer.url, [started.device_code, ...secretOf(issuer)], async () => {
            const over = AbortSignal.timeout(started.expires_in * 1000)
            try {
              const tokens = await oauth.pollDeviceAuthorizationGrant(configuration, started, undefined, { signal: AbortSignal.any([signal, over]) })
              return granted(tokens, await whoIs(oauth, configuration, tokens))
            } catch (error) {
              if (signal.aborted) return failed('job.cancelled')
              if (over.aborted) return failed('signin.not-finished', hostOf(issuer.url))
              throw error
            }
          })
        return done({
          userCode: started.user_code, page: started.verification_uri, pageWithCode: started.verification_uri_complete ?? null, seconds: started.expires_in, wait,
        })
      }),

    refresh: (issuer, refreshToken) =>
      talk(issuer.url, [refreshToken, ...secretOf(issuer)], async (oauth) => {
        const tokens = await oauth.refreshTokenGrant(await configured(oauth, issuer.url, issuer.registration), refreshToken)
        return granted(tokens, { names: [] })
      }),

    revoke: (issuer, refreshToken) =>
      talk(issuer.url, [refreshToken, ...secretOf(issuer)], async (oauth) => {
        const configuration = await configured(oauth, issuer.url, issuer.registration)
        if (configuration.serverMetadata().revocation_endpoint === undefined) return done(undefined)
        await oauth.tokenRevocation(configuration, refreshToken, { token_type_hint: 'refresh_token' })
        return done(undefined)
      }),
  }
}

function secretOf({ registration: { clientSecret } }: Issuer): readonly string[] {
  return clientSecret === null ? [] : [clientSecret]
}

/** Tokens end up in mail protocols' lines and HTTP fields: one with anything but visible ASCII in it is none (RFC 6750 section 2.1). */
const tokenForm = /^[\x21-\x7e]{1,16384}$/

function granted(tokens: TokenEndpointResponse, identity: Identity): Outcome<Granted> {
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = tokens
  if (!tokenForm.test(accessToken) || (refreshToken !== undefined && !tokenForm.test(refreshToken))) return failed('signin.provider-unavailable', { detail: 'not a token' })
  return done({ accessToken, seconds: seconds ?? null, refreshToken: refreshToken ?? null, identity })
}

/** Microsoft has the address in `preferred_username` or `upn`, others in `email`. */
function namesIn(claims: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  const told = ['email', 'preferred_username', 'upn'].map((name) => claims?.[name])
  return [...new Set(told.filter((one): one is string => typeof one === 'string' && one !== '' && one.length <= 320))]
}

/** Nothing is described at this place; a provider without OpenID Connect may answer so with 404 or 400. */
function isNotThere(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null
  return cause instanceof Response && cause.status >= 400 && cause.status < 500
}

function aboutIssuer(url: string): Outcome<Evidence> {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? done(hostOf(url)) : failed('input.invalid', { detail: 'not an issuer' })
}

function hostOf(url: string): Evidence {
  return { host: new URL(url).hostname }
}
