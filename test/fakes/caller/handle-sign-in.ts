/**
 * Signing in over the web, played: `outlook.com` knows Mailroom, `gmail.com` and `yahoo.com` want a client id first, and nobody else has the web
 * way. Whoever signs in waits for the person for ever, unless the address begins with `quick`, or with `no`: who declines.
 */
import { knownProviders } from '../../../electron/sign-in/known-providers.ts'
import { done, failed, failure, type Failure } from '../../../shared/failures/failure.ts'
import type { JobDetail } from '../../../shared/model/job.ts'
import type { ProviderView } from '../../../shared/model/sign-in-provider.ts'
import type { Handlers } from './fake-caller.ts'
import { findingsFor } from './play-job.ts'
import type { World } from './world.ts'

const providers = [
  { name: 'Google', issuer: 'https://accounts.google.com', domain: 'gmail.com', ready: false },
  { name: 'Microsoft', issuer: 'https://login.microsoftonline.com/common/v2.0', domain: 'outlook.com', ready: true },
  { name: 'Yahoo', issuer: 'https://api.login.yahoo.com', domain: 'yahoo.com', ready: false },
] as const

type SignInMethod = Extract<keyof Handlers, `signIn.${string}`>
type Detail = Extract<JobDetail, { kind: 'sign-in' }>
export type PlaySignIn = (accountId: string | null, frames: readonly { readonly detail: Detail; readonly done: number; readonly total: number; readonly wait: number }[], failure: Failure | null) => ReturnType<Handlers['signIn.begin']>

export function signInHandlers(world: World, play: PlaySignIn): Pick<Handlers, SignInMethod> {
  const of = (address: string) => providers.find(({ domain }) => address.endsWith(`@${domain}`)) ?? null
  const shown = knownProviders.map(({ name, issuer, environment, page, loopback, registersNoWayBack }): ProviderView => ({
    issuer, name, known: true, page, variable: `${environment}_CLIENT_ID`, redirectUri: registersNoWayBack === true ? null : `http://${loopback}/callback`, servers: [],
    clientId: '', clientIdFrom: null, clientSecretFrom: null,
    ...(name === 'Microsoft' && { clientId: '5f3c1a9e-7c1d-4b58-9a52-0e4f6d2b8c11', clientIdFrom: 'environment' as const }),
  }))
  return {
    'signIn.providers': () => done({ providers: shown }),
    'signIn.setProvider': ({ provider: { issuer, name, clientId, clientSecret, servers } }) => {
      const at = shown.findIndex((one) => one.issuer === issuer)
      const before: ProviderView = shown[at] ?? { issuer, name, known: false, page: null, variable: null, redirectUri: 'http://127.0.0.1/callback', servers: [], clientId: '', clientIdFrom: null, clientSecretFrom: null }
      shown.splice(at === -1 ? shown.length : at, 1, { ...before, servers, clientId, clientIdFrom: 'settings', clientSecretFrom: clientSecret == null ? null : 'keychain' })
      return done({})
    },
    'signIn.removeProvider': ({ issuer }) => {
      const at = shown.findIndex((one) => one.issuer === issuer)
      shown.splice(at, 1, ...shown.slice(at, at + 1).filter(({ known }) => known).map((one) => ({ ...one, clientId: '', clientIdFrom: null, clientSecretFrom: null })))
      return done({})
    },
    'signIn.options': ({ address, issuer }) => {
      const found = issuer === null ? of(address) : (providers.find((one) => one.issuer === issuer) ?? null)
      return done({ guidance: findingsFor(address).guidance, provider: found === null ? null : { name: found.name, issuer: found.issuer, ready: found.ready } })
    },
    'signIn.begin': ({ subject, way }) => {
      const address = subject.is === 'draft' ? subject.address : (subject.is === 'level' ? '' : world.accounts.find(({ account }) => account.id === subject.id)?.account.user.address ?? '')
      const waiting: Detail = { kind: 'sign-in', phase: 'wait', provider: of(address)?.name ?? 'Microsoft', way, page: null, userCode: null, signInId: null, signedInAs: null }
      const frames = [{ detail: waiting, done: 0, total: 1, wait: /^(?:quick|no)/.test(address) ? 200 : 3_600_000 }, { detail: { ...waiting, phase: 'done' as const, signInId: 'signed-in', signedInAs: address }, done: 1, total: 1, wait: 0 }]
      const declined = address.startsWith('no') ? failure('signin.denied', { host: 'login.microsoftonline.com', serverWords: 'access_denied: AADSTS65004: User declined to consent to access the app.' }) : null
      return play(subject.is === 'account' ? subject.id : null, declined === null ? frames : frames.map((frame) => ({ ...frame, detail: waiting, done: 0 })), declined)
    },
    'signIn.page': () => done({ url: 'https://accounts.google.com/o/oauth2/v2/auth?client_id=mailroom' }),
    'signIn.of': ({ holder }) => {
      if (holder.is === 'level') return done({ name: world.organization.server?.host ?? '', provider: 'Microsoft', signedIn: false, signedInAs: null })
      const found = world.accounts.find(({ account }) => account.id === holder.id)
      if (found?.account.incoming?.signIn.method !== 'oauth2') return failed('account.no-web-sign-in')
      return done({ name: found.account.name, provider: of(found.account.user.address)?.name ?? 'Microsoft', signedIn: found.paused?.code !== 'signin.again', signedInAs: found.account.user.address })
    },
    'signIn.out': () => done({}),
  }
}
