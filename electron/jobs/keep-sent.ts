/**
 * After a run: the copies that sent mails of the account still want in its Sent folder on the server (D11), and a look there for
 * mails whose outcome nobody knows (D3). In one IMAP session, and only when there is something to do.
 *
 *   nothing wanted, POP3, by choice, a server that keeps them itself ─▶ settled without any connection
 *   folders ─▶ what of it is in Sent already ─▶ the rest is added, one by one
 *
 * Never two: a server that keeps copies by itself may take its time, so a mail that is not there is added at once only where the server has
 * let an earlier one be added, and kept none itself; else it is looked for again first. A mail is looked for before it is added, and one that may have been added (the answer was lost, the process died) is looked
 * for again first. Whatever happens here, a sent mail stays sent: what did not work is tried again after a later run.
 */
import type { Failure, Outcome } from '../../shared/failures/failure.ts'
import { done, failed } from '../../shared/failures/failure.ts'
import type { Account, AccountId } from '../../shared/model/account.ts'
import type { JobKind } from '../../shared/model/job.ts'
import type { OutgoingId } from '../../shared/model/outgoing-mail.ts'
import type { AccountBook } from '../accounts/account-book.ts'
import { keepsSentItself } from '../discovery/provider-table.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { SentCopies, SoughtMail, WantedCopy } from '../outbox/sent-copies/sent-copies.ts'
import type { FolderSession, InboxSession } from '../protocols/mail-session.ts'
import type { openInbox } from '../protocols/open-inbox.ts'
import type { Work } from './job-engine.ts'
import type { Pauses } from './pauses.ts'
import { retryAt } from './retry-after.ts'

export interface KeepSentParts {
  readonly accounts: Pick<AccountBook, 'get' | 'route'>
  readonly outbox: Pick<Outbox, 'resolve'>
  readonly copies: SentCopies
  readonly openInbox: typeof openInbox
  readonly pauses: Pick<Pauses, 'note' | 'of'>
  readonly now?: () => Date
  /** 0 to 1, for jitter. */
  readonly random?: () => number
}

/** So many in one go; then what is wanted is asked again. */
const groupMails = 100
/** A server may take its time to keep a copy by itself, but one that keeps none never has it: it is looked for less and less. */
const lookAgainAfter = 10 * 60_000

/** Milliseconds a server is given to put a copy there by itself: one that has not shown what it does, and one that did with the mail before. */
const patience = { unknown: 5 * 60_000, keeps: 60 * 60_000, 'keeps-none': 0 } as const

/** What no later try changes. */
const forGood: ReadonlySet<string> = new Set(['message.too-large', 'mail.unreadable'])

export type KeepSent = (accountId: AccountId, signal: AbortSignal) => Promise<void>

/** One at a time for each account: two at once would both look, and both add. */
export function createKeepSent(parts: KeepSentParts): KeepSent {
  const running = new Map<AccountId, Promise<void>>()
  return (accountId, signal) => {
    const next = (running.get(accountId) ?? Promise.resolve()).catch(() => undefined).then(() => keepSent(parts, accountId, signal))
    running.set(accountId, next)
    return next
  }
}

/** The run, and after it, when it was one that worked at all, the copies. */
export function thenKeepSent<K extends JobKind>(work: Work<K>, keep: KeepSent): Work<K> {
  return {
    ...work,
    async run(context) {
      const outcome = await work.run(context)
      if (work.accountId !== null && (outcome.ok || work.kind === 'send-mail')) await keep(work.accountId, context.signal)
      return outcome
    },
  }
}

async function keepSent(parts: KeepSentParts, accountId: AccountId, signal: AbortSignal): Promise<void> {
  const { accounts, copies, pauses, now = () => new Date() } = parts
  const account = accounts.get(accountId)
  if (!account.ok || signal.aborted) return
  const unresolved = hasFolders(account.value.incoming) ? copies.unresolved(accountId, now()) : []
  const why = await wantsNone(account.value)
  if (why !== null) settleAll(copies, accountId, now(), why)
  const wanted = copies.wanted(accountId, now(), groupMails)
  if (wanted.length + unresolved.length === 0 || pauses.of(accountId, 'incoming') !== null) return
  const session = await signIn(parts, accountId, signal)
  if (!session.ok) {
    if (session.failure.code !== 'signin.no-password') noteFailed(parts, wanted, session.failure)
    return
  }
  try {
    await work(parts, accountId, session.value, unresolved, signal)
  } finally {
    await session.value.close()
  }
}

function hasFolders(incoming: Account['incoming']): incoming is Exclude<Account['incoming'], null | { protocol: 'pop3' }> {
  return incoming?.protocol === 'imap' || incoming?.protocol === 'jmap'
}

async function wantsNone({ incoming, outgoing, sending }: Account): Promise<'not-wanted' | 'server-keeps' | null> {
  if (!hasFolders(incoming) || sending.keepSent === 'never') return 'not-wanted'
  // RFC 8621 section 7.5: it moves what it sent there itself.
  if (sending.keepSent !== 'always' && outgoing?.server.use === 'incoming') return 'server-keeps'
  if (sending.keepSent === 'always' || outgoing?.server.use !== 'own') return null
  return incoming.protocol === 'imap' && (await keepsSentItself(outgoing.server.host, incoming.host)) ? 'server-keeps' : null
}

