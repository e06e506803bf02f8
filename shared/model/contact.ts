/**
 * A contact: a person with one or more addresses, and the mail on their record (PRODUCT C5, C6). All of it is computed from mail
 * that is not private, except what a person typed.
 */
import { z } from 'zod'
import { accountIdSchema, directionSchema } from './account.ts'
import { messageIdSchema } from './message.ts'
import { outgoingIdSchema } from './outgoing-mail.ts'
import { line, mailAddress, paragraph } from './text-field.ts'

export const contactIdSchema = z.number().int().positive()
export type ContactId = z.infer<typeof contactIdSchema>

export const contactRowSchema = z.object({
  id: contactIdSchema,
  /** As a person typed it, else as learnt from mail, else the address. */
  name: z.string(),
  /** The one used last comes first. */
  addresses: z.array(z.string()),
  /** Mails on the record. */
  received: z.number().int().nonnegative(),
  sent: z.number().int().nonnegative(),
  /** ISO 8601, UTC; null = no mail is on the record. */
  lastAt: z.string().nullable(),
})
export type ContactRow = z.infer<typeof contactRowSchema>

export const contactViewSchema = contactRowSchema.extend({
  /** '' = the name is learnt from mail. */
  typedName: z.string(),
  note: z.string(),
  /** Months with mail, the newest first, `2026-11` in UTC. */
  months: z.array(z.object({ month: z.string(), received: z.number().int(), sent: z.number().int() })),
})
export type ContactView = z.infer<typeof contactViewSchema>

/** What a person says of a contact. */
export const contactDraftSchema = z.strictObject({
  name: line().default(''),
  note: paragraph().default(''),
  addresses: z.array(mailAddress).min(1, 'empty').max(50, 'number-range'),
})
export type ContactDraft = z.infer<typeof contactDraftSchema>
export type ContactDraftInput = z.input<typeof contactDraftSchema>

/** A mail wherever it is kept: among those received, or in the outbox. */
export const keptMailSchema = z.discriminatedUnion('in', [
  z.object({ in: z.literal('mail'), id: messageIdSchema }),
  z.object({ in: z.literal('outbox'), id: outgoingIdSchema }),
])
export type KeptMail = z.infer<typeof keptMailSchema>

/** One mail on a contact's record. */
export const letterSchema = z.object({
  mail: keptMailSchema,
  direction: directionSchema,
  /** ISO 8601, UTC. */
  at: z.string(),
  accountId: accountIdSchema,
  subject: z.string(),
  hasAttachments: z.boolean(),
  seen: z.boolean(),
})
export type Letter = z.infer<typeof letterSchema>

/** An address on the other side of one mail. `contact` null = nobody's. */
export const partySchema = z.object({
  name: z.string(),
  address: z.string(),
  contact: z.object({ id: contactIdSchema, name: z.string() }).nullable(),
})
export type Party = z.infer<typeof partySchema>
