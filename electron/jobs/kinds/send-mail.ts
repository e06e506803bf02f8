/**
 * Sends what is ready in an account's outbox, oldest first, over one connection as long as it holds (D1-D5).
 *
 *   take ─▶ connection ─▶ submit ── before the first byte of DATA: submitting ─▶ sent | error | ready again later | unknown
 *
 * What concerns the account (no server, no sign-in, no network) ends the run and leaves the queue as it is. What concerns
 * one mail is noted with that mail, and the next has its turn. No mail is left in `sending` or `submitting`, whatever
 * happens.
 */
import { done, failed, failure, refused, type Failure, type Outcome } from '../../../shared/failures/failure.ts'
import type { AccountId } from '../../../shared/model/account.ts'
import type { JobDetail } from '../../../shared/model/job.ts'
import type { AccountBook } from '../../accounts/account-book.ts'
import type { MailsInHand, Outbox, TakenMail } from '../../outbox/outbox.ts'
import type { SubmissionSession } from '../../protocols/mail-session.ts'
import type { openSubmission } from '../../protocols/open-submission.ts'
import type { JobContext, Work } from '../job-engine.ts'
import type { Pauses } from '../pauses.ts'
import { retryAt } from '../retry-after.ts'
import { machineTimers, type Timers } from '../timers.ts'
import { connectionSurvives, isBeforeTheMail, judgeRefusal } from './judge-refusal.ts'

export interface SendParts {
  readonly accounts: Pick<AccountBook, 'route'>
  readonly outbox: Pick<Outbox, 'get' | 'waitingCount' | keyof MailsInHand>
  readonly openSubmission: typeof openSubmission
  readonly pauses: Pick<Pauses, 'note'>
  readonly now?: () => Date
  /** 0 to 1, for jitter. */
  readonly random?: () => number
  readonly timers?: Timers
}

/** How long a cancelled run waits for the answer to a mail that is going out: cut off now, its outcome would be unknown. */
export const graceWhileSubmitting = 3000

/** Connections that broke one after the other before the run gives up. */
const brokenInARow = 2

type SendDetail = Extract<JobDetail, { kind: 'send-mail' }>
type Step = { readonly next: 'same-connection' | 'new-connection' | 'after-broken' } | { readonly next: 'stop'; readonly reason: Failure }

export function sendMail(parts: SendParts, accountId: AccountId): Work<'send-mail'> {
  return {
    kind: 'send-mail',
    accountId,
    begin: { kind: 'send-mail', sent: 0, failed: 0, unknown: 0 },
    lane: `send:${accountId}`,
    // Waits for the answer to the mail that is going out, and says what it was.
    patience: Number.POSITIVE_INFINITY,
    run: (context) => run(parts, accountId, context),
  }
}

async function run(parts: SendParts, accountId: AccountId, context: JobContext<'send-mail'>): Promise<Outcome<void>> {
  const { outbox, now = () => new Date() } = parts
  const cut = cutter(context.signal, parts.timers ?? machineTimers)
  const tally = createTally(outbox.waitingCount(accountId), context)
  const until = now()
  let session: SubmissionSession | null = null
  let broken = 0
  try {
    const recovered = outbox.recover(accountId)
    if (!recovered.ok) return recovered
    while (!context.signal.aborted) {
      // Only what was due when the run began: a mail put back by this run is not for this run.
      const taken = outbox.take(accountId, until, 1)
      if (!taken.ok) return taken
      const [mail] = taken.value
      if (mail === undefined) return done(undefined)
      if (session === null) {
        const opened = await connect(parts, accountId, cut.signal, mail)
        if (!opened.ok) return opened
        session = opened.value
      }
      const step = await submit(parts, session, mail, cut, tally)
      if (step.next === 'stop') return refused(step.reason)
      broken = step.next === 'after-broken' ? broken + 1 : 0
      if (step.next !== 'same-connection') {
        await session.close()
        session = null
      }
      if (broken >= brokenInARow) return failed('connect.lost')
    }
    return failed('job.cancelled')
  } finally {
    cut.over()
    await session?.close()
  }
}

/** A connection that can't be had says nothing about the mail it was wanted for: that one goes back as it was. */
async function connect(parts: SendParts, accountId: AccountId, signal: AbortSignal, mail: TakenMail): Promise<Outcome<SubmissionSession>> {
  const { outbox } = parts
  let opened: Outcome<SubmissionSession> = failed('program.error')
  try {
    const route = await parts.accounts.route(accountId, 'outgoing')
    opened = route.ok ? await parts.openSubmission({ ...route.value.server, signal }, route.value.credentials) : route
    parts.pauses.note(accountId, 'outgoing', opened.ok ? null : opened.failure)
  } finally {
    if (!opened.ok) await outbox.giveBack(mail, opened.failure, null)
  }
  return opened
}