function settleAll(copies: SentCopies, accountId: AccountId, now: Date, why: 'not-wanted' | 'server-keeps' | 'no-folder'): void {
  for (;;) {
    const wanted = copies.wanted(accountId, now, groupMails)
    if (wanted.length === 0) return
    copies.without(wanted.map(({ id }) => id), why)
  }
}

async function signIn({ accounts, openInbox, pauses }: KeepSentParts, accountId: AccountId, signal: AbortSignal): Promise<Outcome<InboxSession>> {
  const route = await accounts.route(accountId, 'incoming')
  if (!route.ok) return route
  const { protocol, server, credentials } = route.value
  if (protocol !== 'imap' && protocol !== 'jmap') return failed('account.cannot-receive')
  if (credentials === null) return failed('signin.no-password')
  const opened = await openInbox(protocol, { ...server, signal }, credentials)
  pauses.note(accountId, 'incoming', opened.ok ? null : opened.failure)
  return opened
}

async function work(parts: KeepSentParts, accountId: AccountId, session: InboxSession, unresolved: readonly SoughtMail[], signal: AbortSignal): Promise<void> {
  const { copies, now = () => new Date() } = parts
  if (session.folders === null) return
  const folders = await session.folders.names()
  if (!folders.ok) return noteFailed(parts, copies.wanted(accountId, now(), groupMails), folders.failure)
  const sent = folders.value.find(({ use, holdsMessages }) => use === 'sent' && holdsMessages)
  if (sent === undefined) return settleAll(copies, accountId, now(), 'no-folder')
  await resolveThose(parts, session.folders, sent.path, unresolved)
  for (;;) {
    const wanted = copies.wanted(accountId, now(), groupMails)
    if (wanted.length === 0 || signal.aborted || !session.folders.usable()) return
    await addThose(parts, accountId, session.folders, sent.path, wanted, signal)
  }
}

/** What is in Sent was sent; what is not may have been all the same. */
async function resolveThose({ outbox, copies, now = () => new Date() }: KeepSentParts, folders: FolderSession, path: string, mails: readonly SoughtMail[]): Promise<void> {
  const there = await whichAreThere(folders, path, mails)
  if (!there.ok) return
  for (const { id, messageId, sentAt } of mails) {
    const age = now().getTime() - sentAt.getTime()
    if (!there.value.has(messageId)) copies.missing(id, path, new Date(now().getTime() + Math.max(lookAgainAfter, age / 2)))
    else if (outbox.resolve([id], 'was-sent').length > 0) copies.there(id, path, false)
  }
}

async function addThose(parts: KeepSentParts, accountId: AccountId, folders: FolderSession, path: string, wanted: readonly WantedCopy[], signal: AbortSignal): Promise<void> {
  const { accounts, copies, now = () => new Date() } = parts
  const there = await whichAreThere(folders, path, wanted)
  if (!there.ok) return noteFailed(parts, wanted, there.failure)
  const account = accounts.get(accountId)
  const always = account.ok && account.value.sending.keepSent === 'always'
  for (const mail of wanted.filter(({ messageId }) => there.value.has(messageId))) copies.there(mail.id, path, mail.unsure)
  // What the server just did with the others tells, too.
  const habit = always ? 'keeps-none' : (copies.habit(accountId) ?? 'unknown')
  for (const mail of wanted.filter(({ messageId }) => !there.value.has(messageId))) {
    if (signal.aborted || !folders.usable()) return
    const age = now().getTime() - mail.sentAt.getTime()
    if (!mail.unsure && age >= 0 && age < patience[habit]) {
      copies.later(mail.id, path, new Date(now().getTime() + Math.min(patience.unknown, patience[habit] - age)))
      continue
    }
    copies.adding(mail.id, path)
    const added = await folders.append(path, { file: mail.file, size: mail.size, at: mail.sentAt })
    if (added.ok) copies.there(mail.id, path, true)
    else noteFailed(parts, [{ ...mail, unsure: !folders.usable() }], added.failure)
  }
}

async function whichAreThere(folders: FolderSession, path: string, mails: readonly SoughtMail[]): Promise<Outcome<ReadonlySet<string>>> {
  if (mails.length === 0) return done(new Set())
  const since = new Date(Math.min(...mails.map(({ notBefore }) => notBefore.getTime())))
  return folders.holds(path, mails.map(({ messageId }) => messageId), since)
}

function noteFailed({ copies, now = () => new Date(), random = Math.random }: KeepSentParts, mails: readonly (Pick<WantedCopy, 'attempts' | 'sentAt' | 'unsure'> & { readonly id: OutgoingId })[], reason: Failure): void {
  for (const { id, attempts, sentAt, unsure } of mails) {
    const again = forGood.has(reason.code) ? null : retryAt({ attempts: attempts + 1, firstTriedAt: sentAt }, now(), random())
    copies.failed(id, reason, again, unsure)
  }
}
