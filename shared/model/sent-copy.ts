/**
 * The copy of a sent mail in the Sent folder of its account, on the server (PRODUCT D11); and, of a mail whose outcome nobody knows,
 * that it was looked for there (D3).
 *
 *   waiting ─▶ adding ─▶ there                      adding = the server may have it: looked for before it is added again
 *    ↻ looked for again where the server may yet put it there by itself
 *      │  ▲______│   └─▶ failed                     (refused for good, or for five days)
 *      ├─▶ there                                    the server had kept one itself
 *      └─▶ server-keeps, not-wanted, no-folder      by what is known of the server, by the account's choice, without a Sent folder
 *
 *   missing = the mail's outcome is unknown, and it was not in the folder when it was last looked for
 */
import { z } from 'zod'
import { failureSchema } from '../failures/failure.ts'

export const sentCopyStateSchema = z.enum(['waiting', 'adding', 'there', 'server-keeps', 'not-wanted', 'no-folder', 'failed', 'missing'])
export type SentCopyState = z.infer<typeof sentCopyStateSchema>

export const sentCopySchema = z.object({
  state: sentCopyStateSchema,
  /** Since when, ISO 8601, UTC. */
  at: z.string(),
  /** Where it is, or was looked for; null = no folder was asked yet. */
  folder: z.string().nullable(),
  /** Mailroom put it there; else the server, or another program, had. */
  added: z.boolean(),
  /** Why the last try did not work; null = it did, or there was none. */
  failure: failureSchema.nullable(),
  /** It is tried again with the next check for mail after this; null = not again. */
  nextAt: z.string().nullable(),
})
export type SentCopy = z.infer<typeof sentCopySchema>

/** Whether Mailroom adds a copy: `auto` where the server is not known to keep one itself. */
export const keepSentSchema = z.enum(['auto', 'always', 'never'])
export type KeepSent = z.infer<typeof keepSentSchema>
