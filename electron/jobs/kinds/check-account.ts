/**
 * Proves an account, saved or not: both servers, each step by step and each whatever becomes of the other, without sending
 * mail (B8). On request then a test message to oneself, submitted and, where the account receives, seen in its inbox.
 */
import { done, failed, refused, type Outcome } from '../../../shared/failures/failure.ts'
import type { AccountDraft } from '../../../shared/model/account.ts'
import type { Letterhead } from '../../../shared/model/letterhead.ts'
import type { SubmissionSession } from '../../protocols/mail-session.ts'
import type { AccountBook } from '../../accounts/account-book.ts'
import type { JobContext, Work } from '../job-engine.ts'
import type { Pauses } from '../pauses.ts'
import { machineTimers, type Timers } from '../timers.ts'
import { createSides, type CheckSides, type CheckSubject, type SideParts, signsInAlike } from './check-sides.ts'
import { createStepList, stepsFor, type StepList } from './check-steps.ts'
import type { TestMessageWords } from './compose-test-message.ts'
import { receivingLane } from './fetch-mail.ts'
import { sendTestMessage } from './send-test-message.ts'

export interface CheckParts extends SideParts {
  readonly accounts: SideParts['accounts'] & Pick<AccountBook, 'get'>
  readonly pauses: Pick<Pauses, 'note'>
  /** The test message in the user's language. */
  readonly testMessageWords: () => TestMessageWords
  /** Who mail of this account is from; left out = the account itself. */
  readonly letterhead?: (draft: AccountDraft) => Letterhead
  /** A folder for the test message while it is sent. */
  readonly spool: string
  readonly now?: () => Date
  readonly timers?: Timers
}

export interface CheckWanted {
  readonly testMessage: boolean
  /** B7: also whether mail may go out under this address. */
  readonly sendAs: string | null
}

export function checkAccount(parts: CheckParts, subject: CheckSubject, wanted: CheckWanted): Work<'check-account'> {
  const draft = draftOf(parts, subject)
  const steps = draft.ok ? stepsFor(halvesOf(draft.value, wanted)) : []
  return {
    kind: 'check-account',
    accountId: subject.id,
    begin: { kind: 'check-account', steps },
    // A saved POP3 account is not checked while it is fetched: the mailbox is locked then (RFC 1939 section 4).
    lane: subject.is === 'account' && draft.ok && draft.value.incoming?.protocol === 'pop3' ? receivingLane(subject.id) : null,
    run: async (context) => (draft.ok ? run(parts, subject, draft.value, wanted, context) : draft),
  }
}

function halvesOf(draft: AccountDraft, { testMessage, sendAs }: CheckWanted) {
  return { incoming: draft.incoming !== null, outgoing: draft.outgoing !== null, testMessage, sendAs: sendAs !== null }
}

function draftOf(parts: CheckParts, subject: CheckSubject): Outcome<AccountDraft> {
  return subject.is === 'account' ? parts.accounts.get(subject.id) : done(subject.draft)
}

