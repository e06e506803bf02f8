/**
 * The levels above an account (PRODUCT B6, D6): the organization, and its units, to one of which an account may belong.
 * Each may have an outgoing server of its own that its accounts use, and a footer for all their mail.
 */
import { z } from 'zod'
import { missingOr } from './field-problem.ts'
import { signInSchema, serverAddressShape } from './server.ts'
import { host, isMailAddress, line, optionalMailAddress, paragraph, requiredLine } from './text-field.ts'

/**
 * Words that go under every mail, as text and, where somebody wants them formatted, as HTML too. A plain string is the text, as
 * settings of version 1 have it and as people write it by hand.
 */
export const passageSchema = z.preprocess(
  (given) => (typeof given === 'string' ? { text: given } : given),
  z.strictObject({ text: paragraph().default(''), html: paragraph(100_000).default('') }),
)
export type Passage = z.infer<typeof passageSchema>

export const noPassage: Passage = { text: '', html: '' }

/** B6: an outgoing server of the organization or of one unit, which several senders use (A9). */
export const houseServerSchema = z.strictObject({
  /** False = passed over; nothing is deleted. */
  enabled: z.boolean('wrong-type').default(true),
  ...serverAddressShape,
  host,
  /** null = it takes mail from whom it knows by other means, such as an office's own network. */
  signIn: signInSchema.nullable().default(null),
  /** The one sender of all mail through this server, such as no-reply@; answers then go to whoever wrote. Empty = each sends as itself. */
  noReplyAddress: optionalMailAddress.default(''),
  noReplyName: line().default(''),
  /** Some servers want an address as user name; then anything else is refused beside the field. */
  userNameMustBeAddress: z.boolean('wrong-type').default(false),
}, { error: missingOr() }).superRefine((server, context) => {
  const problem = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message })
  if (server.security === 'none' && !server.clearTextConfirmed) problem(['security'], 'not-confirmed')
  if (server.userNameMustBeAddress && server.signIn !== null && !isMailAddress(server.signIn.userName)) problem(['signIn', 'userName'], 'must-be-address')
})
export type HouseServer = z.infer<typeof houseServerSchema>

export const organizationSchema = z.strictObject({
  name: line().default(''),
  footer: passageSchema.prefault({}),
  server: houseServerSchema.nullable().default(null),
})
export type Organization = z.infer<typeof organizationSchema>

export const unitIdSchema = z.string().regex(/^[\da-z-]{1,64}$/, 'wrong-type')
export type UnitId = z.infer<typeof unitIdSchema>

const unitShape = {
  name: requiredLine(100),
  kind: z.enum(['company', 'employer', 'department'], 'not-a-choice').default('company'),
  footer: passageSchema.prefault({}),
  server: houseServerSchema.nullable().default(null),
} as const

/** A unit that is not saved yet: everything but its id. */
export const unitDraftSchema = z.strictObject(unitShape)
export type UnitDraft = z.infer<typeof unitDraftSchema>
export const unitSchema = z.strictObject({ id: unitIdSchema, ...unitShape })
export type Unit = z.infer<typeof unitSchema>

/** What is set above the accounts. */
export interface Levels {
  readonly organization: Organization
  readonly units: readonly Unit[]
}

/** A level that can have a server: the organization, or a unit by its id. */
export const levelSchema = z.discriminatedUnion('is', [z.object({ is: z.literal('organization') }), z.object({ is: z.literal('unit'), id: unitIdSchema })])
export type Level = z.infer<typeof levelSchema>

/** Whose sign-in over the web it is: an account's own, or that of a level whose server its accounts use. */
export const signInHolderSchema = z.discriminatedUnion('is', [z.object({ is: z.literal('account'), id: z.string().max(64) }), z.object({ is: z.literal('level'), level: levelSchema })])
export type SignInHolder = z.infer<typeof signInHolderSchema>

export function unitOf({ units }: Levels, unitId: UnitId | null): Unit | null {
  return units.find(({ id }) => id === unitId) ?? null
}

/** The name a level's password is kept under. No account's id looks like it: those are UUIDs. */
export function secretOwnerOf(level: Level): string {
  return level.is === 'organization' ? 'server-of-organization' : `server-of-unit-${level.id}`.slice(0, 64)
}
