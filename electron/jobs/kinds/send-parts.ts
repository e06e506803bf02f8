/** What a run that sends needs. */
import type { AccountBook } from '../../accounts/account-book.ts'
import type { MailsInHand, Outbox } from '../../outbox/outbox.ts'
import type { openSubmission } from '../../protocols/open-submission.ts'
import type { Paces } from '../paces.ts'
import type { Pauses } from '../pauses.ts'
import type { Timers } from '../timers.ts'

export interface SendParts {
  readonly accounts: Pick<AccountBook, 'route' | 'wayMark'>
  readonly outbox: Pick<Outbox, 'get' | keyof MailsInHand>
  readonly openSubmission: typeof openSubmission
  readonly pauses: Pick<Pauses, 'note'>
  readonly paces: Pick<Paces, 'of' | 'taken' | 'slowed'>
  /** At most so many connections of one run. */
  readonly connections: number
  readonly now?: () => Date
  /** 0 to 1, for jitter. */
  readonly random?: () => number
  readonly timers?: Timers
}
