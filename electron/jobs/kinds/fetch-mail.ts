/**
 * Brings an account's new mail in, and then lets go of the server's copies that are due (C1-C3). What IMAP has more than POP3,
 * folders and flags, is `sync-folders.ts`.
 *
 *   route ─▶ sign in ─▶ list ─▶ fetch what is not known ─▶ commit in groups ─▶ remove what is due ─▶ note what was confirmed
 *
 * What was committed stays, also when the connection breaks or the job is cancelled. A message is asked to be removed only
 * when the ledger, which lists nothing but durable messages, says that it may go, and only under a rule that somebody agreed to
 * on its preview.
 */
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import type { Account, AccountId } from '../../../shared/model/account.ts'
import { inboxPath } from '../../../shared/model/folder.ts'
import { removesAnything } from '../../../shared/model/removal.ts'
import type { AccountBook } from '../../accounts/account-book.ts'
import type { MailStore } from '../../mail/mail-store.ts'
import type { InboxSession, ServerMessage } from '../../protocols/mail-session.ts'
import type { openInbox } from '../../protocols/open-inbox.ts'
import type { JobContext, Work } from '../job-engine.ts'
import type { Pauses } from '../pauses.ts'
import { knowReused, sureOf } from './know-reused.ts'
import { knowRenamed } from './know-renamed.ts'
import { createTally, nothingYet, receiveMessages, type Tally } from './receive-messages.ts'
import { syncFolders } from './sync-folders.ts'

export interface FetchParts {
  readonly accounts: Pick<AccountBook, 'get' | 'route'>
  readonly mail: Pick<MailStore, 'knownServerIds' | 'receive' | 'dueForRemoval' | 'mayRemove' | 'noteListed' | 'noteAsked' | 'noteRemoved' | 'server' | 'renamed' | 'reused' | 'putAwayDeleted'>
  readonly openInbox: typeof openInbox
  readonly pauses: Pick<Pauses, 'note'>
}

export function fetchMail(parts: FetchParts, accountId: AccountId): Work<'fetch-mail'> {
  return {
    kind: 'fetch-mail',
    accountId,
    begin: nothingYet,
    lane: receivingLane(accountId),
    // Until it has asked what is there, it will find all that is there now.
    serves: ({ detail }) => detail.kind === 'fetch-mail' && detail.phase === 'connect',
    run: (context) => run(parts, accountId, context),
  }
}

/** One session at a time per inbox: POP3 locks the mailbox for whoever is in it (RFC 1939 section 4). */
export function receivingLane(accountId: AccountId): string {
  return `receive:${accountId}`
}

async function run(parts: FetchParts, accountId: AccountId, context: JobContext<'fetch-mail'>): Promise<Outcome<void>> {
  const account = parts.accounts.get(accountId)
  if (!account.ok) return account
  const session = await signIn(parts, accountId, context.signal)
  parts.pauses.note(accountId, 'incoming', session.ok ? null : session.failure)
  if (!session.ok) return session
  let whole = false
  try {
    const outcome = await bringIn(parts, account.value, session.value, context)
    whole = outcome.ok
    return outcome
  } finally {
    // A good-bye is a receipt: some servers then remove what they sent (RFC 2449 section 6.7, EXPIRE 0).
    await (whole ? session.value.close() : session.value.hangUp())
    // What the server has confirmed to be gone need not be kept any longer; what cannot be put away now is the next time.
    await parts.mail.putAwayDeleted()
  }
}

async function signIn(parts: FetchParts, accountId: AccountId, signal: AbortSignal): Promise<Outcome<InboxSession>> {
  const route = await parts.accounts.route(accountId, 'incoming')
  if (!route.ok) return route
  const { protocol, server, credentials } = route.value
  if (protocol === 'smtp') return failed('account.cannot-receive')
  if (credentials === null) return failed('signin.no-password')
  return parts.openInbox(protocol, { ...server, signal }, credentials)
}

async function bringIn(
  parts: FetchParts,
  account: Account,
  session: InboxSession,
  context: JobContext<'fetch-mail'>,
): Promise<Outcome<void>> {
  context.report({ done: 0, total: null }, { ...nothingYet, phase: 'list' })
  if (session.folders !== null) return syncFolders(parts.mail, account, session.folders, context)
  const listed = await session.list()
  if (!listed.ok) return listed
  const reused = await knowReused(parts.mail, account.id, session, listed.value)
  if (!reused.ok) return reused
  const fresh = unknownOf(parts.mail, account.id, listed.value)
  const renamed = await knowRenamed(parts.mail, account.id, session, listed.value, fresh)
  if (!renamed.ok) return renamed
  const wanted = fresh.filter(({ serverId }) => !renamed.value.has(serverId))
  const tally = createTally(wanted, listed.value.length - wanted.length, context)

  const seen = new Set(wanted.flatMap((message) => (message.seen ? [message.serverId] : [])))
  const fetched = await receiveMessages(parts.mail, account, inboxPath, wanted.length, (serverId) => ({ seen: seen.has(serverId) }), tally, (receiver) => session.fetch(wanted.map(({ serverId }) => serverId), receiver))
  tally.advised([...session.advice(), ...(renamed.value.size === 0 ? [] : [{ kind: 'changed-message-ids', count: renamed.value.size } as const])])
  if (!fetched.ok) return fetched
  if (context.signal.aborted) return failed('job.cancelled')

  return removesAnything(account.delivery) ? removeDue(parts.mail, account, session, new Set(listed.value.map(({ serverId }) => serverId)), new Set(wanted.map(({ serverId }) => serverId)), tally) : done(undefined)
}

/** The known ids are let go of before anything is fetched: there may be very many. */
function unknownOf(mail: FetchParts['mail'], accountId: AccountId, listed: readonly ServerMessage[]): readonly ServerMessage[] {
  const known = mail.knownServerIds(accountId, inboxPath)
  return listed.filter(({ serverId }) => !known.has(serverId))
}

async function removeDue(mail: FetchParts['mail'], account: Account, session: InboxSession, listed: ReadonlySet<string>, fetchedNow: ReadonlySet<string>, tally: Tally): Promise<Outcome<void>> {
  mail.noteListed(account.id, inboxPath, listed)
  if (!mail.mayRemove(account.id, account.delivery)) return done(undefined)
  const believed = mail.dueForRemoval(account.id, inboxPath, account.delivery).filter((serverId) => listed.has(serverId))
  if (believed.length === 0) return done(undefined)
  tally.removing()
  // A name may be another message's by now, which nobody has here.
  const sure = await sureOf(mail, account.id, session, believed, fetchedNow)
  if (!sure.ok) return sure
  const due = sure.value
  if (due.length === 0) return done(undefined)
  mail.noteAsked(account.id, inboxPath, due)
  const removed = await session.removeAndClose(due)
  if (!removed.ok) return removed
  mail.noteRemoved(account.id, inboxPath, removed.value)
  tally.removed(removed.value.length)
  return done(undefined)
}
