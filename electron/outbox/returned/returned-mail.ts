/** What an incoming mail tells about one that went out (D10). Every word in it was written by somebody else: it is a claim, not a proof. */

import type { RefusalCause } from '../../../shared/model/mail-return.ts'

export type ReturnedMail =
  | { readonly is: 'no-report' }
  | { readonly is: 'delivery-report'; readonly about: AboutMail; readonly reportingServer: string | null; readonly recipients: readonly RecipientReport[] }
  | { readonly is: 'read-receipt'; readonly about: AboutMail; readonly receipt: ReadReceipt }
  | { readonly is: 'complaint'; readonly about: AboutMail; readonly feedbackType: string; readonly recipients: readonly string[] }
  /** Whose program answers, and how the answer begins. */
  | { readonly is: 'auto-reply'; readonly about: AboutMail; readonly from: string | null; readonly words: string }

/** What ties it to the mail that went out. */
export interface AboutMail {
  /** What we gave as ENVID (RFC 3461 section 4.4). */
  readonly envelopeId: string | null
  /** With angle brackets: what the returned part names; only where it names none, In-Reply-To, or the last of References. */
  readonly messageIds: readonly string[]
}

/** RFC 3464 section 2.3.3. */
export type DeliveryAction = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded'

export interface RecipientReport {
  /** The address that was tried; null = the report names none. */
  readonly recipient: string | null
  /** The address as we gave it, where forwarding changed it and the report says so. */
  readonly originalRecipient: string | null
  readonly action: DeliveryAction
  /** RFC 3463, as far as anybody gave one. */
  readonly status: string | null
  readonly replyCode: number | null
  readonly cause: RefusalCause | null
  /** hard = the next mail to this address will fail as well. Null = nothing failed. */
  readonly bounce: 'hard' | 'temporary' | null
  /** One plain line, in the words of whoever refused. */
  readonly words: string
}

/** RFC 8098 section 3.2.6. */
export interface ReadReceipt {
  readonly recipient: string | null
  readonly originalRecipient: string | null
  readonly disposition: 'displayed' | 'deleted' | 'dispatched' | 'processed' | 'denied' | 'failed'
  /** False = a person did it. */
  readonly automatic: boolean
}
