/** What became of the mails that went out, for a chart and for the books (PRODUCT D12). */
import type { MailReturn } from '../../../shared/model/mail-return.ts'
import type { OutgoingDay, OutgoingFilter } from '../../../shared/model/outgoing-filter.ts'
import type { OutgoingId, Recipient, ShownState } from '../../../shared/model/outgoing-mail.ts'

/** One mail to one recipient. */
export interface LogLine {
  readonly id: OutgoingId
  readonly accountId: string
  readonly state: ShownState
  readonly queuedAt: Date
  /** When the server accepted it; null = it did not. */
  readonly sentAt: Date | null
  readonly from: string
  readonly kind: Recipient['kind']
  readonly name: string
  readonly address: string
  readonly subject: string
  readonly attachmentNames: readonly string[]
  readonly messageId: string
  readonly batchId: string | null
  readonly result: Recipient['state']
  readonly replyCode: number | null
  readonly words: string | null
  readonly returned: MailReturn | null
}

export interface SendingLog {
  /** The last `days` days, today included; days without any are left out. */
  days(query: { readonly days: number; readonly accountId: string | null; readonly batchId: string | null }): readonly OutgoingDay[]
  /** The oldest first, at most `limit`; `next` goes on behind the last one. A mail that is queued meanwhile comes at the end. */
  page(filter: OutgoingFilter, after: string | null, limit: number): { readonly lines: readonly LogLine[]; readonly next: string | null }
  count(filter: OutgoingFilter): number
}
