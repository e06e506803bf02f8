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
import type { SignInWith, StepWatcher } from '../../protocols/net/server-target.ts'

export interface SideParts {
  readonly accounts: Pick<AccountBook, 'route' | 'routeOfDraft'>
  readonly openInbox: typeof openInbox
  readonly openSubmission: typeof openSubmission
}

export type CheckSubject =
  | { readonly is: 'account'; readonly id: AccountId }
  | { readonly is: 'draft'; readonly draft: AccountDraft; readonly secrets: Secrets; readonly id: AccountId | null; readonly otherUserName?: string | null }

export interface CheckSides {
  openIncoming(watcher?: StepWatcher): Promise<Outcome<InboxSession>>
  openOutgoing(watcher?: StepWatcher): Promise<Outcome<SubmissionSession>>
  /** The other user name, once a server has taken it; null = the one in the settings stands. */
  otherUserName(): string | null
}

/** Does the outgoing server get the same user name and password as the incoming one? */
export const signsInAlike = ({ incoming, outgoing }: AccountDraft) => incoming !== null && outgoing?.signIn.use === 'same-as-incoming'

export function createSides(parts: SideParts, subject: CheckSubject, signal: AbortSignal): CheckSides {
  const route = (direction: Direction): Promise<Outcome<Route>> =>
    subject.is === 'account'
      ? parts.accounts.route(subject.id, direction)
      : parts.accounts.routeOfDraft(subject.draft, subject.secrets, direction, subject.id)
  const other = subject.is === 'draft' ? (subject.otherUserName ?? null) : null
  const main = subject.is === 'draft' ? (subject.draft.incoming === null ? 'outgoing' : 'incoming') : null
  let taken: string | null = null

  /** Two user names and no more: most servers lock an account after three wrong sign-ins. */
  async function asEither<T, C extends SignInWith | null>(direction: Direction, credentials: C, open: (credentials: C) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const named = (userName: string): C => (credentials === null ? credentials : { ...credentials, userName })
    const alike = subject.is === 'draft' && (direction === main || signsInAlike(subject.draft))
    const first = await open(alike && taken !== null ? named(taken) : credentials)
    if (first.ok || other === null || direction !== main || taken !== null || first.failure.code !== 'signin.rejected' || credentials?.userName === other) return first
    const second = await open(named(other))
    if (second.ok) taken = other
    return second
  }

  return {
    otherUserName: () => taken,
    async openIncoming(watcher) {
      const to = await route('incoming')
      if (!to.ok) return to
      const { protocol, server, credentials } = to.value
      if (protocol === 'smtp') return failed('account.cannot-receive')
      if (credentials === null) return failed('signin.no-password')
      return asEither('incoming', credentials, (as) => parts.openInbox(protocol, { ...server, signal }, as, watcher))
    },
    async openOutgoing(watcher) {
      const to = await route('outgoing')
      if (!to.ok) return to
      const { server, credentials } = to.value
      return asEither('outgoing', credentials, (as) => parts.openSubmission({ ...server, signal }, as, watcher))
    },
  }
}
