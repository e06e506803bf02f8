/** What a person set for the program as a whole (PRODUCT E1, E4, E6). */
import { z } from 'zod'

export const languageSchema = z.enum(['en', 'nl'])
export type Language = z.infer<typeof languageSchema>
export const languages: readonly Language[] = languageSchema.options

/** E6: every look-up that settings of an address are found with, best first; most go to a host the user did not choose, and each can be switched off. */
export const lookUpSchema = z.enum(['provider-table', 'autoconfig', 'ispdb', 'srv', 'mx', 'autodiscover', 'jmap', 'guess'])
export type LookUp = z.infer<typeof lookUpSchema>
export const lookUpNames: readonly LookUp[] = lookUpSchema.options

const switchedOn = z.boolean().default(true)
/** Settings written before a look-up was known have it switched on, as it is for everybody. */
const lookUpsSchema = z.strictObject({
  'provider-table': switchedOn, autoconfig: switchedOn, ispdb: switchedOn, srv: switchedOn, mx: switchedOn, autodiscover: switchedOn, jmap: switchedOn, guess: switchedOn,
} satisfies Record<LookUp, typeof switchedOn>)

const shape = {
  /** null = the system's. */
  language: languageSchema.nullable(),
  theme: z.enum(['system', 'light', 'dark']),
  startWithSystem: z.boolean(),
  startMinimised: z.boolean(),
  notifications: z.boolean(),
  lookUps: z.record(lookUpSchema, z.boolean()),
  /** The whole address may be told to the web servers of its own domain, where a look-up works better with it. */
  tellAddress: z.boolean(),
} as const

export const preferencesSchema = z.strictObject({
  language: shape.language.default(null),
  theme: shape.theme.default('system'),
  startWithSystem: shape.startWithSystem.default(false),
  startMinimised: shape.startMinimised.default(false),
  notifications: shape.notifications.default(true),
  lookUps: lookUpsSchema.default(lookUpsSchema.parse({})),
  tellAddress: shape.tellAddress.default(false),
})
export type Preferences = z.infer<typeof preferencesSchema>

/** What is left out stays as it is. Made from fields without defaults: `partial()` over a default would fill it in. */
export const preferencesChangeSchema = z.strictObject(shape).partial()
