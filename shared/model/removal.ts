/**
 * What an account's delivery option takes from the server, when, and why (PRODUCT C2). A rule that takes anything is only in
 * force once a person has seen its preview and agreed to it.
 */
import { z } from 'zod'
import type { Delivery } from './account.ts'
import { mailboxAddressSchema, messageIdSchema } from './message.ts'

/** So many rows of a preview are named; all are counted. */
export const previewedRemovals = 500

const removalReasonSchema = z.enum(['not-left', 'older-than-days', 'deleted-here'])
export type RemovalReason = z.infer<typeof removalReasonSchema>

const copy = z.object({ subject: z.string(), from: mailboxAddressSchema.nullable(), storedAt: z.string() })

const dueRemovalSchema = copy.extend({
  /** Of the message that is or was here; null where it was deleted so long ago that nobody knows. */
  id: messageIdSchema.nullable(),
  reason: removalReasonSchema,
  /** From when on it may go; null = the next run takes it. */
  dueAt: z.string().nullable(),
})
export type DueRemoval = z.infer<typeof dueRemovalSchema>

/** `due`: how many the next run takes; `total`: with those that go later. The first of them by name, soonest first. */
export const removalPreviewSchema = z.object({ due: z.number(), total: z.number(), rows: z.array(dueRemovalSchema).max(previewedRemovals) })
export type RemovalPreview = z.infer<typeof removalPreviewSchema>

/** One line of the ledger: a copy the server has confirmed to be gone because Mailroom asked for it. */
export const removedCopySchema = copy.extend({
  removedAt: z.string(),
  /** It went because the message was deleted here; false = its time had come, and the message stayed here. */
  deletedHere: z.boolean(),
})
export type RemovedCopy = z.infer<typeof removedCopySchema>

export function removesAnything({ leaveCopy, removeAfterDays, removeWhenDeleted }: Delivery): boolean {
  return !leaveCopy || removeAfterDays !== null || removeWhenDeleted
}

/** Without a copy left on the server, the other two options change nothing. */
export function sameRemovals(one: Delivery, other: Delivery): boolean {
  if (one.leaveCopy !== other.leaveCopy) return false
  return !one.leaveCopy || (one.removeAfterDays === other.removeAfterDays && one.removeWhenDeleted === other.removeWhenDeleted)
}
