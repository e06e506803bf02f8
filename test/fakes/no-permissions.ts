/** Nobody has signed in over the web. */
import type { Permissions } from '../../electron/sign-in/access-tokens.ts'
import { failed } from '../../shared/failures/failure.ts'

export const noPermissions: Permissions = {
  tokenFor: async () => failed('signin.again'),
  tokenInsteadOf: async () => failed('signin.again'),
  keep: () => 'nobody',
  textOf: () => null,
  replace: async () => failed('secrets.absent'),
  release: async () => undefined,
}
