/** Which sent mails still want a copy in their account's Sent folder, and what became of the others (PRODUCT D3, D11). */
import type { Failure } from '../../../shared/failures/failure.ts'
import type { AccountId } from '../../../shared/model/account.ts'
import type { OutgoingId } from '../../../shared/model/outgoing-mail.ts'

/** A mail to look for in the Sent folder. */
export interface SoughtMail {
  readonly id: OutgoingId
  readonly messageId: string
  readonly sentAt: Date
  /** No copy of it can be older: a mail that a backup brought back may have been sent long before its row says so. */
  readonly notBefore: Date
}

/** One to be added where it is not there. */
export interface WantedCopy extends SoughtMail {
  readonly file: string
  readonly size: number
  /** So often it did not work. */
  readonly attempts: number
  /** It was added once, and nobody knows whether that worked. */
  readonly unsure: boolean
}

export interface SentCopies {
  /** The oldest first, at most so many; whose time has come. */
  wanted(accountId: AccountId, now: Date, limit: number): readonly WantedCopy[]
  /** Mails whose outcome nobody knows, and that were not looked for lately. */
  unresolved(accountId: AccountId, now: Date): readonly SoughtMail[]
  /** Durable before the server could have it. */
  adding(id: OutgoingId, folder: string): void
  /** It was not there, and the server is given time to put it there by itself. */
  later(id: OutgoingId, folder: string, lookAgainAt: Date): void
  /** What the server of this account does with sent mail, as far as its last copy shows; null = it has not shown yet. */
  habit(accountId: AccountId): 'keeps' | 'keeps-none' | null
  /** `added` = by this program, now; else it was there. */
  there(id: OutgoingId, folder: string, added: boolean): void
  /** No copy is added to these. */
  without(ids: readonly OutgoingId[], why: 'server-keeps' | 'not-wanted' | 'no-folder'): void
  /** `retryAt` null = not again. `unsure`: the server may have it all the same. */
  failed(id: OutgoingId, failure: Failure, retryAt: Date | null, unsure: boolean): void
  /** The outcome stays unknown; looked for again then. */
  missing(id: OutgoingId, folder: string, lookAgainAt: Date): void
  onChange(listener: (ids: readonly OutgoingId[]) => void): () => void
}
