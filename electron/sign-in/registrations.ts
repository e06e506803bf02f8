/**
 * Who Mailroom is at each provider, as a person sets it: the client id goes to the settings, a client secret to the keychain and never into
 * a file. The secret is kept before the client id that needs it is written; where that cannot be written, the secret is what it was.
 */
import { done, failed, type Outcome } from '../../shared/failures/failure.ts'
import { type ProviderChange, type SignInProvider, signInProviderSchema } from '../../shared/model/sign-in-provider.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'
import type { SettingsStore } from '../storage/settings.ts'
import { sameIssuer } from './providers.ts'

export interface Registrations {
  set(change: ProviderChange): Promise<Outcome<void>>
  /** Of a large provider the client id goes, of another all that is known of it. Permissions that were given stay good: they hold what they need. */
  remove(issuer: string): Promise<Outcome<void>>
  /** `signin.no-registration`: it is not kept any more, or was for the last session only. */
  secretOf(issuer: string): Promise<Outcome<string>>
}

export function createRegistrations({ settings, secrets }: { readonly settings: Pick<SettingsStore, 'get' | 'change'>; readonly secrets: Pick<SecretKeeper, 'read' | 'write' | 'remove'> }): Registrations {
  const entryOf = (issuer: string) => settings.get().signInProviders.find((one) => sameIssuer(one.issuer, issuer)) ?? null
  const without = (all: readonly SignInProvider[], issuer: string) => all.filter((one) => !sameIssuer(one.issuer, issuer))
  const forget = (issuer: string) => secrets.remove(secretOwner(issuer), 'outgoing')

  return {
    async set({ clientSecret, ...change }) {
      const before = entryOf(change.issuer)
      const keeps = clientSecret === undefined && before?.clientId === change.clientId
      const old = before?.secretInKeychain === true ? await secrets.read(secretOwner(change.issuer), 'outgoing') : done(null)
      if (!old.ok) return old
      const kept = typeof clientSecret === 'string' ? await secrets.write(secretOwner(change.issuer), 'outgoing', clientSecret, true) : done(undefined)
      if (!kept.ok) return kept
      const entry = signInProviderSchema.parse({ ...before, ...change, ...(!keeps && { clientSecret: null, secretInKeychain: typeof clientSecret === 'string' }) })
      const written = await settings.change((all) => ({ ...all, signInProviders: [...without(all.signInProviders, entry.issuer), entry] }))
      if (!written.ok) {
        if (typeof clientSecret === 'string') await (old.value === null ? forget(entry.issuer) : secrets.write(secretOwner(entry.issuer), 'outgoing', old.value, true))
        return written
      }
      return before?.secretInKeychain === true && !entry.secretInKeychain ? forget(entry.issuer) : done(undefined)
    },
    async remove(issuer) {
      const before = entryOf(issuer)
      if (before === null) return done(undefined)
      const forgotten = before.secretInKeychain ? await forget(issuer) : done(undefined)
      if (!forgotten.ok) return forgotten
      const written = await settings.change((all) => ({ ...all, signInProviders: without(all.signInProviders, issuer) }))
      return written.ok ? done(undefined) : written
    },
    async secretOf(issuer) {
      const read = await secrets.read(secretOwner(issuer), 'outgoing')
      if (!read.ok) return read
      return read.value === null ? failed('signin.no-registration', { host: new URL(issuer).hostname, detail: 'client secret' }) : done(read.value)
    },
  }
}

/** People who look into their keychain see whose it is. No account's id looks like it: those are UUIDs. */
function secretOwner(issuer: string): string {
  return `client-of-${issuer.replace(/^https?:\/\//, '').replace(/\/$/, '')}`
}
