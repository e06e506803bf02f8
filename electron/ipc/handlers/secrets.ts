/** `secrets.…`: where passwords are kept, and passwords on their way there. They never come back out. */
import { directionSchema, ownSignIn } from '../../../shared/model/account.ts'
import { secretOwnerOf } from '../../../shared/model/levels.ts'
import { houseServerFor } from '../../../shared/model/way-out.ts'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import type { HandlersOf } from '../handlers.ts'
import { rememberedBy } from '../remembered-by.ts'
import type { Parts } from '../parts.ts'

export function secretsHandlers({ secrets, accounts, settings, pauses, changed }: Pick<Parts, 'secrets' | 'accounts' | 'settings' | 'pauses' | 'changed'>): HandlersOf<'secrets'> {
  const andTell = <T>(outcome: Outcome<T>): Outcome<T> => {
    if (outcome.ok) changed('accounts.changed')
    return outcome
  }
  return {
    'secrets.store': async () => done(await secrets.store()),
    'secrets.usePlace': async ({ place }) => andTell(await secrets.usePlace(place)),
    'secrets.makeVault': async ({ passphrase }) => andTell(await secrets.makeVault(passphrase)),
    'secrets.unlockVault': async ({ passphrase }) => andTell(await secrets.unlockVault(passphrase)),
    async 'secrets.provide'({ accountId, secrets: provided }) {
      const account = accounts.get(accountId)
      if (!account.ok) return account
      for (const direction of directionSchema.options) {
        const secret = provided[direction]
        if (secret === undefined) continue
        // In its place there is a permission, and no password will do.
        if (ownSignIn(account.value, direction)?.method === 'oauth2') return failed('signin.again', { name: account.value.name })
        // The sign-in may be that of the level whose server it is: then the password is too.
        const house = direction === 'outgoing' && account.value.outgoing?.signIn.use === 'server' ? houseServerFor(account.value, settings.get()) : null
        if (house?.server.signIn?.method === 'oauth2') return failed('signin.again', { name: house.server.host })
        const kept = house === null
          ? await secrets.write(accountId, direction, secret, rememberedBy(account.value, direction))
          : await secrets.write(secretOwnerOf(house.level), direction, secret, house.server.signIn?.rememberPassword === true)
        if (!kept.ok) return kept
      }
      pauses.resume(accountId)
      return andTell(done({}))
    },
  }
}
