/**
 * Where somebody signs in over the web, and who Mailroom is there: what is known of the large providers, what the settings say, and client ids
 * of the environment. The settings go before the environment, and both before what is known.
 */
import type { ProviderView, SignInProvider } from '../../shared/model/sign-in-provider.ts'
import { callbackPath } from '../protocols/oauth/loopback.ts'
import type { Registration } from '../protocols/oauth/oauth-client.ts'
import { knownProviderFor, knownProviders, type KnownProvider } from './known-providers.ts'

export interface Provider {
  readonly name: string
  readonly issuer: string
  /** null = chosen from those the provider announces. */
  readonly scopes: readonly string[] | null
  readonly loopback: '127.0.0.1' | 'localhost'
  /** Null = the provider is asked whether it has a way for devices. */
  readonly device: boolean | null
  readonly extra: Readonly<Record<string, string>>
  /** null = none is set: Mailroom registers itself, where the provider lets it. */
  readonly registration: Registration | null
  /** The registration has a secret that the keychain holds. */
  readonly secretInKeychain: boolean
}

export interface Providers {
  /** The provider of an issuer; any issuer is one, known or not. */
  byIssuer(issuer: string, http: boolean): Provider
  /** For the domain of an address and the names of its servers; null = none is known to be theirs. */
  byNames(names: readonly string[]): Provider | null
  /** The large ones, then those the settings name. */
  list(): readonly ProviderView[]
}

/** `set` is read at every question: the settings may have changed. */
export function createProviders(set: () => readonly SignInProvider[], environment: Readonly<Record<string, string | undefined>>): Providers {
  function providerOf(issuer: string, known: KnownProvider | null, own: SignInProvider | null, http: boolean): Provider {
    return {
      name: (own?.name || known?.name) ?? hostOf(issuer),
      issuer,
      scopes: own?.scopes ?? (http ? known?.scopesForHttp : undefined) ?? known?.scopes ?? null,
      loopback: own?.loopback ?? known?.loopback ?? '127.0.0.1',
      device: known?.device ?? null,
      extra: known?.extra ?? {},
      registration: registered(own) ?? fromEnvironment(known, environment),
      secretInKeychain: registered(own) !== null && own?.secretInKeychain === true,
    }
  }
  function viewOf(issuer: string, known: KnownProvider | null): ProviderView {
    const own = ownOf(issuer)
    const { name, loopback, registration, secretInKeychain } = providerOf(issuer, known, own, false)
    const from = registration === null ? null : registered(own) === null ? 'environment' : 'settings'
    return {
      issuer, name, known: known !== null, clientId: registration?.clientId ?? '', clientIdFrom: from,
      clientSecretFrom: secretInKeychain ? 'keychain' : registration === null || registration.clientSecret === null ? null : from,
      variable: known === null ? null : `${known.environment}_CLIENT_ID`,
      page: known?.page ?? null, redirectUri: known?.registersNoWayBack === true ? null : `http://${loopback}${callbackPath}`, servers: [...(own?.servers ?? [])],
    }
  }
  const ownOf = (issuer: string) => set().find((one) => sameIssuer(one.issuer, issuer)) ?? null

  return {
    byIssuer: (issuer, http) => providerOf(issuer, knownProviders.find((one) => sameIssuer(one.issuer, issuer)) ?? null, ownOf(issuer), http),
    byNames(names) {
      const own = set().find(({ servers }) => servers.some((server) => names.some((name) => isAt(name, server))))
      if (own !== undefined) return this.byIssuer(own.issuer, false)
      const known = knownProviderFor(names)
      return known === null ? null : providerOf(known.issuer, known, ownOf(known.issuer), false)
    },
    list() {
      const others = set().filter(({ issuer }) => !knownProviders.some((known) => sameIssuer(known.issuer, issuer)))
      return [...knownProviders.map((known) => viewOf(known.issuer, known)), ...others.map(({ issuer }) => viewOf(issuer, null))]
    },
  }
}

/** Are requests to this issuer allowed in clear? Only to this machine, and only where the settings say so. */
export function clearTextAllowed(set: readonly SignInProvider[], issuer: string): boolean {
  return set.some((one) => one.clearText && sameIssuer(one.issuer, issuer))
}

function registered(own: SignInProvider | null): Registration | null {
  return own === null || own.clientId === '' ? null : { clientId: own.clientId, clientSecret: own.clientSecret }
}

function fromEnvironment(known: KnownProvider | null, environment: Readonly<Record<string, string | undefined>>): Registration | null {
  const clientId = known === null ? undefined : environment[`${known.environment}_CLIENT_ID`]
  if (known === null || clientId === undefined || clientId === '') return null
  return { clientId, clientSecret: environment[`${known.environment}_CLIENT_SECRET`] || null }
}

const isAt = (name: string, end: string) => name.toLowerCase() === end.toLowerCase() || name.toLowerCase().endsWith(`.${end.toLowerCase()}`)

/** An issuer is compared as text (RFC 8414 section 3.3), but people write the last slash or leave it out. */
export const sameIssuer = (one: string, other: string) => one.replace(/\/$/, '') === other.replace(/\/$/, '')

function hostOf(issuer: string): string {
  return URL.canParse(issuer) ? new URL(issuer).hostname : issuer
}
