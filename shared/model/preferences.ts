/** What a person set for the program as a whole (PRODUCT E1, E4, E6). */
import { z } from 'zod'

export const languageSchema = z.enum(['en', 'nl'])
export type Language = z.infer<typeof languageSchema>
export const languages: readonly Language[] = languageSchema.options

/** E6: every look-up that goes to a host the user did not choose; each can be switched off. */
export const lookUpSchema = z.enum(['provider-table', 'guess'])
export type LookUp = z.infer<typeof lookUpSchema>

export const preferencesSchema = z.strictObject({
  /** null = the system's. */
  language: languageSchema.nullable().default(null),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  startWithSystem: z.boolean().default(false),
  startMinimised: z.boolean().default(false),
  notifications: z.boolean().default(true),
  lookUps: z.record(lookUpSchema, z.boolean()).default({ 'provider-table': true, guess: true }),
})
export type Preferences = z.infer<typeof preferencesSchema>
