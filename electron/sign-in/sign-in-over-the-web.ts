/**
 * Lets a person sign in at a provider and give Mailroom a permission: in the browser (RFC 8252), or with a code for another device (RFC 8628).
 *
 *   whose provider? ─▶ registered there? ─▶ page shown ─▶ … the person … ─▶ tokens ─▶ the right user? ─▶ permission
 *
 * Nothing is kept here. A permission for the wrong user is given back at once.
 */
import { randomBytes } from 'node:crypto'
import { done, failed, refused, type Outcome } from '../../shared/failures/failure.ts'
import type { BrowserWay, Granted, Issuer, OAuthClient, Offer } from '../protocols/oauth/oauth-client.ts'
import { callbackPath, listenOnLoopback, type LoopbackPages } from '../protocols/oauth/loopback.ts'
import type { FreshToken } from './access-tokens.ts'
import { permissionOf, type Permission } from './permission.ts'
import type { Provider, Providers } from './providers.ts'
import type { Registrations } from './registrations.ts'

export interface SignInParts {
  readonly client: OAuthClient
  readonly providers: Providers
  readonly registrations: Pick<Registrations, 'secretOf'>
  /** Opens the person's browser; rejects where there is none. */
  readonly openPage: (url: string) => Promise<void>
  readonly pages: () => LoopbackPages
}

export interface SignInRequest {
  /** null = the provider of these servers. */
  readonly issuer: string | null
  /** The domain of the address, and the servers' names. */
  readonly names: readonly string[]
  readonly address: string
  readonly userName: string
  /** Mail comes over HTTP (JMAP): some providers have a scope of their own for it. */
  readonly http: boolean
  /** `device` where the provider has that way; else the browser. */
  readonly way: 'browser' | 'device'
  /** A shared mailbox: somebody else's sign-in may use it. */
  readonly anyUser: boolean
}

export interface Waiting {
  readonly provider: string
  readonly way: 'browser' | 'device'
  /** What the person opens. */
  readonly url: string
  readonly userCode: string | null
}

export interface Finished {
  readonly provider: string
  readonly permission: Permission
  readonly fresh: FreshToken
}

/** How long somebody has to find password and telephone. */
const patienceSeconds = 15 * 60

export async function signInOverTheWeb(parts: SignInParts, request: SignInRequest, tell: (waiting: Waiting) => void, signal: AbortSignal): Promise<Outcome<Finished>> {
  const provider = request.issuer === null ? parts.providers.byNames(request.names) : parts.providers.byIssuer(request.issuer, request.http)
  if (provider === null) return failed('signin.no-registration', { name: request.address })
  const offer = await neededOffer(parts.client, provider)
  if (!offer.ok) return offer
  const scopes = provider.scopes ?? fittingScopes(offer.value?.scopes ?? [])
  const issuer = await registeredAt(parts, provider, offer.value, scopes)
  if (!issuer.ok) return issuer
  const asked = { scopes, loginHint: request.userName, extra: provider.extra }
  const onDevice = request.way === 'device' && (provider.device ?? offer.value?.device ?? false)
  const begun = { parts, provider, issuer: issuer.value, request, tell, signal }
  return onDevice ? onAnotherDevice(begun, asked) : inBrowser(begun, asked)
}

interface Begun {
  readonly parts: SignInParts
  readonly provider: Provider
  readonly issuer: Issuer
  readonly request: SignInRequest
  readonly tell: (waiting: Waiting) => void
  readonly signal: AbortSignal
}

type Asked = Parameters<OAuthClient['beginOnDevice']>[1]

async function inBrowser(begun: Begun, asked: Asked): Promise<Outcome<Finished>> {
  const { parts, provider, issuer, tell } = begun
  const state = randomBytes(32).toString('base64url')
  const listening = await listenOnLoopback(provider.loopback, state, parts.pages())
  if (!listening.ok) return listening
  const loopback = listening.value
  try {
    const way = await parts.client.beginInBrowser(issuer, loopback.redirectUri, state, asked)
    if (!way.ok) return way
    const { url } = way.value
    tell({ provider: provider.name, way: 'browser', url, userCode: null })
    // Where no browser can be opened, the person can: the page is told to whoever shows it.
    void parts.openPage(url).catch(() => undefined)
    const finished = await finishedBy(begun, way.value, loopback.arrived)
    loopback.answer(finished.ok ? 'well' : 'badly')
    return finished
  } finally {
    loopback.close()
  }
}

