/** What the settings file holds. Version 2 (version 1 had the shared servers in a list of their own); an unknown newer version is refused and never rewritten. */
import { z } from 'zod'
import { accountIdSchema, accountSchema } from '../../shared/model/account.ts'
import { organizationSchema, unitSchema } from '../../shared/model/levels.ts'
import { preferencesSchema } from '../../shared/model/preferences.ts'
import { signInProviderSchema } from '../../shared/model/sign-in-provider.ts'
import type { Outcome } from '../../shared/failures/failure.ts'

export const settingsVersion = 2

export const settingsSchema = z.strictObject({
  version: z.literal(settingsVersion),
  accounts: z.array(accountSchema),
  defaultAccountId: accountIdSchema.nullable(),
  organization: organizationSchema,
  units: z.array(unitSchema),
  preferences: preferencesSchema,
  /** Where people sign in over the web: client ids, and services of one's own. */
  signInProviders: z.array(signInProviderSchema).max(100).default([]),
  secretPlace: z.enum(['keychain', 'vault', 'session']),
  /** A2: a wizard that was left, without passwords; the renderer owns its shape. */
  keptWizard: z.string().nullable(),
})
export type Settings = z.infer<typeof settingsSchema>

/** Read once at start, kept in memory, written whole (temporary file, fsync, rename, fsync of the folder) at every change. */
export interface SettingsStore {
  get(): Settings
  /** Durable when it resolves. A failure leaves file and memory as they were. */
  change(change: (settings: Settings) => Settings): Promise<Outcome<Settings>>
}
