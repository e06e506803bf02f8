/** Ends a permission: forgotten here first, which is certain, then given back to the provider, as far as it can be reached. */
import { done, type Outcome } from '../../shared/failures/failure.ts'
import type { OAuthClient } from '../protocols/oauth/oauth-client.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'
import type { Permissions, TokenOwner } from './access-tokens.ts'
import { issuerOf, readPermission } from './permission.ts'

export interface SignOutParts {
  readonly client: Pick<OAuthClient, 'revoke'>
  readonly secrets: Pick<SecretKeeper, 'read' | 'remove'>
  readonly permissions: Pick<Permissions, 'release'>
}

export async function signOut({ client, secrets, permissions }: SignOutParts, owner: Extract<TokenOwner, { of: 'account' }>): Promise<Outcome<void>> {
  await permissions.release(owner)
  const text = await secrets.read(owner.id, owner.direction)
  if (!text.ok) return text
  const removed = await secrets.remove(owner.id, owner.direction)
  if (!removed.ok) return removed
  await permissions.release(owner)
  const permission = text.value === null ? null : readPermission(text.value)
  if (permission !== null) await client.revoke(issuerOf(permission), permission.refreshToken)
  return done(undefined)
}
