/**
 * Signing in over the web, played: `outlook.com` knows Mailroom, `gmail.com` and `yahoo.com` want a client id first, and nobody else has the web
 * way. Whoever signs in waits for the person for ever, unless the address begins with `quick`.
 */
import { done, failed } from '../../../shared/failures/failure.ts'
import type { JobDetail } from '../../../shared/model/job.ts'
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
export type PlaySignIn = (accountId: string | null, frames: readonly { readonly detail: Detail; readonly done: number; readonly total: number; readonly wait: number }[]) => ReturnType<Handlers['signIn.begin']>

export function signInHandlers(world: World, play: PlaySignIn): Pick<Handlers, SignInMethod> {
  const of = (address: string) => providers.find(({ domain }) => address.endsWith(`@${domain}`)) ?? null
  return {
    'signIn.options': ({ address, issuer }) => {
      const found = issuer === null ? of(address) : (providers.find((one) => one.issuer === issuer) ?? null)
      return done({ guidance: findingsFor(address).guidance, provider: found === null ? null : { name: found.name, issuer: found.issuer, ready: found.ready } })
    },
    'signIn.begin': ({ subject, way }) => {
      const address = subject.is === 'draft' ? subject.address : (world.accounts.find(({ account }) => account.id === subject.id)?.account.user.address ?? '')
      const waiting: Detail = { kind: 'sign-in', phase: 'wait', provider: of(address)?.name ?? 'Microsoft', way, page: null, userCode: null, signInId: null, signedInAs: null }
      const frames = [{ detail: waiting, done: 0, total: 1, wait: address.startsWith('quick') ? 200 : 3_600_000 }, { detail: { ...waiting, phase: 'done' as const, signInId: 'signed-in', signedInAs: address }, done: 1, total: 1, wait: 0 }]
      return play(subject.is === 'account' ? subject.id : null, frames)
    },
    'signIn.page': () => done({ url: 'https://accounts.google.com/o/oauth2/v2/auth?client_id=mailroom' }),
    'signIn.of': ({ accountId }) => {
      const found = world.accounts.find(({ account }) => account.id === accountId)
      if (found?.account.incoming?.signIn.method !== 'oauth2') return failed('account.no-web-sign-in')
      return done({ provider: of(found.account.user.address)?.name ?? 'Microsoft', signedIn: found.paused?.code !== 'signin.again', signedInAs: found.account.user.address })
    },
    'signIn.out': () => done({}),
  }
}
