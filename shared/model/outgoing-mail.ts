/**
 * A mail on its way out (PRODUCT D1-D5, D12).
 *
 *   draft ──queue──┬─────────────▶ ready ──take──▶ sending ──submit──▶ submitting ──┬─▶ sent
 *                  ├─▶ scheduled ──▲ ▲ ◀──reset────┘                     │          ├─▶ error     (refused for good: nobody has it)
 *                  └─▶ held ◀──────┘ │ ◀───────────── refused for now ───┤          └─▶ unknown   (no answer recorded)
 *                       hold, release└─────clear── error                 └─ a crash, a lost answer ──▲
 *
 *   draft, scheduled, held, ready, error ──cancel──▶ cancelled          error ──clear (dismiss)──▶ cancelled
 *   unknown ──resolve──▶ sent | ready                                   sent, error, cancelled ──resend──▶ a new, linked mail
 *
 * `sending` = taken by a run, nothing submitted yet: only then can it be reset. `submitting` is on disk before the end of the message
 * goes out, without which no server may take it; so whatever happens after that, the row tells that the server may have the mail, and
 * nothing but an answer or a person moves it on. Who may ask for what is in `outgoing-actions.ts`. What an older copy of the outbox brings
 * back is `unknown`, or stays held, whatever it was (docs/decisions/an-older-copy-of-the-outbox.md).
 *
 * Each recipient has a result of its own. Whoever was accepted never gets the mail again: the others are tried again (`deferred`) or
 * told of (`refused`), and a mail that some have is never `error` or `cancelled`: when nobody is left to try it is `sent`, and shown
 * as `partly` sent.
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

/**
 * `deferred` = refused for now, and tried again; `refused` = for good. `replyCode` and `words` are the server's answer to RCPT TO or to
 * DATA for this recipient.
 */
export const recipientSchema = z.object({
  kind: recipientKindSchema,
  name: z.string(),
  address: z.string(),
  state: z.enum(['waiting', 'accepted', 'deferred', 'refused']),
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
  /** When it is tried again, where this attempt failed for now. */
  nextAt: z.string().nullable(),
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
  /** The mail this one sends again (D12). */
  resentFrom: outgoingIdSchema.nullable(),
  /** The batch it was made by (`batch.ts`); null = written by itself. */
  batchId: z.string().nullable(),
})
export type OutgoingRow = z.infer<typeof outgoingRowSchema>

export const outgoingViewSchema = outgoingRowSchema.extend({
  history: z.array(outgoingEventSchema),
  /** All that came back, in the order it came. */
  returns: z.array(mailReturnSchema.extend({ address: z.string() })),
  /** The mails that send this one again, oldest first. */
  resentAs: z.array(outgoingIdSchema),
  /** In the account's Sent folder; null = it was not sent, or not looked for there. */
  sentCopy: sentCopySchema.nullable(),
  text: z.string(),
})
export type OutgoingView = z.infer<typeof outgoingViewSchema>

/**
 * What became of it, as far as it is known: its state, and after `sent` what came back. One bounce makes it `bounced`, else one refused
 * recipient `partly` sent; all must have read it for `read`.
 */
export const shownStateSchema = z.enum([...outgoingStateSchema.options, 'partly', 'delivered', 'bounced', 'read'])
export type ShownState = z.infer<typeof shownStateSchema>

const arrived: ReadonlySet<ReturnOutcome> = new Set<ReturnOutcome>(['delivered', 'deleted', 'read', 'complained'])

export function shownState({ state, recipients }: Pick<OutgoingRow, 'state' | 'recipients'>): ShownState {
  if (state !== 'sent') return state
  const outcomes = recipients.map(({ returned }) => returned?.outcome ?? null)
  if (outcomes.includes('bounced')) return 'bounced'
  if (recipients.some((recipient) => recipient.state === 'refused')) return 'partly'
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
    /** The draft this was; it goes in the moment the mail is in the queue, so there is never both or neither. */
    draftId: outgoingIdSchema.nullable().default(null),
  })
  .refine((mail) => mail.to.length + mail.cc.length + mail.bcc.length > 0, { path: ['to'], message: 'no-recipient' })
export type ComposedMail = z.infer<typeof composedMailSchema>
export type ComposedMailInput = z.input<typeof composedMailSchema>

/** The data folder was copied, moved or put back: what waited in it may have been sent elsewhere. */
export const copiedFolderViewSchema = z.object({
  /** Where it was; null = not known. */
  path: z.string().nullable(),
  /** The computer's name. */
  host: z.string().nullable(),
  /** When that was noticed. */
  at: z.string(),
  /** So many are in doubt for that, and nothing else. */
  mails: z.number().int(),
  /** The other folder is on this computer, and could send. */
  stillThere: z.boolean(),
})
export type CopiedFolderView = z.infer<typeof copiedFolderViewSchema>
