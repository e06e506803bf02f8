/**
 * What a person does with mails on their way out: each a function over the states `outgoing-actions.ts` allows it from, all mails of one
 * call in one transaction. Mails that may not are left alone.
 */
import { allowedFrom } from '../../shared/model/outgoing-actions.ts'
import type { OutgoingId, OutgoingState } from '../../shared/model/outgoing-mail.ts'
import { type Database, transaction } from '../storage/database.ts'
import type { Outbox } from './outbox.ts'
import type { OutgoingRows } from './outgoing-rows.ts'

export interface PersonMoveParts {
  readonly database: Database
  readonly rows: OutgoingRows
  readonly now: () => number
  /** Told once for each call that changed anything, after it. */
  changed(ids: readonly OutgoingId[]): readonly OutgoingId[]
}

export interface MailSteps {
  hold(id: OutgoingId, at: number): boolean
  release(id: OutgoingId, at: number): boolean
  cancel(id: OutgoingId, at: number): boolean
  isBack(id: OutgoingId, at: number): void
}

export function personMoves({ database, rows, now, changed }: PersonMoveParts) {
  /** `move` says whether it did. */
  function each(ids: readonly OutgoingId[] | null, from: readonly OutgoingState[], move: (id: OutgoingId, at: number) => boolean): readonly OutgoingId[] {
    const at = now()
    return changed(transaction(database, () => (ids ?? rows.idsIn(from)).filter((id) => move(id, at))))
  }

  /** On hold from ready, it is a person who says when; a time it was scheduled for still holds. */
  function hold(id: OutgoingId, at: number): boolean {
    return rows.move(id, { from: ['scheduled'], to: 'held' }, at) || rows.move(id, { from: ['ready'], to: 'held', notBefore: null }, at)
  }

  function release(id: OutgoingId, at: number): boolean {
    const isEarly = (rows.notBefore(id) ?? 0) > at
    return rows.move(id, { from: allowedFrom.release, to: isEarly ? 'scheduled' : 'ready' }, at)
  }

  /** All that were refused are tried anew. */
  function clear(id: OutgoingId, at: number): boolean {
    const moved = rows.move(id, { from: allowedFrom.clear, to: 'ready', notBefore: null }, at)
    if (moved) rows.settle(id, ['refused', 'deferred'], 'waiting')
    return moved
  }

  /** What some have already was sent: the others are not tried any more. */
  function cancel(id: OutgoingId, at: number): boolean {
    if (!rows.hasRecipient(id, 'accepted')) return rows.move(id, { from: allowedFrom.cancel, to: 'cancelled' }, at)
    const moved = rows.move(id, { from: allowedFrom.cancel, to: 'sent' }, at)
    if (moved) giveUpRest(id)
    return moved
  }

  function giveUpRest(id: OutgoingId): void {
    rows.settle(id, ['waiting', 'deferred'], 'refused')
    rows.noteShown(id)
  }

  function wasSent(id: OutgoingId, words: string | null, at: number): boolean {
    const moved = rows.move(id, { from: allowedFrom.resolve, to: 'sent', words }, at)
    if (moved) {
      rows.settle(id, ['waiting', 'deferred'], 'accepted')
      rows.noteShown(id)
    }
    return moved
  }

  /** A mail is ready again that a run had in hand: its batch may have been stopped meanwhile. */
  function isBack(id: OutgoingId, at: number): void {
    const wish = rows.takeWish(id)
    if (wish === 'held') hold(id, at)
    if (wish === 'cancelled') cancel(id, at)
  }

  function reset(id: OutgoingId, at: number): boolean {
    const moved = rows.move(id, { from: allowedFrom.reset, to: 'ready' }, at)
    if (moved) isBack(id, at)
    return moved
  }

  return {
    reset: (ids) => each(ids, allowedFrom.reset, reset),
    clear: (ids) => each(ids, allowedFrom.clear, clear),
    dismiss: (ids) => each(ids, allowedFrom.dismiss, (id, at) => rows.move(id, { from: allowedFrom.dismiss, to: 'cancelled' }, at)),
    hold: (ids) => each(ids, allowedFrom.hold, hold),
    release: (ids) => each(ids, allowedFrom.release, release),
    cancel: (ids) => each(ids, allowedFrom.cancel, cancel),
    markPrivate: (ids, isPrivate) => changed(transaction(database, () => ids.filter((id) => rows.setPrivate(id, isPrivate)))),
    resolve(ids, outcome, words = null) {
      const wasNotSent = (id: OutgoingId, at: number) => rows.move(id, { from: allowedFrom.resolve, to: 'ready', notBefore: null, words }, at)
      return each(ids, allowedFrom.resolve, outcome === 'was-sent' ? (id, at) => wasSent(id, words, at) : wasNotSent)
    },
    wasSent,
    /** Of one mail, within somebody's transaction, who tells of it. */
    step: { hold, release, cancel, isBack },
  } satisfies Pick<Outbox, 'reset' | 'clear' | 'dismiss' | 'hold' | 'release' | 'cancel' | 'markPrivate' | 'resolve'> & {
    wasSent(id: OutgoingId, words: string | null, at: number): boolean
    readonly step: MailSteps
  }
}
