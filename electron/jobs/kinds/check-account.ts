/**
 * Proves an account, saved or not: both servers, each step by step and each whatever becomes of the other, without sending
 * mail (B8). On request then a test message to oneself, submitted and, where the account receives, seen in its inbox.
 */
import { done, failed, refused, type Outcome } from '../../../shared/failures/failure.ts'
import type { AccountDraft } from '../../../shared/model/account.ts'
import type { AccountBook } from '../../accounts/account-book.ts'
import type { JobContext, Work } from '../job-engine.ts'
import type { Pauses } from '../pauses.ts'
import { machineTimers, type Timers } from '../timers.ts'
import { createSides, type CheckSides, type CheckSubject, type SideParts } from './check-sides.ts'
import { createStepList, stepsFor, type StepList } from './check-steps.ts'
import type { TestMessageWords } from './compose-test-message.ts'
import { receivingLane } from './fetch-mail.ts'
import { sendTestMessage } from './send-test-message.ts'

export interface CheckParts extends SideParts {
  readonly accounts: SideParts['accounts'] & Pick<AccountBook, 'get'>
  readonly pauses: Pick<Pauses, 'note'>
  /** The test message in the user's language. */
  readonly testMessageWords: () => TestMessageWords
  /** A folder for the test message while it is sent. */
  readonly spool: string
  readonly now?: () => Date
  readonly timers?: Timers
}

export function checkAccount(parts: CheckParts, subject: CheckSubject, testMessage: boolean): Work<'check-account'> {
  const draft = draftOf(parts, subject)
  const steps = draft.ok ? stepsFor({ incoming: draft.value.incoming !== null, outgoing: draft.value.outgoing !== null, testMessage }) : []
  return {
    kind: 'check-account',
    accountId: subject.id,
    begin: { kind: 'check-account', steps },
    // A saved POP3 account is not checked while it is fetched: the mailbox is locked then (RFC 1939 section 4).
    lane: subject.is === 'account' && draft.ok && draft.value.incoming?.protocol === 'pop3' ? receivingLane(subject.id) : null,
    run: async (context) => (draft.ok ? run(parts, subject, draft.value, testMessage, context) : draft),
  }
}

function draftOf(parts: CheckParts, subject: CheckSubject): Outcome<AccountDraft> {
  return subject.is === 'account' ? parts.accounts.get(subject.id) : done(subject.draft)
}

async function run(
  parts: CheckParts,
  subject: CheckSubject,
  draft: AccountDraft,
  testMessage: boolean,
  context: JobContext<'check-account'>,
): Promise<Outcome<void>> {
  const { now = () => new Date(), timers = machineTimers } = parts
  const begin = stepsFor({ incoming: draft.incoming !== null, outgoing: draft.outgoing !== null, testMessage })
  const list = createStepList(begin, now, (steps) => {
    const over = steps.filter(({ state }) => state !== 'waiting' && state !== 'running').length
    context.report({ done: over, total: steps.length }, { kind: 'check-account', steps })
  })
  const sides = createSides(parts, subject, context.signal)
  const { address } = draft.user
  const [incoming, outgoing] = await Promise.all([
    draft.incoming === null ? null : checkIncoming(sides, list),
    draft.outgoing === null ? null : checkOutgoing(sides, list, address),
  ])
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

async function checkOutgoing(sides: CheckSides, list: StepList, address: string): Promise<Outcome<void>> {
  const opened = await sides.openOutgoing(list.watcher('outgoing'))
  if (!opened.ok) return failedToOpen('outgoing', list, opened)
  list.opened('outgoing')
  try {
    list.begin('outgoing', 'sender')
    const taken = await opened.value.rehearse(address, address)
    if (taken.ok) list.end('outgoing', 'sender', taken.value)
    else list.fail('outgoing', 'sender', taken.failure)
    return taken.ok ? done(undefined) : taken
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