async function run(
  parts: CheckParts,
  subject: CheckSubject,
  draft: AccountDraft,
  { testMessage, sendAs }: CheckWanted,
  context: JobContext<'check-account'>,
): Promise<Outcome<void>> {
  const { now = () => new Date(), timers = machineTimers } = parts
  const begin = stepsFor(halvesOf(draft, { testMessage, sendAs }))
  const list = createStepList(begin, now, (steps) => {
    const over = steps.filter(({ state }) => state !== 'waiting' && state !== 'running').length
    context.report({ done: over, total: steps.length }, { kind: 'check-account', steps, userName: sides.otherUserName() })
  })
  const sides = createSides(parts, subject, context.signal)
  const { address } = draft.user
  const checkedIncoming = draft.incoming === null ? null : checkIncoming(sides, list)
  const checkOut = () => (draft.outgoing === null ? null : checkOutgoing((watcher) => sides.openOutgoing(watcher), list, { as: parts.letterhead?.(draft).mailFrom ?? address, to: address, sendAs }))
  const waits = subject.is === 'draft' && subject.otherUserName != null && signsInAlike(draft)
  const [incoming, outgoing] = waits ? await inTurn(checkedIncoming, checkOut, list) : await Promise.all([checkedIncoming, checkOut()])
  if (subject.is === 'account') {
    if (incoming !== null) parts.pauses.note(subject.id, 'incoming', incoming.ok ? null : incoming.failure)
    if (outgoing !== null) parts.pauses.note(subject.id, 'outgoing', outgoing.ok ? null : outgoing.failure)
  }
  if (testMessage && outgoing?.ok === true && !context.signal.aborted) {
    const watchInbox = incoming?.ok === true
    if (!watchInbox && incoming !== null) list.skipRest('test-message', ['arrive'])
    const seconds = draft.timeoutSeconds
    const options = { address, seconds, watchInbox, signal: context.signal, words: parts.testMessageWords(), spool: parts.spool, now, timers }
    await sendTestMessage(sides, list, options)
  } else {
    list.skipRest('test-message')
  }
  if (context.signal.aborted) return failed('job.cancelled')
  const firstFailure = list.steps().find(({ failure }) => failure !== null)?.failure
  return firstFailure == null ? done(undefined) : refused(firstFailure)
}

/** Which user name is right is found out at one server only; where it took neither, the other is not asked: that would be a third wrong sign-in. */
async function inTurn(first: Promise<Outcome<void>> | null, second: () => Promise<Outcome<void>> | null, list: StepList): Promise<[Outcome<void> | null, Outcome<void> | null]> {
  const incoming = await first
  if (incoming?.ok === false && incoming.failure.code === 'signin.rejected') {
    list.skipRest('outgoing')
    return [incoming, null]
  }
  return [incoming, await second()]
}

async function checkIncoming(sides: CheckSides, list: StepList): Promise<Outcome<void>> {
  const opened = await sides.openIncoming(list.watcher('incoming'))
  if (!opened.ok) return failedToOpen('incoming', list, opened)
  list.opened('incoming')
  try {
    list.begin('incoming', 'mailbox')
    const listed = await opened.value.list()
    if (listed.ok) list.end('incoming', 'mailbox', String(listed.value.length))
    else list.fail('incoming', 'mailbox', listed.failure)
    return listed.ok ? done(undefined) : listed
  } finally {
    await opened.value.close()
  }
}

export interface Rehearsal {
  /** The envelope's sender mail goes out with; null = not known, and not asked. */
  readonly as: string | null
  readonly to: string
  /** B7: another sender, asked for in the same way. */
  readonly sendAs: string | null
}

type Opening = (watcher: ReturnType<StepList['watcher']>) => Promise<Outcome<SubmissionSession>>

/**
 * MAIL FROM and RCPT TO without DATA: proves which envelope senders the server takes from this sign-in. What it makes of the From
 * field it can only show with a message.
 */
export async function checkOutgoing(open: Opening, list: StepList, { as, to, sendAs }: Rehearsal): Promise<Outcome<void>> {
  const opened = await open(list.watcher('outgoing'))
  if (!opened.ok) return failedToOpen('outgoing', list, opened)
  list.opened('outgoing')
  try {
    for (const [step, sender] of [['sender', as], ['send-as', sendAs]] as const) {
      if (sender === null) continue
      list.begin('outgoing', step)
      const taken = await opened.value.rehearse(sender, to)
      if (!taken.ok) {
        const reason = { ...taken.failure, evidence: { address: sender, ...taken.failure.evidence } }
        list.fail('outgoing', step, reason)
        return refused(reason)
      }
      list.end('outgoing', step, taken.value)
    }
    return done(undefined)
  } finally {
    await opened.value.close()
  }
}

/** A failure before any step began is shown with the step it would have failed at: a missing password at the sign-in. */
function failedToOpen(side: 'incoming' | 'outgoing', list: StepList, outcome: Extract<Outcome<never>, { ok: false }>): Outcome<void> {
  const { code } = outcome.failure
  list.fail(side, code.startsWith('signin.') || code.startsWith('secrets.') ? 'sign-in' : 'name', outcome.failure)
  return outcome
}
