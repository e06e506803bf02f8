/** A mail that is still being written (PRODUCT D1): whatever was typed, right or wrong, so that it can be gone on with later. */
import { z } from 'zod'
import { accountIdSchema } from './account.ts'

/** Nothing is judged here; only its size is bounded. */
const typed = (max: number) => z.string().max(max)
const line = z.strictObject({
  finished: z.array(z.strictObject({ name: typed(1000), address: typed(1000) })).max(10_000),
  typing: typed(100_000),
})

export const draftMailSchema = z.strictObject({
  accountId: accountIdSchema,
  to: line,
  cc: line,
  bcc: line,
  subject: typed(10_000),
  text: typed(5_000_000),
  /** null = written as plain text. */
  html: typed(5_000_000).nullable().default(null),
  inReplyTo: typed(998).nullable(),
  when: z.enum(['now', 'queue', 'later', 'hold']),
  /** Local time without a zone, as the field holds it. */
  later: typed(100),
  private: z.boolean().nullable(),
  readReceipt: z.enum(['none', 'account', 'reply-to']).nullable(),
  deliveryReport: z.boolean().nullable(),
})
export type DraftMail = z.infer<typeof draftMailSchema>
