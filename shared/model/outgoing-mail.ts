/**
 * A mail on its way out (PRODUCT D1-D5).
 *
 *   draft ─▶ scheduled ─▶ ready ─▶ sending ─▶ submitting ─▶ sent
 *              held  ◀──▶  ▲  ▲       │  reset     ├──────▶ error      (the server refused)
 *                          │  └───────┘            └──────▶ unknown    (no reply recorded: never resent by itself)
 *                          └─── clear ── error
 *   draft, scheduled, held, ready, error ─▶ cancelled
 *
 * `sending` = taken by a run, nothing submitted yet. `submitting` is on disk before the first byte of DATA goes out, so
 * whatever happens after it, the row tells that the server may have the mail.
 */
import { z } from 'zod'
import { failureSchema } from '../failures/failure.ts'
import { accountIdSchema } from './account.ts'
import { mailReturnSchema, type ReturnOutcome } from './mail-return.ts'
import { sentCopySchema } from './sent-copy.ts'
import { line, mailAddress, paragraph } from './text-field.ts'

export const outgoingStateSchema = z.enum([
  'draft', 'scheduled', 'held', 'ready', 'sending', 'submitting', 'sent', 'error', 'unknown', 'cancelled',
])
export type OutgoingState = z.infer<typeof outgoingStateSchema>

export const outgoingIdSchema = z.string().min(1).max(64)
export type OutgoingId = z.infer<typeof outgoingIdSchema>

export const recipientKindSchema = z.enum(['to', 'cc', 'bcc'])

/** `replyCode` and `words` are the server's answer to RCPT TO or to DATA for this recipient. */
export const recipientSchema = z.object({
  kind: recipientKindSchema,
  name: z.string(),
  address: z.string(),
  state: z.enum(['waiting', 'accepted', 'refused']),
  replyCode: z.number().int().nullable(),
  words: z.string().nullable(),
  /** The most telling of what came back about it; null = nothing did. */
  returned: mailReturnSchema.nullable(),
})
export type Recipient = z.infer<typeof recipientSchema>

export const outgoingEventSchema = z.object({
  /** ISO 8601, UTC. */
  at: z.string(),
  state: outgoingStateSchema,
  words: z.string().nullable(),
  failure: failureSchema.nullable(),
})

export const outgoingRowSchema = z.object({
  id: outgoingIdSchema,
  accountId: accountIdSchema,
  state: outgoingStateSchema,
  messageId: z.string(),
  from: z.object({ name: z.string(), address: z.string() }),
  recipients: z.array(recipientSchema),
  subject: z.string(),
  size: z.number().int().nonnegative(),
  attachmentNames: z.array(z.string()),
  createdAt: z.string(),
  changedAt: z.string(),
  /** When it is sent at the earliest; null = as soon as possible. */
  notBefore: z.string().nullable(),
  attempts: z.number().int().nonnegative(),
  failure: failureSchema.nullable(),
  /** On no contact's record. */
  private: z.boolean(),
  /** The batch it was made by (`batch.ts`); null = written by itself. */
  batchId: z.string().nullable(),
})
export type OutgoingRow = z.infer<typeof outgoingRowSchema>

export const outgoingViewSchema = outgoingRowSchema.extend({
  history: z.array(outgoingEventSchema),
  /** All that came back, in the order it came. */
  returns: z.array(mailReturnSchema.extend({ address: z.string() })),
  /** In the account's Sent folder; null = it was not sent, or not looked for there. */
  sentCopy: sentCopySchema.nullable(),
  text: z.string(),
})
export type OutgoingView = z.infer<typeof outgoingViewSchema>

/** What became of it, as far as it is known: its state, and after `sent` what came back. One bounce makes it `bounced`; all must have read it for `read`. */
export const shownStateSchema = z.enum([...outgoingStateSchema.options, 'delivered', 'bounced', 'read'])
export type ShownState = z.infer<typeof shownStateSchema>

const arrived: ReadonlySet<ReturnOutcome> = new Set<ReturnOutcome>(['delivered', 'deleted', 'read', 'complained'])

export function shownState({ state, recipients }: Pick<OutgoingRow, 'state' | 'recipients'>): ShownState {
  if (state !== 'sent') return state
  const outcomes = recipients.map(({ returned }) => returned?.outcome ?? null)
  if (outcomes.includes('bounced')) return 'bounced'
  if (outcomes.every((outcome) => outcome === 'read')) return 'read'
  return outcomes.every((outcome) => outcome !== null && arrived.has(outcome)) ? 'delivered' : 'sent'
}

const addressee = z.strictObject({ name: line().default(''), address: mailAddress })

/** What a person wrote. Attachments are files handed over before, see the contract's `files` area. */
export const composedMailSchema = z
  .strictObject({
    accountId: accountIdSchema,
    to: z.array(addressee).default([]),
    cc: z.array(addressee).default([]),
    bcc: z.array(addressee).default([]),
    subject: line(998).default(''),
    text: paragraph(5_000_000).default(''),
    /** The same words formatted; null = as plain as the text. */
    html: paragraph(5_000_000).nullable().default(null),
    attachments: z.array(z.string()).default([]),
    /** Message-ID of the mail this answers. */
    inReplyTo: line(998).nullable().default(null),
    notBefore: z.iso.datetime().nullable().default(null),
    hold: z.boolean().default(false),
    /** null = as the account says (C5). */
    private: z.boolean().nullable().default(null),
    /** D7, null = as the account says: whether and where a read receipt (RFC 8098) goes, and a delivery report (RFC 3461). */
    readReceipt: z.enum(['none', 'account', 'reply-to']).nullable().default(null),
    deliveryReport: z.boolean().nullable().default(null),
  })
  .refine((mail) => mail.to.length + mail.cc.length + mail.bcc.length > 0, { path: ['to'], message: 'no-recipient' })
export type ComposedMail = z.infer<typeof composedMailSchema>
export type ComposedMailInput = z.input<typeof composedMailSchema>