async function finishedBy(begun: Begun, way: BrowserWay, arrived: Promise<URL>): Promise<Outcome<Finished>> {
  const { issuer, signal } = begun
  const over = AbortSignal.timeout(patienceSeconds * 1000)
  const callback = await orAborted(arrived, AbortSignal.any([signal, over]))
  if (callback === null) return signal.aborted ? failed('job.cancelled') : failed('signin.not-finished', { host: new URL(issuer.url).hostname })
  const granted = await way.finish(callback)
  return granted.ok ? accepted(begun, granted.value) : granted
}

async function onAnotherDevice(begun: Begun, asked: Asked): Promise<Outcome<Finished>> {
  const { parts, provider, issuer, tell, signal } = begun
  const way = await parts.client.beginOnDevice(issuer, asked)
  if (!way.ok) return way
  const { page, userCode, wait } = way.value
  // RFC 8628 section 3.3: shown to be typed into another device. It is not opened here, and is nobody's but the provider's own web page.
  if (!/^https?:\/\//.test(page)) return failed('signin.provider-unavailable', { host: new URL(issuer.url).hostname, detail: 'not a web page' })
  tell({ provider: provider.name, way: 'device', url: page, userCode })
  const granted = await wait(signal)
  return granted.ok ? accepted(begun, granted.value) : granted
}

async function accepted({ parts, provider, issuer, request }: Begun, granted: Granted): Promise<Outcome<Finished>> {
  const { address, userName, anyUser } = request
  const { refreshToken, identity } = granted
  // Without one, every hour would be a new sign-in: the request or the registration lacks what this provider wants for it.
  if (refreshToken === null) return failed('signin.provider-refused', { host: new URL(issuer.url).hostname, detail: 'no refresh token' })
  if (!anyUser && !isTheirs(identity.names, [address, userName])) {
    // Best done, but no reason to keep anybody waiting: what is not kept here cannot be used from here.
    void parts.client.revoke(issuer, refreshToken)
    return failed('signin.wrong-user', { host: new URL(issuer.url).hostname, address, ...(identity.names[0] !== undefined && { userName: identity.names[0] }) })
  }
  return done({ provider: provider.name, permission: permissionOf(issuer, refreshToken, granted), fresh: granted })
}

/** A provider that does not say who it was leaves it to the mail server to judge. */
function isTheirs(told: readonly string[], wanted: readonly string[]): boolean {
  const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()
  return told.length === 0 || told.some((name) => wanted.some((one) => same(name, one) || same(name, one.split('@')[0] ?? '')))
}

/** null = all that has to be known of it is known. */
async function neededOffer(client: OAuthClient, { issuer, scopes, device, registration }: Provider): Promise<Outcome<Offer | null>> {
  return scopes !== null && device !== null && registration !== null ? done(null) : client.offerOf(issuer)
}

async function registeredAt({ client, registrations }: SignInParts, { issuer: url, name, registration, secretInKeychain, loopback }: Provider, offer: Offer | null, scopes: readonly string[]): Promise<Outcome<Issuer>> {
  if (registration !== null && secretInKeychain) {
    const clientSecret = await registrations.secretOf(url)
    return clientSecret.ok ? done({ url, registration: { ...registration, clientSecret: clientSecret.value } }) : refused({ ...clientSecret.failure, evidence: { ...clientSecret.failure.evidence, name } })
  }
  if (registration !== null) return done({ url, registration })
  if (offer?.registration !== true) return failed('signin.no-registration', { name, host: new URL(url).hostname })
  const registered = await client.register(url, `http://${loopback}${callbackPath}`, scopes)
  return registered.ok ? done({ url, registration: registered.value }) : refused(registered.failure)
}

/**
 * For a provider nobody knows here: who it is, a permission that lasts (OpenID Connect Core section 11), and mail, under the names that are
 * usual for it (draft-ietf-mailmaint-oauth-public names the last).
 */
const usualScopes = ['openid', 'email', 'offline_access', 'mail', 'urn:ietf:params:oauth:scope:mail'] as const

function fittingScopes(announced: readonly string[]): readonly string[] {
  return usualScopes.filter((scope) => announced.includes(scope))
}

async function orAborted<T>(awaited: Promise<T>, signal: AbortSignal): Promise<T | null> {
  if (signal.aborted) return null
  const { promise, resolve } = Promise.withResolvers<null>()
  const stop = () => resolve(null)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([awaited, promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
