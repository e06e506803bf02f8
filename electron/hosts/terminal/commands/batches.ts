/** `mailroom batches`: those that were queued; pause, continue or cancel what is not sent yet of one. What happens is said first; cancelling wants --confirm. */
import { done, failed, type Outcome } from '../../../../shared/failures/failure.ts'
import type { BatchMove, BatchRow, BatchStanding } from '../../../../shared/model/batch.ts'
import { table } from '../format.ts'
import { type Command, ok, type Session } from '../session.ts'

export const listBatches = ({ limit }: { readonly limit: number }): Command => async ({ caller, output, words, format }) => {
  const listed = await caller.call('batches.list', { limit: Math.min(limit, 500) })
  if (!listed.ok) return listed
  output.document(listed.value)
  const { headings, none } = words.batches
  const rows = listed.value.batches.map(({ id, name, templateName, createdAt, mails }) => [id, name, templateName, format.date(createdAt), format.number(mails)])
  output.line(rows.length === 0 ? none : table(headings, rows))
  return ok
}

export const showBatch = (key: string): Command => async (session) => {
  const found = await findBatch(session, key)
  if (!found.ok) return found
  session.output.document(found.value)
  tellStanding(session, found.value.batch, found.value.standing)
  return ok
}

export const moveBatch = (move: BatchMove, key: string, { confirm = false }: { readonly confirm?: boolean }): Command => async (session) => {
  const { caller, output, words, format } = session
  const found = await findBatch(session, key)
  if (!found.ok) return found
  const { batch, standing } = found.value
  output.line(words.batches.would[move](format.number(standing[move])))
  if (move === 'continue' && standing.doubted > 0) output.line(words.batches.doubted(format.number(standing.doubted)))
  if (move !== 'continue' && standing.underWay > 0) output.line(words.batches.underWay(format.number(standing.underWay)))
  if (move === 'cancel' && !confirm) {
    output.document({ batch, standing, changed: 0 })
    output.line(words.batches.confirm)
    return ok
  }
  const moved = await caller.call('batches.move', { id: batch.id, move })
  if (!moved.ok) return moved
  output.document({ batch, ...moved.value })
  output.line(words.changedMails(format.number(moved.value.changed)))
  return ok
}

function tellStanding({ output, words, format }: Session, { name, mails }: BatchRow, standing: BatchStanding): void {
  output.line(words.batches.title(name, format.number(mails)))
  const lines = ([['sent', standing.sent], ['underWay', standing.underWay], ['waiting', standing.pause], ['held', standing.continue + standing.doubted], ['needsPerson', standing.needsPerson]] as const).filter(([, count]) => count > 0)
  for (const [what, count] of lines) output.line(`  ${words.batches.standing[what]}: ${format.number(count)}`)
}

/** By its number, the beginning of it, or its table's name where only one batch has it. */
async function findBatch({ caller }: Session, key: string): Promise<Outcome<{ readonly batch: BatchRow; readonly standing: BatchStanding }>> {
  const listed = await caller.call('batches.list', { limit: 500 })
  if (!listed.ok) return listed
  const meant = listed.value.batches.filter(({ id, name }) => id === key || name === key || (key.length >= 4 && id.startsWith(key)))
  const [batch] = meant
  if (meant.length > 1) return failed('input.invalid', { fields: [{ path: key, problem: 'not-a-choice' }] })
  const found = await caller.call('batches.standing', { id: batch?.id ?? key })
  return found.ok ? done(found.value) : found
}
