/**
 * Looks at every row of a table, or queues all of them as mails (PRODUCT D9). One lane for all batches: that is what keeps a document
 * that is in two of them from being queued by both at the same moment.
 */
import { done } from '../../../shared/failures/failure.ts'
import type { BatchOrder } from '../../../shared/model/batch.ts'
import type { Batches } from '../../outbox/batches/batches.ts'
import type { Work } from '../job-engine.ts'

export function queueBatch(batches: Pick<Batches, 'check' | 'queue'>, phase: 'check' | 'queue', tableId: string, name: string, order: BatchOrder): Work<'batch'> {
  const detail = (problems: number, batchId: string | null) => ({ kind: 'batch' as const, phase, tableId, name, problems, batchId })
  return {
    kind: 'batch',
    accountId: order.accountId,
    begin: detail(0, null),
    lane: 'batch',
    // Whoever cancelled learns whether all of it was queued or nothing; taking back what was written takes a moment.
    patience: Number.POSITIVE_INFINITY,
    async run({ signal, report }) {
      let total = 0
      const progress = (rows: number, of: number, problems: number) => {
        total = of
        report({ done: rows, total: of }, detail(problems, null))
      }
      if (phase === 'check') {
        const checked = await batches.check(tableId, order, { signal, progress })
        if (!checked.ok) return checked
        report({ done: total, total }, detail(checked.value.problems, null))
        return done(undefined)
      }
      const queued = await batches.queue(tableId, order, { signal, progress })
      if (!queued.ok) return queued
      report({ done: queued.value.mails, total: queued.value.mails }, detail(0, queued.value.id))
      return done(undefined)
    },
  }
}
