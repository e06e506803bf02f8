/** Which mails of the outbox are meant: for its list, its figures by day and the export of its log. */
import { z } from 'zod'
import { accountIdSchema } from './account.ts'
import { shownStateSchema, type ShownState } from './outgoing-mail.ts'

export const outgoingFilterSchema = z.object({
  /** null = whatever their state. */
  states: z.array(shownStateSchema).nullable().default(null),
  accountId: accountIdSchema.nullable().default(null),
  batchId: z.string().nullable().default(null),
  /** Every word is in the subject, in a recipient's name or address, or in the Message-ID. */
  search: z.string().max(200).default(''),
  /** First and last day they were put in the outbox, YYYY-MM-DD by the machine's calendar. */
  since: z.iso.date().nullable().default(null),
  until: z.iso.date().nullable().default(null),
})
export type OutgoingFilter = z.infer<typeof outgoingFilterSchema>

/** Mails put in the outbox on one day, each counted once, by what is known of it now. Cancelled ones and drafts are not counted. */
export const outgoingDaySchema = z.object({ day: z.iso.date(), sent: z.number(), bounced: z.number(), waiting: z.number(), failed: z.number() })
export type OutgoingDay = z.infer<typeof outgoingDaySchema>
export type DayGroup = Exclude<keyof OutgoingDay, 'day'>

/** `failed`: an error, or an outcome nobody knows; a person has to look. */
export const dayGroups: Readonly<Record<DayGroup, readonly ShownState[]>> = {
  sent: ['sent', 'partly', 'delivered', 'read'],
  bounced: ['bounced'],
  waiting: ['scheduled', 'held', 'ready', 'sending', 'submitting'],
  failed: ['error', 'unknown'],
}
