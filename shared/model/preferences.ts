/** What a person set for the program as a whole (PRODUCT E1, E4, E6). */
import { z } from 'zod'

export const languageSchema = z.enum(['en', 'nl'])
export type Language = z.infer<typeof languageSchema>
export const languages: readonly Language[] = languageSchema.options

/** E6: every look-up that goes to a host the user did not choose; each can be switched off. */
export const lookUpSchema = z.enum(['provider-table', 'guess'])
export type LookUp = z.infer<typeof lookUpSchema>

const shape = {
  /** null = the system's. */
  language: languageSchema.nullable(),
  theme: z.enum(['system', 'light', 'dark']),
  startWithSystem: z.boolean(),
  startMinimised: z.boolean(),
  notifications: z.boolean(),
  lookUps: z.record(lookUpSchema, z.boolean()),
} as const

export const preferencesSchema = z.strictObject({
  language: shape.language.default(null),
  theme: shape.theme.default('system'),
  startWithSystem: shape.startWithSystem.default(false),
  startMinimised: shape.startMinimised.default(false),
  notifications: shape.notifications.default(true),
  lookUps: shape.lookUps.default({ 'provider-table': true, guess: true }),
})
export type Preferences = z.infer<typeof preferencesSchema>

/** What is left out stays as it is. Made from fields without defaults: `partial()` over a default would fill it in. */
export const preferencesChangeSchema = z.strictObject(shape).partial()
