/**
 * One connection of a run, and after it is lost the next: takes mails from the run's queue, as many ahead as the connection can use, and
 * notes what became of each.
 */
import { type Failure, failure } from '../../../shared/failures/failure.ts'
import type { AccountId } from '../../../shared/model/account.ts'
import type { TakenMail } from '../../outbox/outbox.ts'
import type { Submission } from '../../protocols/mail-session.ts'
import type { JobContext } from '../job-engine.ts'
import { retryAt } from '../retry-after.ts'
import { connectTo, type OpenedSubmission } from './connect-submission.ts'
import { connectionSurvives, isBeforeTheMail, judgeRefusal } from './judge-refusal.ts'
import type { SendParts } from './send-parts.ts'
import type { SendQueue } from './send-queue.ts'

/** So many mails over one connection, where other accounts wait for their turn at the same server. */
const mailsInATurn = 20

/** Connections that broke one after the other before the run gives up. */
const brokenInARow = 2

/** What to do with the connection a mail went over. */
type Verdict = 'keep' | 'renew' | 'broken'

/** `start` null = a connection beside the first: it comes when there still is something to do, or not at all. */
export async function sendOverConnection(
  parts: SendParts, accountId: AccountId, queue: SendQueue, context: JobContext<'send-mail'>, start: { readonly first: TakenMail; readonly opened: OpenedSubmission } | null,
): Promise<void> {
  let first = start?.first ?? null
  let opened = start?.opened ?? null
  let broken = 0
  for (;;) {
    opened ??= await (start === null ? connectBeside() : connectAgain())
    if (opened === null) return
    const { session, cut } = opened
    const verdict = await sendOver(opened, first)
    first = null
    opened = null
    await session.close()
    cut.over()
    if (verdict === 'keep') return
    broken = verdict === 'broken' ? broken + 1 : 0
    if (broken >= brokenInARow) return queue.stop(failure('connect.lost', { host: queue.server() }))
  }

  /** Only when there still is something to send; where it can't be had, the run is over. */
  async function connectAgain(): Promise<OpenedSubmission | null> {
    first = await queue.next()
    if (first === null) return null
    const connected = await connectTo(parts, accountId, { cancelled: context.signal, isFirst: false })
    if (connected.ok) return connected.value
    await queue.giveBack(first, connected.failure)
    return null
  }

  /** No mail waits for it: it is done without where it can't be had, or not in time. */
  async function connectBeside(): Promise<OpenedSubmission | null> {
    if (queue.isOver()) return null
    const connected = await connectTo(parts, accountId, { cancelled: context.signal, needless: queue.drained, isFirst: false })
    return connected.ok ? connected.value : null
  }

  /** Until the queue is empty (`keep`), or the connection is of no more use. */
  async function sendOver(connection: OpenedSubmission, given: TakenMail | null): Promise<Verdict> {
    const underWay = new Set<Promise<void>>()
    let verdict: Verdict = 'keep'
    let bug: { readonly thrown: unknown } | null = null
    let begun = 0
    const begin = (mail: TakenMail) => {
      begun += 1
      const one: Promise<void> = sendOne(connection, mail)
        .then((said) => {
          if (said !== 'keep' && verdict !== 'broken') verdict = said
        }, (thrown: unknown) => {
          bug ??= { thrown }
        })
        .finally(() => underWay.delete(one))
      underWay.add(one)
    }
    if (given !== null) begin(given)
    while (verdict === 'keep' && bug === null) {
      // Others who share the server wait: its place is theirs, and this one waits for the next. Or a person has changed where mail goes out.
      if (begun > 0 && (!connection.isWanted() || isDueElsewhere(connection, begun))) {
        await Promise.all(underWay)
        verdict = verdict === 'keep' ? 'renew' : verdict
        break
      }
      if (underWay.size >= connection.session.ahead) {
        await Promise.race(underWay)
        continue
      }
      const mail = await queue.next()
      if (mail === null) break
      begin(mail)
    }
    await Promise.all(underWay)
    if (bug !== null) {
      await connection.session.close()
      throw (bug as { readonly thrown: unknown }).thrown
    }
    return verdict
  }

  function isDueElsewhere({ session }: OpenedSubmission, begun: number): boolean {
    const claim = session.claim?.() ?? 'none'
    return claim === 'more' || (claim === 'as-much' && begun >= mailsInATurn)
  }

  async function sendOne({ session, cut, isWanted }: OpenedSubmission, mail: TakenMail): Promise<Verdict> {
    const { outbox } = parts
    const marked: { as: 'sending' | 'submitting' | 'reset' | 'unwanted'; failure: Failure | null; whenKnown: Promise<unknown> } = { as: 'sending', failure: null, whenKnown: Promise.resolve() }
    const request = {
      mailFrom: mail.mailFrom, recipients: mail.recipients, file: mail.file, size: mail.size, envelopeId: mail.envelopeId,
      async submitting() {
        if (queue.isOver()) return false
        if (!isWanted()) marked.as = 'unwanted'
        if (marked.as === 'unwanted') return false
        cut.hold(1)
        const marking = outbox.submitting(mail)
        marked.whenKnown = marking
        const durable = await marking
        if (durable.ok && durable.value) marked.as = 'submitting'
        else cut.hold(-1)
        if (durable.ok && !durable.value) marked.as = 'reset'
        if (!durable.ok) marked.failure = durable.failure
        return marked.as === 'submitting'
      },
    }
    const answer = await session.submit(request).catch(async (error: unknown) => {
      // A bug. Before the end of the message went out it is an error, after that nobody knows.
      if (marked.as === 'submitting') await outbox.unknown(mail, failure('send.outcome-unknown'))
      else await outbox.answered(mail, { words: null, failure: failure('program.error'), recipients: [], retryAt: null })
      throw error
    })
    // A refusal can come before the mark that was asked for meanwhile is on disk.
    await marked.whenKnown
    if (marked.as === 'submitting') cut.hold(-1)
    if (marked.failure !== null) {
      queue.stop(marked.failure)
      await queue.giveBack(mail, null)
      return 'renew'
    }
    // Somebody reset it while it was on its way to the server, which did not get it: it belongs to whoever takes it next.
    if (marked.as === 'reset') return 'renew'
    // The server did not get it: it goes the way that is set now, or stays.
    if (marked.as === 'unwanted') {
      await queue.giveBack(mail, null)
      return 'renew'
    }
    return note(mail, answer)
  }

  async function note(mail: TakenMail, answer: Submission): Promise<Verdict> {
    const { outbox, paces, now = () => new Date(), random = Math.random } = parts
    const { recipients } = answer
    if (!answer.ok && !answer.tried) {
      if (answer.failure.code === 'policy.too-fast') slowDown(answer.failure)
      await queue.giveBack(mail, null)
      return 'renew'
    }
    if (answer.ok) {
      const someLater = recipients.some(({ accepted, replyCode }) => !accepted && replyCode !== null && replyCode < 500)
      keep({ words: answer.value.words, failure: null, recipients, retryAt: someLater ? nextTry(mail) : null })
      paces.taken(accountId, queue.server(), recipients.filter(({ accepted }) => accepted).length, now())
      queue.count('sent')
      return 'keep'
    }
    const reason = answer.failure
    const judgement = judgeRefusal(reason, recipients)
    if (judgement === 'unknown') {
      const noted = await outbox.unknown(mail, reason)
      queue.stop(noted.ok ? reason : noted.failure)
      queue.count('unknown')
      return 'renew'
    }
    if (queue.isOver() && reason.code === 'job.cancelled') {
      await queue.giveBack(mail, null)
      return 'renew'
    }
    const rest = reason.code === 'policy.too-fast' ? slowDown(reason) : null
    const retry = judgement === 'for-good' ? null : (rest ?? nextTry(mail))
    keep({ words: null, failure: reason, recipients, retryAt: retry })
    queue.count('failed')
    if (connectionSurvives(reason, recipients)) return 'keep'
    return reason.evidence.replyCode === undefined ? 'broken' : 'renew'

    /** The next mail does not wait for it. */
    function keep(said: Parameters<typeof outbox.answered>[1]): void {
      queue.noting(outbox.answered(mail, said))
    }
    function nextTry(tried: TakenMail): Date | null {
      return retryAt(triesOf(tried, now()), now(), random())
    }
  }

  /** The whole account waits. */
  function slowDown(reason: Failure): Date {
    const { paces, now = () => new Date() } = parts
    const until = paces.slowed(accountId, queue.server(), reason, now())
    queue.stop(reason)
    return until
  }

  /** How often the server had this mail before it and put it off, and since when: a week offline counts as nothing. */
  function triesOf(mail: TakenMail, now: Date) {
    const found = parts.outbox.get(mail.id)
    const before = found.ok ? found.value.history.filter((event) => event.failure !== null && !isBeforeTheMail(event.failure)) : []
    const first = before[0]
    return { attempts: before.length + 1, firstTriedAt: first === undefined ? now : new Date(first.at) }
  }
}
