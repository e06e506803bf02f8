/** Mails that are still being written. */
import type { Outcome } from '../../shared/failures/failure.ts'
import type { Account } from '../../shared/model/account.ts'
import type { DraftMail } from '../../shared/model/draft-mail.ts'
import type { OutgoingId } from '../../shared/model/outgoing-mail.ts'
import type { AttachedFile } from './compose-mail.ts'

export interface Drafts {
  /** Durable when it answers, its files too: they are copied, and may go where they came from. `id` null = a new draft. */
  save(id: OutgoingId | null, account: Account, draft: DraftMail, files: readonly AttachedFile[]): Promise<Outcome<OutgoingId>>
  /** `outbox.unknown`; `outbox.wrong-state` for a mail that is no draft any more. */
  open(id: OutgoingId): Outcome<{ readonly draft: DraftMail; readonly files: readonly AttachedFile[] }>
  /** Gone for good. What is no draft any more stays. */
  discard(id: OutgoingId): Promise<void>
  /** Removes the files of a draft that became a mail. */
  tidy(id: OutgoingId): Promise<void>
  /** At start: files of drafts that are gone, or whose row was never written. */
  sweep(): Promise<void>
  onChange(listener: (ids: readonly OutgoingId[]) => void): () => void
}
