/** What an incoming mail tells about one that went out (D10). Every word in it was written by somebody else: it is a claim, not a proof. */

export type ReturnedMail =
  | { readonly is: 'no-report' }
  | { readonly is: 'delivery-report'; readonly about: AboutMail; readonly reportingServer: string | null; readonly recipients: readonly RecipientReport[] }
  | { readonly is: 'read-receipt'; readonly about: AboutMail; readonly receipt: ReadReceipt }
  | { readonly is: 'complaint'; readonly about: AboutMail; readonly feedbackType: string; readonly recipients: readonly string[] }
  | { readonly is: 'auto-reply'; readonly about: AboutMail }

/** What ties it to the mail that went out. */
export interface AboutMail {
  /** What we gave as ENVID (RFC 3461 section 4.4). */
  readonly envelopeId: string | null
  /** With their angle brackets: of the returned part first, then In-Reply-To and References. */
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

/** Why it did not arrive. */
export type RefusalCause =
  | 'no-such-address'
  | 'no-such-domain'
  | 'moved'
  | 'takes-no-mail'
  | 'mailbox-full'
  | 'mailbox-disabled'
  | 'too-large'
  | 'content-refused'
  | 'sender-refused'
  | 'too-many'
  | 'gave-up'
  | 'server-trouble'
  | 'not-allowed'
  | 'unknown'

/** RFC 8098 section 3.2.6. */
export interface ReadReceipt {
  readonly recipient: string | null
  readonly originalRecipient: string | null
  readonly disposition: 'displayed' | 'deleted' | 'dispatched' | 'processed' | 'denied' | 'failed'
  /** False = a person did it. */
  readonly automatic: boolean
}
