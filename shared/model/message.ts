/** A message that was received, as lists and the reader show it. The bytes themselves are an .eml file. */
import { z } from 'zod'
import { accountIdSchema } from './account.ts'

export const messageIdSchema = z.number().int().positive()
export type MessageKey = z.infer<typeof messageIdSchema>

export const mailboxAddressSchema = z.object({ name: z.string(), address: z.string() })
export type MailboxAddress = z.infer<typeof mailboxAddressSchema>

export const messageRowSchema = z.object({
  id: messageIdSchema,
  accountId: accountIdSchema,
  /** Path of the folder it is in, or was in last. */
  folder: z.string(),
  from: mailboxAddressSchema.nullable(),
  to: z.array(mailboxAddressSchema),
  subject: z.string(),
  /** The Date header, ISO 8601 UTC; null when there is none that can be read. */
  date: z.string().nullable(),
  /** When it was stored here, ISO 8601 UTC. */
  storedAt: z.string(),
  /** Bytes of the .eml file. */
  size: z.number().int().nonnegative(),
  seen: z.boolean(),
  flagged: z.boolean(),
  answered: z.boolean(),
  /** Somebody took it from the server, not Mailroom; it is kept here (docs/decisions/imap-synchronisation.md). */
  notOnServer: z.boolean(),
  private: z.boolean(),
  hasAttachments: z.boolean(),
  /** False = kept byte for byte, but its headers could not be read; shown raw. */
  readable: z.boolean(),
})
export type MessageRow = z.infer<typeof messageRowSchema>

const attachmentSchema = z.object({
  index: z.number().int().nonnegative(),
  name: z.string(),
  contentType: z.string(),
  size: z.number().int().nonnegative(),
  /** Shown inside the text (Content-ID), not offered as a file. */
  inline: z.boolean(),
})
export type Attachment = z.infer<typeof attachmentSchema>

export const messageViewSchema = messageRowSchema.extend({
  cc: z.array(mailboxAddressSchema),
  replyTo: z.array(mailboxAddressSchema),
  messageId: z.string().nullable(),
  text: z.string().nullable(),
  /** Unsanitised: whoever shows it cleans it and blocks remote content. */
  html: z.string().nullable(),
  attachments: z.array(attachmentSchema),
})
export type MessageView = z.infer<typeof messageViewSchema>
