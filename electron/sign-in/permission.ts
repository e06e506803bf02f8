/**
 * What a finished sign-in over the web leaves behind, and what the keychain holds for an account that signs in so: the refresh token, with the
 * registration it was given to, because it is good for that one only (RFC 6749 section 6). One entry, so that both change together.
 */
import { z } from 'zod'
import type { Granted, Issuer } from '../protocols/oauth/oauth-client.ts'

const permissionSchema = z.strictObject({
  version: z.literal(1),
  issuer: z.string().max(500),
  clientId: z.string().min(1).max(500),
  clientSecret: z.string().max(500).nullable(),
  refreshToken: z.string().min(1).max(16384),
  /** Whom the provider said it was; null = it did not say. */
  signedInAs: z.string().max(320).nullable(),
})
export type Permission = z.infer<typeof permissionSchema>

export function permissionOf({ url, registration }: Issuer, refreshToken: string, { identity }: Granted): Permission {
  return { version: 1, issuer: url, clientId: registration.clientId, clientSecret: registration.clientSecret, refreshToken, signedInAs: identity.names[0] ?? null }
}

export function issuerOf({ issuer, clientId, clientSecret }: Permission): Issuer {
  return { url: issuer, registration: { clientId, clientSecret } }
}

export function permissionText(permission: Permission): string {
  return JSON.stringify(permission)
}

export function isPermission(text: string): boolean {
  return readPermission(text) !== null
}

/** null = this is none: a password that was kept before the account signed in over the web, or an entry somebody else wrote. */
export function readPermission(text: string): Permission | null {
  try {
    return permissionSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
