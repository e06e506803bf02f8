/** Mails on their way out: queued once, frozen, and moved from state to state, every move one transaction (PRODUCT D). */
import type { Failure, Outcome } from '../../shared/failures/failure.ts'
import type { Account, AccountId } from '../../shared/model/account.ts'
import type { ComposedMail, OutgoingId, OutgoingRow, OutgoingView, ShownState } from '../../shared/model/outgoing-mail.ts'
import type { RecipientAnswer } from '../protocols/mail-session.ts'
import type { ReturnedMail } from './returned/returned-mail.ts'

/** A mail a run has taken: state `sending`. */
export interface TakenMail {
  readonly id: OutgoingId
  readonly file: string
  readonly size: number
  readonly mailFrom: string
  readonly recipients: readonly string[]
  readonly envelopeId: string | null
}

export interface Outbox {
  /** Composes, freezes the .eml durably, and writes the row; only then it answers. Attachments are paths by handle. */
  queue(account: Account, mail: ComposedMail, attachments: readonly { readonly name: string; readonly path: string }[]): Promise<Outcome<OutgoingRow>>
  /** A finished message as another program wrote it; recipients null = To, Cc and Bcc of its header; Bcc is taken out. */
  queueMessage(account: Account, file: string, recipients: readonly string[] | null): Promise<Outcome<OutgoingRow>>
  list(query: { readonly states: readonly ShownState[] | null; readonly accountId: AccountId | null; readonly batchId?: string | null; readonly offset: number; readonly limit: number }): {
    readonly mails: readonly OutgoingRow[]
    readonly total: number
    readonly counts: Partial<Record<ShownState, number>>
  }
  get(id: OutgoingId): Outcome<OutgoingView>
  /** null = all that can. Each answers with the ids that changed. */
  reset(ids: readonly OutgoingId[] | null): readonly OutgoingId[]
  clear(ids: readonly OutgoingId[] | null): readonly OutgoingId[]
  hold(ids: readonly OutgoingId[]): readonly OutgoingId[]
  release(ids: readonly OutgoingId[]): readonly OutgoingId[]
  cancel(ids: readonly OutgoingId[]): readonly OutgoingId[]
  /** Marked private, a mail is on no contact's record (C5), sent or still to be sent. Answers with the ids that changed. */
  markPrivate(ids: readonly OutgoingId[], isPrivate: boolean): readonly OutgoingId[]
  resolve(id: OutgoingId, outcome: 'was-sent' | 'was-not-sent'): Outcome<OutgoingRow>
  /** Accounts with something ready whose time has come. */
  accountsReady(now: Date): readonly AccountId[]
  waitingCount(accountId: AccountId): number
  /** Oldest ready mail of the account → `sending`; null when none. */
  take(accountId: AccountId, now: Date): TakenMail | null
  /** `sending` → `submitting`; durable when it returns. */
  markSubmitting(id: OutgoingId): void
  markSent(id: OutgoingId, words: string, recipients: readonly RecipientAnswer[]): void
  /** The server (or we, before submitting) refused: `error`. `retryAt` set = back to `ready`, not before then. */
  markFailed(id: OutgoingId, failure: Failure, recipients: readonly RecipientAnswer[], retryAt: Date | null): void
  markUnknown(id: OutgoingId, failure: Failure): void
  /** At start: what a dead process left. `sending` → `ready`; `submitting` → `unknown`. */
  recover(): { readonly readied: number; readonly unknown: number }
  /** Received messages up to this key have been looked at for what they tell of mails that went out (D10). */
  returnsReadUpTo(): number
  /** Milliseconds since 1970: nothing older can tell of a mail of ours. Null = nothing went out yet. */
  awaitsReturnsSince(): number | null
  /**
   * What came back, and up to which received message it was looked for, in one transaction. What is known already changes nothing;
   * what names no mail of ours, or none of its recipients, neither. Answers with the mails of which something new is known.
   */
  noteReturned(notes: readonly { readonly read: ReturnedMail; readonly at: Date }[], upTo: number): readonly OutgoingId[]
  onChange(listener: (ids: readonly OutgoingId[]) => void): () => void
}
