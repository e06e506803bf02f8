/**
 * Opens the two servers of what is checked, saved or typed just now, as often as needed: for the check itself, and for looking
 * whether the test message arrived.
 */
import { failed, type Outcome } from '../../../shared/failures/failure.ts'
import type { Secrets } from '../../../shared/contract/methods.ts'
import type { AccountDraft, AccountId, Direction } from '../../../shared/model/account.ts'
import type { AccountBook, Route } from '../../accounts/account-book.ts'
import type { InboxSession, SubmissionSession } from '../../protocols/mail-session.ts'
import type { openInbox } from '../../protocols/open-inbox.ts'
import type { openSubmission } from '../../protocols/open-submission.ts'
import type { StepWatcher } from '../../protocols/net/server-target.ts'

export interface SideParts {
  readonly accounts: Pick<AccountBook, 'route' | 'routeOfDraft'>
  readonly openInbox: typeof openInbox
  readonly openSubmission: typeof openSubmission
}

export type CheckSubject =
  | { readonly is: 'account'; readonly id: AccountId }
  | { readonly is: 'draft'; readonly draft: AccountDraft; readonly secrets: Secrets; readonly id: AccountId | null }

export interface CheckSides {
  openIncoming(watcher?: StepWatcher): Promise<Outcome<InboxSession>>
  openOutgoing(watcher?: StepWatcher): Promise<Outcome<SubmissionSession>>
}

export function createSides(parts: SideParts, subject: CheckSubject, signal: AbortSignal): CheckSides {
  const route = (direction: Direction): Promise<Outcome<Route>> =>
    subject.is === 'account'
      ? parts.accounts.route(subject.id, direction)
      : parts.accounts.routeOfDraft(subject.draft, subject.secrets, direction, subject.id)
  return {
    async openIncoming(watcher) {
      const to = await route('incoming')
      if (!to.ok) return to
      const { protocol, server, credentials } = to.value
      if (protocol === 'smtp') return failed('account.cannot-receive')
      if (credentials === null) return failed('signin.no-password')
      return parts.openInbox(protocol, { ...server, signal }, credentials, watcher)
    },
    async openOutgoing(watcher) {
      const to = await route('outgoing')
      return to.ok ? parts.openSubmission({ ...to.value.server, signal }, to.value.credentials, watcher) : to
    },
  }
}
