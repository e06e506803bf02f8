/** Mails on their way out: queued once, frozen, and moved from state to state, every move one transaction (PRODUCT D). */
import type { Failure, Outcome } from '../../shared/failures/failure.ts'
import type { BatchMove, BatchStanding } from '../../shared/model/batch.ts'
import type { Account, AccountId } from '../../shared/model/account.ts'
import type { ComposedMail, CopiedFolderView, OutgoingId, OutgoingRow, OutgoingView, ShownState } from '../../shared/model/outgoing-mail.ts'
import type { RecipientAnswer } from '../protocols/mail-session.ts'
import type { SentDocument } from './batches/sent-documents.ts'
import type { AttachedFile } from './compose-mail.ts'
import type { OutgoingQuery } from './outgoing-rows.ts'
import type { MailToResend } from './resend-mails.ts'
import type { ReturnedMail } from './returned/returned-mail.ts'

/** A mail a run has taken: state `sending`. */
export interface TakenMail {
  readonly id: OutgoingId
  /** Whose it is, for the moves below: a mail that somebody reset and that was taken again is another's. */
  readonly token: string
  readonly file: string
  readonly size: number
  readonly mailFrom: string
  /** Those who do not have it yet and were not refused for good. */
  readonly recipients: readonly string[]
  readonly envelopeId: string | null
}

/** What a server said about a mail and each of its recipients. */
export interface ServerAnswer {
  /** Its answer to the message; null = it did not come that far. */
  readonly words: string | null
  /** Why it is not with everybody; null = nobody was refused, or only some, each with an answer of their own. */
  readonly failure: Failure | null
  readonly recipients: readonly RecipientAnswer[]
  /** Those who were refused for now are tried again then; null = nobody is any more. */
  readonly retryAt: Date | null
}

/** A mail that is queued with others. */
export interface MailToQueue {
  readonly account: Account
  readonly mail: ComposedMail
  readonly attachments: readonly AttachedFile[]
  /** What is remembered of it from the moment it is queued. */
  readonly document?: SentDocument
}

export interface QueueManyOptions {
  /** The batch they belong to. */
  readonly batchId?: string
  readonly signal: AbortSignal
  /** How many are frozen so far. */
  progress?(frozen: number): void
  /** What else becomes true with them, in the transaction that decides; the ids are in the order of the mails. */
  also?(ids: readonly OutgoingId[]): void
}

/** What one run does with the mails it has taken. Failures are those of the disk: then nothing has changed. */
export interface MailsInHand {
  /** How many are ready whose time has come, counted up to `most`. */
  dueCount(accountId: AccountId, now: Date, most: number): number
  /** The oldest that are ready → `sending`. */
  take(accountId: AccountId, now: Date, most: number): Outcome<readonly TakenMail[]>
  /**
   * `sending` → `submitting`, and with it all that were taken together and still are `sending`: one wait for the disk. Durable when it resolves.
   * False = it was reset meanwhile, and must not be submitted.
   */
  submitting(mail: TakenMail): Promise<Outcome<boolean>>
  /**
   * The server's word. Accepted by all who are left to try: `sent`. Refused for now, with `retryAt`: `ready`, not before then. Refused for good:
   * `error`, or `sent` where somebody has it. Written a moment later; a crash before that leaves the outcome unknown. Not ok: kept in memory, and
   * written before the next mail is taken.
   */
  answered(mail: TakenMail, answer: ServerAnswer): Promise<Outcome<void>>
  /** Back to `ready`: it is certain that no server has it. `failure` says why not, in its story: it is the whole queue's. Not ok: as with `answered`. */
  giveBack(mail: TakenMail, failure: Failure | null, nextAt: Date | null): Promise<Outcome<void>>
  /** The message may have gone out, and no answer came back. */
  unknown(mail: TakenMail, failure: Failure): Promise<Outcome<void>>
  /** What a run of this account that has ended left in its hands, because the disk or a bug kept it from putting it back. */
  recover(accountId: AccountId): Outcome<void>
}

export interface Outbox extends MailsInHand {
  /** Composes, freezes the .eml durably, and writes the row; only then it answers. Attachments are paths by handle. */
  queue(account: Account, mail: ComposedMail, attachments: readonly AttachedFile[]): Promise<Outcome<OutgoingRow>>
  /**
   * All of them, in this order, decided in one transaction; or none, and no file of them stays. They are seen a moment later, some at a time.
   * A failure names the mail by `evidence.index`, from 0.
   */
  queueMany(mails: Iterable<MailToQueue> | AsyncIterable<MailToQueue>, options: QueueManyOptions): Promise<Outcome<readonly OutgoingId[]>>
  /** A finished message as another program wrote it; recipients null = To, Cc and Bcc of its header; Bcc is taken out. */
  queueMessage(account: Account, file: string, recipients: readonly string[] | null): Promise<Outcome<OutgoingRow>>
  /**
   * The same messages under new Message-IDs, as mails of their own; recipients null = all each was meant for. All in one transaction, or none;
   * those that may not are left alone. Answers with the new ones.
   */
  resend(mails: readonly MailToResend[], recipients: readonly string[] | null): Promise<Outcome<readonly OutgoingId[]>>
  list(query: OutgoingQuery): {
    readonly mails: readonly OutgoingRow[]
    readonly total: number
    readonly counts: Partial<Record<ShownState, number>>
  }
  get(id: OutgoingId): Outcome<OutgoingView>
  /** null = all that can. Each answers with the ids that changed. */
  reset(ids: readonly OutgoingId[] | null): readonly OutgoingId[]
  clear(ids: readonly OutgoingId[] | null): readonly OutgoingId[]
  dismiss(ids: readonly OutgoingId[] | null): readonly OutgoingId[]
  hold(ids: readonly OutgoingId[]): readonly OutgoingId[]
  release(ids: readonly OutgoingId[]): readonly OutgoingId[]
  cancel(ids: readonly OutgoingId[]): readonly OutgoingId[]
  /** Marked private, a mail is on no contact's record (C5), sent or still to be sent. Answers with the ids that changed. */
  markPrivate(ids: readonly OutgoingId[], isPrivate: boolean): readonly OutgoingId[]
  /** `words`: how that is known, for the mail's story; null = a person said so. */
  resolve(ids: readonly OutgoingId[], outcome: 'was-sent' | 'was-not-sent', words?: string | null): readonly OutgoingId[]
  batchStanding(batchId: string): BatchStanding
  /** All of a batch that are not sent yet; what a run has in hand is not touched, and follows when it comes back. Answers with how many changed. */
  moveBatch(batchId: string, move: BatchMove): Promise<number>
  /** Accounts with something ready whose time has come. */
  accountsReady(now: Date): readonly AccountId[]
  /** Ready, or on their way this moment. */
  waitingCount(accountId: AccountId): number
  /** At start: what a dead process left. `sending` → `ready`; `submitting` → `unknown`, and what an older copy brings back. Not ok: nothing may be sent. */
  recoverAll(): Outcome<{ readonly readied: number; readonly unknown: number }>
  /** This data folder is a copy, and mails are in doubt for that; null = none are. */
  copiedFolder(): CopiedFolderView | null
  /** A person says that it was moved, and that nothing has sent from the other one since. Answers with the mails that are again what they were. */
  wasMoved(): Outcome<readonly OutgoingId[]>
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
