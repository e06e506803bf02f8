/** A sign-in over the web that was finished before there was an account: whose it is while that is being checked, and where it goes when it is saved. */
import { type AccountDraft, type AccountId, directionSchema, needsSecret, ownSignIn } from '../../shared/model/account.ts'
import type { Secrets } from '../../shared/contract/methods.ts'
import { done, failed, type Outcome } from '../../shared/failures/failure.ts'
import type { Permissions, TokenOwner } from '../sign-in/access-tokens.ts'
import type { SecretOwner } from './route.ts'

/** null = nobody has signed in yet. */
export function ownerOf(secret: SecretOwner, signedIn: string | undefined, id: AccountId | null): TokenOwner | null {
  if (secret.of === 'level') return { of: 'account', id: secret.id, direction: secret.direction }
  if (signedIn !== undefined) return { of: 'sign-in', id: signedIn }
  return id === null ? null : { of: 'account', id, direction: secret.direction }
}

/** The secrets with the permission as text for the keychain, under the direction it was given for. `signin.again` where it is not known any more. */
export function withPermission(permissions: Pick<Permissions, 'textOf'>, draft: AccountDraft, { signedIn, ...typed }: Secrets): Outcome<Secrets> {
  if (signedIn === undefined) return done(typed)
  const text = permissions.textOf(signedIn)
  if (text === null) return failed('signin.again', { name: draft.name })
  // Two permissions would be two sign-ins; of one there is one copy.
  const direction = directionSchema.options.find((one) => needsSecret(draft, one) && ownSignIn(draft, one)?.method === 'oauth2')
  return done(direction === undefined ? typed : { ...typed, [direction]: text })
}
