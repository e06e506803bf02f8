/**
 * What a run does with the mails it has in hand: taken, marked as submitting, answered for. Each move is one function with the states it
 * may start from, and checks that the mail is still held with the token it was taken with: once somebody has reset a mail, or another
 * process has found it left behind, it can't be submitted for the old run any more. Moves that wait for a server's answer are committed
 * in groups (`group-commit.ts`).
 */
import { join } from 'node:path'
import { done, type Failure, failure, type Outcome, refused } from '../../shared/failures/failure.ts'
import type { OutgoingId, OutgoingState } from '../../shared/model/outgoing-mail.ts'
import { type Database, transaction } from '../storage/database.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import type { GroupCommit } from './group-commit.ts'
import type { MailsInHand, ServerAnswer, TakenMail } from './outbox.ts'
import type { OutgoingRows } from './outgoing-rows.ts'

export interface RunMoveParts {
  readonly database: Database
  readonly rows: OutgoingRows
  readonly group: GroupCommit
  /** Where the rows' files are. */
  readonly root: string
  /** Nobody else's, ever. */
  readonly token: string
  readonly now: () => number
  /** In the order of the moves; told when they are durable. */
  changed(id: OutgoingId): void
}

const lostAnswer = failure('send.outcome-unknown')

export function runMoves({ database, rows, group, root, token, now, changed }: RunMoveParts): MailsInHand & Recovery {
  let taken = 0
  /** Those that were marked with another they were taken with. */
  const marked = new Set<string>()
  const holding = (id: OutgoingId, heldWith: string) => `${heldWith} ${id}`
  /** Answers the disk would not take: what they say is true all the same. */
  const unwritten = new Map<OutgoingId, { readonly mail: TakenMail; readonly answer: ServerAnswer }>()

  /** Bugs are thrown; the disk's refusal is an answer. */
  async function commit<T>(id: OutgoingId, work: () => T, ask = group.ask): Promise<Outcome<T>> {
    try {
      return done(await ask(() => {
        const result = work()
        changed(id)
        return result
      }))
    } catch (error) {
      return refused(storageFailure(error, 'outbox'))
    }
  }

  function commitNow<T>(work: () => T): Outcome<T> {
    try {
      return done(transaction(database, work))
    } catch (error) {
      return refused(storageFailure(error, 'outbox'))
    }
  }

  function writeAnswer({ id, token: heldWith }: TakenMail, { words, failure: reason, recipients, retryAt }: ServerAnswer): void {
    // One that was found left behind meanwhile is still ours to answer for: nobody else heard the server.
    const from: readonly OutgoingState[] = reason === null ? ['submitting', 'unknown'] : ['sending', 'submitting', 'unknown']
    if (!rows.isHeld(id, from, heldWith)) return
    rows.noteAnswers(id, recipients, retryAt !== null)
    const refusedSome = rows.hasRecipient(id, 'deferred')
    const isTriedAgain = retryAt !== null && (reason !== null || refusedSome)
    if (!isTriedAgain) rows.settle(id, ['deferred', 'waiting'], reason === null ? 'accepted' : 'refused')
    const hasBeenSent = rows.hasRecipient(id, 'accepted')
    const to = isTriedAgain ? 'ready' : hasBeenSent ? 'sent' : 'error'
    const why = reason ?? (isTriedAgain ? deferredWhy(recipients) : null)
    const at = isTriedAgain ? retryAt.getTime() : null
    rows.move(id, { from, to, words: words ?? reason?.evidence.serverWords ?? null, failure: to === 'sent' ? null : why, notBefore: at, nextAt: at, heldWith, isAttempt: true }, now())
    if (to === 'sent') rows.noteShown(id)
  }

  function writeLateAnswers(): Outcome<void> {
    if (unwritten.size === 0) return done(undefined)
    const late = [...unwritten.values()]
    const written = commitNow(() => late.forEach(({ mail, answer }) => {
      writeAnswer(mail, answer)
      changed(mail.id)
    }))
    if (written.ok) unwritten.clear()
    return written
  }

  return {
    dueCount: (accountId, at, most) => rows.dueCount(accountId, at.getTime(), most),
    take(accountId, until, most) {
      const late = writeLateAnswers()
      if (!late.ok) return late
      taken += 1
      const takenBy = `${token}:${String(taken)}`
      return commitNow(() => {
        const due = rows.scheduledUntil(until.getTime())
        for (const id of due) if (rows.move(id, { from: ['scheduled'], to: 'ready' }, now())) changed(id)
        return rows.oldestReady(accountId, until.getTime(), most).map((id): TakenMail => {
          rows.move(id, { from: ['ready'], to: 'sending', takenBy }, now())
          changed(id)
          const { file, ...envelope } = rows.envelope(id)
          return { id, token: takenBy, file: join(root, file), ...envelope }
        })
      })
    },
    async submitting({ id, token: heldWith }) {
      if (marked.delete(holding(id, heldWith))) return done(true)
      const together = await commit(id, () => rows.heldWith(heldWith, 'sending').filter((one) => {
        changed(one)
        return rows.move(one, { from: ['sending'], to: 'submitting', heldWith }, now())
      }))
      if (!together.ok) return together
      for (const one of together.value) marked.add(holding(one, heldWith))
      return done(marked.delete(holding(id, heldWith)))
    },
    async answered(mail, answer) {
      const written = await commit(mail.id, () => writeAnswer(mail, answer), group.askSoon)
      if (!written.ok) unwritten.set(mail.id, { mail, answer })
      return written
    },
    giveBack({ id, token: heldWith }, reason, nextAt) {
      marked.delete(holding(id, heldWith))
      return commit(id, () => void rows.move(id, { from: ['sending', 'submitting'], to: 'ready', failure: reason, words: reason?.evidence.serverWords ?? null, nextAt: nextAt?.getTime() ?? null, heldWith }, now()))
    },
    unknown: ({ id, token: heldWith }, reason) => commit(id, () => void rows.move(id, { from: ['submitting'], to: 'unknown', failure: reason, heldWith, isAttempt: true }, now())),
    recover(accountId) {
      const late = writeLateAnswers()
      if (!late.ok) return late
      return commitNow(() => {
        for (const id of rows.idsOf(accountId, 'sending')) if (rows.move(id, { from: ['sending'], to: 'ready' }, now())) changed(id)
        for (const id of rows.idsOf(accountId, 'submitting')) if (rows.move(id, { from: ['submitting'], to: 'unknown', failure: lostAnswer, isAttempt: true }, now())) changed(id)
      })
    },
    recoverAll: () => ({
      readied: moveAll(['sending'], 'ready', null),
      unknown: moveAll(['submitting'], 'unknown', lostAnswer),
    }),
  }

  function moveAll(from: readonly OutgoingState[], to: OutgoingState, reason: Failure | null): number {
    return transaction(database, () => rows.idsIn(from).filter((id) => {
      const moved = rows.move(id, { from, to, failure: reason, isAttempt: to === 'unknown' }, now())
      if (moved) changed(id)
      return moved
    }).length)
  }
}

interface Recovery {
  recoverAll(): { readonly readied: number; readonly unknown: number }
}

/** Some have it: why the others do not yet. */
function deferredWhy(recipients: ServerAnswer['recipients']): Failure {
  const refusal = recipients.find(({ accepted }) => !accepted)
  return failure('send.temporary', {
    ...(refusal === undefined ? {} : { address: refusal.address }),
    ...(refusal?.replyCode == null ? {} : { replyCode: refusal.replyCode }),
    ...(refusal?.words == null ? {} : { serverWords: refusal.words }),
  })
}
