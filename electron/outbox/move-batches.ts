/**
 * What a person does with a whole batch: its mails that wait are put on hold, released or cancelled. No mail that a run has in hand is touched;
 * one that comes back from it as ready follows the others (`when_back`). Some at a time, so that nobody waits behind ten thousand; when it
 * answers, none is left. What speaks against a mail that is on hold (it came out of an older copy) is not overruled for many at once.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BatchMove, BatchStanding } from '../../shared/model/batch.ts'
import type { OutgoingId, OutgoingState } from '../../shared/model/outgoing-mail.ts'
import { type Database, transaction } from '../storage/database.ts'
import type { ArrivingMails } from './arriving/arriving-mails.ts'
import type { Outbox } from './outbox.ts'
import type { OutgoingRows, WhenBack } from './outgoing-rows.ts'
import type { MailSteps } from './person-moves.ts'

interface BatchMoveParts {
  readonly database: Database
  readonly rows: OutgoingRows
  readonly step: MailSteps
  readonly arriving: Pick<ArrivingMails, 'bringSomeOf'>
  readonly now: () => number
  changed(ids: readonly OutgoingId[]): readonly OutgoingId[]
}

const moves: Readonly<Record<BatchMove, { readonly from: readonly OutgoingState[]; readonly step: 'hold' | 'release' | 'cancel'; readonly whenBack: WhenBack | null }>> = {
  pause: { from: ['scheduled', 'ready'], step: 'hold', whenBack: 'held' },
  continue: { from: ['held'], step: 'release', whenBack: null },
  cancel: { from: ['scheduled', 'held', 'ready'], step: 'cancel', whenBack: 'cancelled' },
}

/** So many in one transaction. */
const atATime = 100

export function moveBatches({ database, rows, step, arriving, now, changed }: BatchMoveParts): Pick<Outbox, 'moveBatch' | 'batchStanding'> {
  return {
    batchStanding(batchId): BatchStanding {
      const counts = rows.countsOfBatch(batchId)
      const sum = (states: readonly OutgoingState[], isDoubted?: boolean) =>
        counts.filter(({ state, doubted }) => states.includes(state) && (isDoubted === undefined || doubted === isDoubted)).reduce((total, { mails }) => total + mails, 0)
      return {
        pause: sum(moves.pause.from),
        continue: sum(moves.continue.from, false),
        cancel: sum(moves.cancel.from),
        underWay: sum(['sending', 'submitting']),
        doubted: sum(['held'], true),
        sent: sum(['sent']),
        needsPerson: sum(['error', 'unknown']),
      }
    },
    async moveBatch(batchId, move) {
      const { from, step: what, whenBack } = moves[move]
      while (arriving.bringSomeOf(batchId)) await nextTurn()
      let total = 0
      for (;;) {
        const ids = transaction(database, () => {
          rows.wishWhenBack(batchId, whenBack)
          return rows.ofBatch(batchId, from, { evenDoubted: move !== 'continue', most: atATime }).filter((id) => step[what](id, now()))
        })
        changed(ids)
        total += ids.length
        if (ids.length < atATime) return total
        await nextTurn()
      }
    },
  }
}
