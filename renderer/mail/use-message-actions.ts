/**
 * What is done with messages: marked, deleted, and deletions taken back. What the server has a copy of is deleted at once; where it
 * may be the only one, it is asked for first.
 */
import { useRef, useState } from 'react'
import type { AccountOverview } from '../../shared/contract/methods.ts'
import { done, type Failure, type Outcome } from '../../shared/failures/failure.ts'
import type { JobId } from '../../shared/model/job.ts'
import type { MessageKey, MessageRow } from '../../shared/model/message.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useText } from '../text/use-text.tsx'
import { jobOver } from '../bridge/job-over.ts'
import { canComeBack } from './server-copies.ts'

export type Mark = { readonly seen: boolean } | { readonly flagged: boolean } | { readonly private: boolean }

export interface MessageActions {
  mark(rows: readonly MessageRow[], change: Mark): void
  /** Deletes, or asks first: then `asking` are the rows it is about. */
  remove(rows: readonly MessageRow[]): void
  readonly asking: readonly MessageRow[]
  /** To another folder of their account, on the server; they must be of one account. */
  move(rows: readonly MessageRow[], to: string, name: string): void
  /** The answer to the question. */
  answer(confirmed: boolean): void
  /** Takes the last deletion back, as long as the server was not told. */
  undo(): void
}

interface Options {
  /** The one that is shown; null = all: what is deleted there is deleted wherever it stands. */
  readonly folder: string | null
  readonly overviews: readonly AccountOverview[]
  /** Shows a mark before the store's answer. */
  readonly onMark: (ids: ReadonlySet<MessageKey>, change: Mark) => void
  /** They are not in this list any more, or soon will not be. */
  readonly onDeleted: () => void
  /** Whoever was asked said no. */
  readonly onKept: () => void
  readonly onFailure: (failure: Failure) => void
}

const idsOf = (rows: readonly MessageRow[]) => rows.map(({ id }) => id)

/** So many are asked for in one call: with all of a large mailbox chosen, the program goes on answering others in between. */
const atOnce = 1000

/** Until a part of them fails; answers with what became of each part. */
async function inParts<T>(rows: readonly MessageRow[], call: (ids: MessageKey[]) => Promise<Outcome<T>>): Promise<Outcome<readonly T[]>> {
  const parts: T[] = []
  for (let at = 0; at < rows.length; at += atOnce) {
    const outcome = await call(idsOf(rows.slice(at, at + atOnce)))
    if (!outcome.ok) return outcome
    parts.push(outcome.value)
  }
  return done(parts)
}

export function useMessageActions({ folder, overviews, onMark, onDeleted, onKept, onFailure }: Options): MessageActions {
  const { mail } = useText()
  const caller = useCaller()
  const { say } = useNavigation()
  const [asking, setAsking] = useState<readonly MessageRow[]>([])
  const last = useRef<readonly MessageRow[]>([])

  const takeBack = async (rows: readonly MessageRow[]) => {
    last.current = []
    const outcome = await inParts(rows, (ids) => caller.call('mail.undoDelete', { ids }))
    if (!outcome.ok) return onFailure(outcome.failure)
    const undone = outcome.value.flatMap((part) => part.undone)
    const again = new Set(outcome.value.flatMap((part) => part.again))
    if (undone.length === 0) return say(mail.tooLateToUndo)
    if (again.size === 0) return say(mail.restored(undone.length))
    say(mail.undone(again.size))
    const accountIds = [...new Set(rows.filter(({ id }) => again.has(id)).map(({ accountId }) => accountId))]
    const fetched = await caller.call('mail.fetch', { accountIds })
    if (!fetched.ok) onFailure(fetched.failure)
  }
  const removeNow = async (rows: readonly MessageRow[]) => {
    const outcome = await inParts(rows, (ids) => caller.call('mail.delete', { ids, folder }))
    if (!outcome.ok) return onFailure(outcome.failure)
    last.current = rows
    say(mail.deleted(rows.length), { words: mail.undo, run: () => void takeBack(rows) })
    onDeleted()
  }
  const mark = async (rows: readonly MessageRow[], change: Mark) => {
    onMark(new Set(idsOf(rows)), change)
    const outcome = await inParts(rows, (ids) => 'seen' in change
      ? caller.call('mail.markSeen', { ids, ...change })
      : 'flagged' in change
        ? caller.call('mail.markFlagged', { ids, ...change })
        : caller.call('mail.markPrivate', { ids, ...change }))
    if (!outcome.ok) onFailure(outcome.failure)
  }

  const move = async (rows: readonly MessageRow[], to: string, name: string) => {
    const outcome = await inParts(rows, (ids) => caller.call('mail.move', { ids, from: folder, to }))
    if (!outcome.ok) return onFailure(outcome.failure)
    const jobIds = outcome.value.flatMap((part) => part.jobIds)
    // From where all mail is shown, they may have come from several folders.
    say(mail.folders.moved(rows.length, name), ...(folder === null ? [] : [{ words: mail.undo, run: () => void moveBack(rows, to, folder, jobIds) }]))
    onDeleted()
  }

  /** Where they are now is known once the fetches that the move started have ended. */
  const moveBack = async (rows: readonly MessageRow[], from: string, to: string, jobIds: readonly JobId[]) => {
    await Promise.all(jobIds.map((id) => jobOver(caller, id)))
    const outcome = await inParts(rows, (ids) => caller.call('mail.move', { ids, from, to }))
    if (!outcome.ok) return onFailure(outcome.failure)
    say(mail.restored(rows.length))
  }

  return {
    mark: (rows, change) => void mark(rows, change),
    move: (rows, to, name) => void move(rows, to, name),
    remove(rows) {
      const overviewOf = (row: MessageRow) => overviews.find(({ account }) => account.id === row.accountId) ?? null
      if (rows.length === 0) return
      if (rows.every((row) => canComeBack(row, overviewOf(row), Date.now()))) void removeNow(rows)
      else setAsking(rows)
    },
    asking,
    answer(confirmed) {
      const rows = asking
      setAsking([])
      if (confirmed) void removeNow(rows)
      else onKept()
    },
    undo() {
      if (last.current.length > 0) void takeBack(last.current)
    },
  }
}
