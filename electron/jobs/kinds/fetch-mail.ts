/**
 * Brings an account's new mail in, POP3 and IMAP alike, and then lets go of the server's copies that are due (C1-C3).
 *
 *   route ─▶ sign in ─▶ list ─▶ fetch what is not known ─▶ commit in groups ─▶ remove what is due ─▶ note what was confirmed
 *
 * What was committed stays, also when the connection breaks or the job is cancelled. A message is asked to be removed only
 * when the ledger, which lists nothing but durable messages, says that it may go, and only under a rule that somebody agreed to
 * on its preview.
 */
import { done, failed, failure, refused, type Failure, type Outcome } from '../../../shared/failures/failure.ts'
import type { Account, AccountId } from '../../../shared/model/account.ts'
import { skippedNamed, type JobDetail } from '../../../shared/model/job.ts'
import type { ServerAdvice } from '../../../shared/model/server-advice.ts'
import { removesAnything } from '../../../shared/model/removal.ts'
import type { AccountBook } from '../../accounts/account-book.ts'
import type { IncomingBatch, IncomingMessage, MailStore } from '../../mail/mail-store.ts'
import type { InboxSession, ServerMessage } from '../../protocols/mail-session.ts'
import type { openInbox } from '../../protocols/open-inbox.ts'
import type { JobContext, Work } from '../job-engine.ts'
import type { Pauses } from '../pauses.ts'

export interface FetchParts {
  readonly accounts: Pick<AccountBook, 'get' | 'route'>
  readonly mail: Pick<MailStore, 'knownServerIds' | 'receive' | 'dueForRemoval' | 'mayRemove' | 'noteListed' | 'noteAsked' | 'noteRemoved'>
  readonly openInbox: typeof openInbox
  readonly pauses: Pick<Pauses, 'note'>
}

/** A group is committed when it has this many messages or bytes, whatever comes first: one round of fsync for all of them. */
export const groupMessages = 500
export const groupBytes = 32 * 1024 * 1024

const inbox = 'INBOX'

type FetchDetail = Extract<JobDetail, { kind: 'fetch-mail' }>

const nothingYet: FetchDetail = { kind: 'fetch-mail', phase: 'connect', fetched: 0, known: 0, bytes: 0, bytesTotal: null, skipped: [], skippedTotal: 0, removed: 0, advice: [] }

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
  const listed = await session.list()
  if (!listed.ok) return listed
  const known = parts.mail.knownServerIds(account.id, inbox)
  const wanted = listed.value.filter(({ serverId }) => !known.has(serverId))
  const tally = createTally(wanted, listed.value.length - wanted.length, context)

  const fetched = await fetchWanted(parts, account, session, wanted, tally)
  tally.advised(session.advice())
  if (!fetched.ok) return fetched
  if (context.signal.aborted) return failed('job.cancelled')

  return removeDue(parts.mail, account, session, new Set(listed.value.map(({ serverId }) => serverId)), tally)
}

async function removeDue(mail: FetchParts['mail'], account: Account, session: InboxSession, listed: ReadonlySet<string>, tally: Tally): Promise<Outcome<void>> {
  if (!removesAnything(account.delivery)) return done(undefined)
  mail.noteListed(account.id, inbox, listed)
  if (!mail.mayRemove(account.id, account.delivery)) return done(undefined)
  const due = mail.dueForRemoval(account.id, inbox, account.delivery).filter((serverId) => listed.has(serverId))
  if (due.length === 0) return done(undefined)
  tally.removing()
  mail.noteAsked(account.id, inbox, due)
  const removed = await session.removeAndClose(due)
  if (!removed.ok) return removed
  mail.noteRemoved(account.id, inbox, removed.value)
  tally.removed(removed.value.length)
  return done(undefined)
}

