/** Where a direction of an account connects to and how it signs in, from what is set; nothing is connected yet. */
import { portOf, sharesWebSignIn, type AccountDraft, type Direction, type Incoming } from '../../shared/model/account.ts'
import type { ServerProtocol, SignIn } from '../../shared/model/server.ts'
import { assertNever, done, failed, type Outcome } from '../../shared/failures/failure.ts'
import type { Settings } from '../storage/settings.ts'
import type { Route } from './account-book.ts'
import { secretOwnerOf } from '../../shared/model/levels.ts'
import { houseServerFor } from '../../shared/model/way-out.ts'

/** Whose password a sign-in takes: one of the account's own, or that of the level whose server it is. */
export type SecretOwner =
  | { readonly of: 'account'; readonly direction: Direction }
  | { readonly of: 'level'; readonly id: string; readonly direction: 'outgoing' }

export interface PlannedRoute {
  readonly protocol: Route['protocol']
  readonly server: Route['server']
  readonly signIn: { readonly as: SignIn; readonly secret: SecretOwner } | null
}

export function planRoute(settings: Settings, draft: AccountDraft, direction: Direction): Outcome<PlannedRoute> {
  return direction === 'incoming' ? planIncoming(draft) : planOutgoing(settings, draft)
}

const own = (direction: Direction): SecretOwner => ({ of: 'account', direction })

function planIncoming(draft: AccountDraft): Outcome<PlannedRoute> {
  const incoming: Incoming | null = draft.incoming
  if (incoming === null) return failed('account.cannot-receive', { name: draft.name })
  return done({
    protocol: incoming.protocol,
    server: incoming.protocol === 'jmap' ? overHttp(incoming, draft.timeoutSeconds) : addressed(incoming.protocol, incoming, draft.timeoutSeconds),
    signIn: { as: incoming.signIn, secret: own('incoming') },
  })
}

function planOutgoing(settings: Settings, draft: AccountDraft): Outcome<PlannedRoute> {
  const outgoing = draft.outgoing
  if (outgoing === null) return failed('account.cannot-send', { name: draft.name })
  if (!outgoing.enabled) return failed('send.switched-off', { name: draft.name })
  if (outgoing.server.use === 'incoming') return planIncoming(draft)
  const house = outgoing.server.use === 'shared' ? houseServerFor(draft, settings) : null
  const server = outgoing.server.use === 'own' ? outgoing.server : house?.server
  if (server === undefined) return failed('send.no-server', { name: draft.name })
  const route = { protocol: 'smtp' as const, server: addressed('smtp', server, draft.timeoutSeconds) }
  switch (outgoing.signIn.use) {
    case 'none':
      return done({ ...route, signIn: null })
    case 'same-as-incoming':
      if (draft.incoming === null) return failed('account.cannot-receive', { name: draft.name })
      return done({ ...route, signIn: { as: draft.incoming.signIn, secret: own('incoming') } })
    case 'own':
      return done({ ...route, signIn: { as: outgoing.signIn.signIn, secret: own(sharesWebSignIn(draft) ? 'incoming' : 'outgoing') } })
    case 'server':
      // A shared server without a sign-in takes mail from whom it knows by other means, such as an office's own network.
      if (house === null || house.server.signIn === null) return done({ ...route, signIn: null })
      return done({ ...route, signIn: { as: house.server.signIn, secret: { of: 'level', id: secretOwnerOf(house.level), direction: 'outgoing' } } })
    default:
      return assertNever(outgoing.signIn)
  }
}

type Address = { readonly host: string; readonly port: number | null; readonly security: 'none' | 'starttls' | 'tls'; readonly trustedCertificate: string | null }

function overHttp({ sessionUrl, otherHosts, trustedCertificate }: Extract<Incoming, { protocol: 'jmap' }>, timeoutSeconds: number): Route['server'] {
  const { hostname, port } = new URL(sessionUrl)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 443 : Number(port), security: 'tls', trustedCertificate, timeoutSeconds, http: { sessionUrl, otherHosts } }
}

function addressed(protocol: ServerProtocol, server: Address, timeoutSeconds: number): Route['server'] {
  const { host, security, trustedCertificate } = server
  return { host, port: portOf(protocol, server), security, trustedCertificate, timeoutSeconds }
}