async function submit(
  parts: SendParts,
  session: SubmissionSession,
  mail: TakenMail,
  cut: ReturnType<typeof cutter>,
  tally: ReturnType<typeof createTally>,
): Promise<Step> {
  const { outbox, now = () => new Date(), random = Math.random } = parts
  let submitting = false
  const request = {
    mailFrom: mail.mailFrom,
    recipients: mail.recipients,
    file: mail.file,
    size: mail.size,
    envelopeId: mail.envelopeId,
    async submitting() {
      const marked = await outbox.submitting(mail)
      if (!marked.ok || !marked.value) throw new Error(`outgoing mail ${mail.id} is not sending any more`)
      submitting = true
      cut.hold(true)
    },
  }
  const answer = await session.submit(request).catch(async (error: unknown) => {
    if (submitting) await outbox.unknown(mail, failure('send.outcome-unknown'))
    else if (isStillOurs(outbox, mail)) await outbox.answered(mail, { words: null, failure: failure('program.error'), recipients: [], retryAt: null })
    else return null
    throw error
  })
  cut.hold(false)
  // Somebody reset it while it was on its way to the server, which did not get it: it belongs to the next run.
  if (answer === null) return { next: 'new-connection' }

  if (answer.ok) {
    await outbox.answered(mail, { words: answer.value.words, failure: null, recipients: answer.recipients, retryAt: retryAt(triesOf(outbox, mail, now()), now(), random()) })
    tally.count('sent')
    return { next: 'same-connection' }
  }
  const { failure: reason, recipients } = answer
  const judgement = judgeRefusal(reason, recipients)
  if (judgement === 'unknown') {
    await outbox.unknown(mail, reason)
    tally.count('unknown')
    return { next: 'stop', reason }
  }
  const retry = judgement === 'for-good' ? null : cut.signal.aborted ? now() : retryAt(triesOf(outbox, mail, now()), now(), random())
  await outbox.answered(mail, { words: null, failure: reason, recipients, retryAt: retry })
  tally.count('failed')
  if (connectionSurvives(reason, recipients)) return { next: 'same-connection' }
  return { next: reason.evidence.replyCode === undefined ? 'after-broken' : 'new-connection' }
}

/** A mail that is `sending` can be reset by a person at any time (D1); from then on this run has no say in it. */
function isStillOurs(outbox: SendParts['outbox'], mail: TakenMail): boolean {
  const found = outbox.get(mail.id)
  return found.ok && (found.value.state === 'sending' || found.value.state === 'submitting')
}

/** How often the server had this mail before it and put it off, and since when: a week offline counts as nothing. */
function triesOf(outbox: SendParts['outbox'], mail: TakenMail, now: Date) {
  const found = outbox.get(mail.id)
  const before = found.ok ? found.value.history.filter((event) => event.failure !== null && !isBeforeTheMail(event.failure)) : []
  const first = before[0]
  return { attempts: before.length + 1, firstTriedAt: first === undefined ? now : new Date(first.at) }
}

function createTally(total: number, context: JobContext<'send-mail'>) {
  let detail: SendDetail = { kind: 'send-mail', sent: 0, failed: 0, unknown: 0 }
  let handled = 0
  context.report({ done: 0, total }, detail)
  return {
    count(what: 'sent' | 'failed' | 'unknown') {
      handled += 1
      detail = { ...detail, [what]: detail[what] + 1 }
      context.report({ done: handled, total: Math.max(total, handled) }, detail)
    },
  }
}

/** Cuts the connection when the job is cancelled: at once, or, while a mail is being submitted, after its grace. */
function cutter(cancelled: AbortSignal, timers: Timers) {
  const controller = new AbortController()
  let held = false
  let endGrace: (() => void) | null = null
  const cutNow = () => controller.abort()
  const onCancel = () => {
    if (held) endGrace = timers.after(graceWhileSubmitting, cutNow)
    else cutNow()
  }
  if (cancelled.aborted) cutNow()
  cancelled.addEventListener('abort', onCancel, { once: true })
  return {
    signal: controller.signal,
    hold(on: boolean) {
      held = on
      if (!on) endGrace?.()
    },
    over() {
      endGrace?.()
      cancelled.removeEventListener('abort', onCancel)
    },
  }
}