/** Counts what happens and reports it: bytes as they come, messages as they are durable. */
function createTally(wanted: readonly ServerMessage[], known: number, context: JobContext<'fetch-mail'>) {
  const total = wanted.length
  let detail: FetchDetail = { ...nothingYet, phase: 'fetch', known, bytesTotal: wanted.reduce((sum, { size }) => sum + size, 0) }
  let received = 0
  const change = (next: Partial<FetchDetail>) => {
    detail = { ...detail, ...next }
    context.report({ done: received, total }, detail)
  }
  change({})
  return {
    piece: (bytes: number) => change({ bytes: detail.bytes + bytes }),
    received() {
      received += 1
      change({})
    },
    skipped(serverId: string, reason: Failure) {
      received += 1
      const skipped = detail.skipped.length < skippedNamed ? [...detail.skipped, { serverId, failure: reason }] : detail.skipped
      change({ skipped, skippedTotal: detail.skippedTotal + 1 })
    },
    stored: (count: number) => change({ fetched: detail.fetched + count }),
    removing: () => change({ phase: 'remove' }),
    removed: (count: number) => change({ removed: count }),
    advised: (advice: readonly ServerAdvice[]) => change({ advice: [...advice] }),
  }
}

type Tally = ReturnType<typeof createTally>

/** Thrown through a session's `fetch` to end it because storing failed here; never leaves this file. */
class StoringFailed extends Error {
  readonly reason: Failure
  constructor(reason: Failure) {
    super(reason.code)
    this.reason = reason
  }
}

async function fetchWanted(
  parts: FetchParts,
  account: Account,
  session: InboxSession,
  wanted: readonly ServerMessage[],
  tally: Tally,
): Promise<Outcome<void>> {
  if (wanted.length === 0) return done(undefined)
  const groups = createGroups(parts.mail, account, wanted, tally)
  try {
    const fetched = await session.fetch(wanted.map(({ serverId }) => serverId), groups.receiver)
    await groups.finish()
    return fetched
  } catch (error) {
    if (error instanceof StoringFailed) return refused(error.reason)
    throw error
  } finally {
    await groups.abandon()
  }
}

function createGroups(mail: FetchParts['mail'], account: Account, wanted: readonly ServerMessage[], tally: Tally) {
  const seen = new Set(wanted.filter((message) => message.seen).map(({ serverId }) => serverId))
  const batch: IncomingBatch = mail.receive(account.id, inbox, account.privacy)
  let current: IncomingMessage | null = null
  let waiting = { messages: 0, bytes: 0 }
  /** The group that is becoming durable while the next one comes in. */
  let committing: Promise<void> = Promise.resolve()

  async function beginCommit(): Promise<void> {
    await committing
    if (waiting.messages === 0) return
    waiting = { messages: 0, bytes: 0 }
    committing = commit()
    // Whoever waits for it next is told; until then a failure must not count as nobody's.
    committing.catch(() => {})
  }

  async function commit(): Promise<void> {
    const committed = await batch.commit()
    if (!committed.ok) throw new StoringFailed(committed.failure)
    tally.stored(committed.value.stored)
  }

  const receiver = {
    async begin(serverId: string) {
      const message = await batch.begin(serverId, { seen: seen.has(serverId) })
      current = message
      return {
        write(piece: Uint8Array) {
          tally.piece(piece.length)
          return message.write(piece)
        },
      }
    },
    async end(serverId: string, outcome: Outcome<{ readonly bytes: number }>) {
      const message = current
      current = null
      if (!outcome.ok) {
        await message?.abandon()
        tally.skipped(serverId, outcome.failure)
        return
      }
      const finished = await message?.finish()
      if (finished === undefined || !finished.ok) throw new StoringFailed(finished?.failure ?? failure('storage.failed'))
      tally.received()
      waiting = { messages: waiting.messages + 1, bytes: waiting.bytes + outcome.value.bytes }
      if (waiting.messages >= groupMessages || waiting.bytes >= groupBytes) await beginCommit()
    },
  }

  return {
    receiver,
    /** What came in whole is kept, however the run ended; the one that was cut off is not. */
    async finish(): Promise<void> {
      await current?.abandon()
      current = null
      await beginCommit()
      await committing
    },
    async abandon(): Promise<void> {
      await committing.catch(() => {})
      await batch.abandon()
    },
  }
}
