/** Signing in over the web, wired: one HTTPS client for all providers, the permissions, and where Mailroom is known under which name. */
import { ownSignIn } from '../../shared/model/account.ts'
import { secretOwnerOf } from '../../shared/model/levels.ts'
import type { Language } from '../../shared/model/preferences.ts'
import { signInPages } from '../../shared/words/sign-in-page.ts'
import type { LoopbackPages } from '../protocols/oauth/loopback.ts'
import type { JobId } from '../../shared/model/job.ts'
import { openHttps } from '../protocols/net/https-request.ts'
import { createOAuthClient, type OAuthClient } from '../protocols/oauth/oauth-client.ts'
import { providerFetch } from '../protocols/oauth/provider-fetch.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'
import type { Permissions } from '../sign-in/access-tokens.ts'
import { createPermissions } from '../sign-in/create-permissions.ts'
import { clearTextAllowed, createProviders, type Providers } from '../sign-in/providers.ts'
import { createRegistrations, type Registrations } from '../sign-in/registrations.ts'
import type { SettingsStore } from '../storage/settings.ts'

export interface WebSignInParts {
  readonly settings: SettingsStore
  readonly secrets: SecretKeeper
  readonly redact: (secret: string) => void
  /** The program ends. */
  readonly signal: AbortSignal
  readonly now: () => Date
  readonly environment?: Readonly<Record<string, string | undefined>>
}

export interface WebSignIn {
  readonly client: OAuthClient
  readonly permissions: Permissions
  readonly providers: Providers
  readonly registrations: Registrations
  readonly pages: Map<JobId, string>
  close(): void
}

export function createWebSignIn({ settings, secrets, redact, signal, now, environment = process.env }: WebSignInParts): WebSignIn {
  const set = () => settings.get().signInProviders
  // In clear to this machine only, and the OAuth client allows even that only for an issuer that the settings name.
  const https = openHttps({ timeoutSeconds: 30, signal, clearTextToThisMachine: true })
  const client = createOAuthClient({ fetch: providerFetch(https), mayBeInClear: (issuer) => clearTextAllowed(set(), issuer) })
  const remembers: Parameters<typeof createPermissions>[0]['remembers'] = (id, direction) => {
    const { accounts, organization, units } = settings.get()
    const account = accounts.find((one) => one.id === id)
    if (account !== undefined) return ownSignIn(account, direction)?.rememberPassword ?? false
    const level = id === secretOwnerOf({ is: 'organization' }) ? organization : units.find((unit) => secretOwnerOf({ is: 'unit', id: unit.id }) === id)
    return level?.server?.signIn?.rememberPassword ?? false
  }
  return {
    client,
    permissions: createPermissions({ client, secrets, remembers, redact, now }),
    providers: createProviders(set, environment),
    registrations: createRegistrations({ settings, secrets }),
    pages: new Map(),
    close: () => https.close(),
  }
}

export function loopbackPages(language: Language): LoopbackPages {
  const { well, badly, stranger } = signInPages[language]
  return { outcome: (went) => ({ language, ...(went === 'well' ? well : badly) }), stranger: { language, ...stranger } }
}
