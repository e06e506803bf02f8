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
import type { MailsInHand, Outbox, ServerAnswer, TakenMail } from './outbox.ts'
import type { CopiedFolder } from './copied-folder.ts'
import type { CopiedFrom, OriginalFolder } from './original-folder.ts'
import type { OutgoingRows } from './outgoing-rows.ts'
import type { Submitted, SubmittedJournal } from './submitted-journal.ts'

export interface RunMoveParts {
  readonly database: Database
  readonly rows: OutgoingRows
  readonly group: GroupCommit
  readonly journal: SubmittedJournal
  readonly original: OriginalFolder
  readonly copied: Pick<CopiedFolder, 'note' | 'noteDoubted'>
  /** Where the rows' files are. */
  readonly root: string
  /** Nobody else's, ever. */
  readonly token: string
  readonly now: () => number
  /** A mail is ready again, in this transaction. */
  readonly isBack: (id: OutgoingId, at: number) => void
  /** In the order of the moves; told when they are durable. */
  changed(id: OutgoingId): void
}

const lostAnswer = failure('send.outcome-unknown')
const olderCopy = failure('outbox.older-copy')
/** A backup made while the program runs is an older one at the latest after this, milliseconds. */
const originalFor = 60 * 60_000

export function runMoves({ database, rows, group, journal, original, copied, root, token, now, isBack, changed }: RunMoveParts): MailsInHand & Recovery {
  let taken = 0
  let renewedAt = 0
  /** Those that were marked with another they were taken with. */
  const marked = new Set<string>()
  const holding = (id: OutgoingId, heldWith: string) => `${heldWith} ${id}`
  /** What the disk would not take: it is true all the same. */
  const unwritten = new Map<OutgoingId, () => void>()

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
    if (to === 'ready') isBack(id, now())
  }

  function writeBack({ id, token: heldWith }: TakenMail, reason: Failure | null, nextAt: Date | null): void {
    const words = reason?.evidence.serverWords ?? null
    const moved = rows.move(id, { from: ['sending', 'submitting'], to: 'ready', told: reason, words, nextAt: nextAt?.getTime() ?? null, heldWith }, now())
    if (moved) isBack(id, now())
  }

  /** Not ok: written before the next mail is taken. */
  async function orLater(id: OutgoingId, work: () => void, ask = group.ask): Promise<Outcome<void>> {
    const written = await commit(id, work, ask)
    if (!written.ok) unwritten.set(id, work)
    return written
  }

  function writeWhatIsLate(): Outcome<void> {
    if (unwritten.size === 0) return done(undefined)
    const written = commitNow(() => unwritten.forEach((work, id) => {
      work()
      changed(id)
    }))
    if (written.ok) unwritten.clear()
    return written
  }

  return {
    dueCount: (accountId, at, most) => rows.dueCount(accountId, at.getTime(), most),
    take(accountId, until, most) {
      const late = writeWhatIsLate()
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
      let written: readonly Submitted[] = []
      const together = await commit(id, () => {
        written = rows.heldWith(heldWith).filter((one) => rows.move(one.id, { from: ['sending'], to: 'submitting', heldWith }, now()))
        journal.note(written)
        written.forEach((one) => changed(one.id))
        return written
      })
      if (!together.ok) {
        journal.takeBack(written)
        return together
      }
      for (const one of together.value) marked.add(holding(one.id, heldWith))
      return done(marked.delete(holding(id, heldWith)))
    },
    answered: (mail, answer) => orLater(mail.id, () => writeAnswer(mail, answer), group.askSoon),
    giveBack(mail, reason, nextAt) {
      marked.delete(holding(mail.id, mail.token))
      return orLater(mail.id, () => writeBack(mail, reason, nextAt))
    },
    unknown: ({ id, token: heldWith }, reason) => commit(id, () => void rows.move(id, { from: ['submitting'], to: 'unknown', failure: reason, heldWith, isAttempt: true }, now())),
    recover(accountId) {
      const late = writeWhatIsLate()
      if (!late.ok) return late
      const renewed = Math.abs(now() - renewedAt) < originalFor ? late : renewOriginal()
      if (!renewed.ok) return renewed
      return commitNow(() => {
        for (const id of rows.idsOf(accountId, 'sending')) {
          if (!rows.move(id, { from: ['sending'], to: 'ready' }, now())) continue
          isBack(id, now())
          changed(id)
        }
        for (const id of rows.idsOf(accountId, 'submitting')) if (rows.move(id, { from: ['submitting'], to: 'unknown', failure: lostAnswer, isAttempt: true }, now())) changed(id)
      })
    },
    recoverAll() {
      const recovered = commitNow(() => ({
        readied: moveAll(['sending'], 'ready', null),
        unknown: moveAll(['submitting'], 'unknown', lostAnswer) + doubtOlderCopy(),
      }))
      if (!recovered.ok) return recovered
      // What the disk refuses now is tried again before anything is sent.
      renewOriginal()
      return recovered
    },
  }

  /** Mails that an older list, or a copy of the folder, brings back: they may have been sent since. None is sent before the Sent folder or a person has said. */
  function doubtOlderCopy(): number {
    const mayBeSent: readonly OutgoingState[] = ['scheduled', 'held', 'ready', 'error']
    const doubted = transaction(database, () => journal.missedOf(rows.filesIn(mayBeSent), rows.timesSubmitted).map(({ id, missed }) => {
      for (let times = 0; times < missed; times += 1) rows.move(id, { from: [...mayBeSent, 'submitting'], to: 'submitting' }, now())
      return doubt(id, ['submitting'], 'unknown')
    }))
    const from = original.copiedFrom()
    return doubted.length + (from === null ? 0 : doubtAll(from))
  }

  /** What was to wait longer goes on waiting, until a person releases it: the original may send it at its time. */
  function doubtAll(from: CopiedFrom): number {
    return transaction(database, () => {
      copied.note(from, now())
      for (const state of ['scheduled', 'held'] as const) {
        for (const id of rows.idsIn([state])) {
          copied.noteDoubted(id, state)
          doubt(id, [state], 'held')
        }
      }
      return rows.idsIn(['ready']).map((id) => {
        copied.noteDoubted(id, 'ready')
        doubt(id, ['ready'], 'unknown')
      }).length
    })
  }

  function doubt(id: OutgoingId, from: readonly OutgoingState[], to: OutgoingState): void {
    rows.move(id, { from, to, failure: olderCopy }, now())
    changed(id)
  }

  function renewOriginal(): Outcome<void> {
    try {
      original.renew()
      renewedAt = now()
      return done(undefined)
    } catch (error) {
      return refused(storageFailure(error, 'outbox'))
    }
  }

  function moveAll(from: readonly OutgoingState[], to: OutgoingState, reason: Failure | null): number {
    return transaction(database, () => rows.idsIn(from).filter((id) => {
      const moved = rows.move(id, { from, to, failure: reason, isAttempt: to === 'unknown' }, now())
      if (moved && to === 'ready') isBack(id, now())
      if (moved) changed(id)
      return moved
    }).length)
  }
}

interface Recovery {
  recoverAll: Outbox['recoverAll']
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
