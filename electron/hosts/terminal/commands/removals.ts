/** `mailroom removals NAME`: what would be removed from the server and why; agreeing to it; and what was removed. */
import { done } from '../../../../shared/failures/failure.ts'
import type { AccountId } from '../../../../shared/model/account.ts'
import { removesAnything } from '../../../../shared/model/removal.ts'
import { exitCodes } from '../exit-codes.ts'
import { table } from '../format.ts'
import { type Command, ok, type Session } from '../session.ts'
import { nameOf } from './mail.ts'

interface RemovalsOptions {
  readonly confirm?: boolean
  readonly done?: boolean
  readonly limit: number
}

export const showRemovals = (key: string, options: RemovalsOptions): Command => async (session) => {
  const { caller, output, words } = session
  if (options.confirm === true && options.done === true) {
    output.usage(words.usage.removals)
    return done(exitCodes.usage)
  }
  const found = await caller.call('accounts.find', { key })
  if (!found.ok) return found
  const { id, name } = found.value.account
  return options.done === true ? listRemoved(session, id, options.limit) : preview(session, id, name, options)
}

/** Agrees to nothing but what it has just shown. */
async function preview({ caller, output, words, format }: Session, accountId: AccountId, name: string, { confirm, limit }: RemovalsOptions) {
  const previewed = await caller.call('mail.previewRemovals', { accountId })
  if (!previewed.ok) return previewed
  const { delivery, due, total, rows, confirmed } = previewed.value
  const shown = rows.slice(0, limit)
  const { removals } = words
  if (shown.length > 0) {
    output.line(table(removals.headings, shown.map(({ from, subject, storedAt, reason, dueAt }) => [
      from === null ? '' : nameOf(from), subject, format.date(storedAt), removals.reasons[reason], dueAt === null ? removals.nextRun : format.date(dueAt),
    ])))
    output.line('')
  }
  output.line(removesAnything(delivery) ? removals.would(format.number(due), format.number(total)) : removals.never(name))
  if (confirm === true && !confirmed) {
    const agreed = await caller.call('mail.confirmRemovals', { accountId, delivery })
    if (!agreed.ok) return agreed
    output.line(removals.agreed)
  } else if (removesAnything(delivery)) {
    output.line(confirmed ? removals.inForce : removals.waits)
  }
  output.document({ ...previewed.value, rows: shown, confirmed: confirmed || confirm === true })
  return ok
}

async function listRemoved({ caller, output, words, format }: Session, accountId: AccountId, limit: number) {
  const listed = await caller.call('mail.removals', { accountId, limit: Math.min(limit, 500) })
  if (!listed.ok) return listed
  output.document(listed.value)
  const rows = listed.value.removals.map(({ from, subject, storedAt, removedAt }) => [
    from === null ? '' : nameOf(from), subject, format.date(storedAt), format.date(removedAt),
  ])
  output.line(rows.length === 0 ? words.removals.nothingRemoved : table(words.removals.doneHeadings, rows))
  return ok
}
