/**
 * Mails come into the outbox with their files, or not at all: the files are durable before the rows exist, all rows come in one
 * transaction, and what was written for rows that never came is deleted (`unsettled-files.ts`), at once or at the next start.
 */
import { dirname, join } from 'node:path'
import { done, type Failure, failure, type Outcome, refused } from '../../shared/failures/failure.ts'
import type { OutgoingId } from '../../shared/model/outgoing-mail.ts'
import { syncFolder } from '../storage/write-durably.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import type { UnsettledFiles } from '../storage/unsettled-files.ts'
import { freeze } from './freeze-mail.ts'
import type { NewMail, OutgoingRows } from './outgoing-rows.ts'

export type MailWithoutFile = Omit<NewMail, 'file' | 'size'>

/** A mail ready to be frozen: its row, and the pieces of its message. */
export interface Prepared {
  readonly row: MailWithoutFile
  readonly pieces: AsyncIterable<Uint8Array>
}

export interface AddParts {
  readonly rows: OutgoingRows
  readonly unsettled: UnsettledFiles
  /** Where the files go. */
  readonly root: string
}

/** So many files wait for the disk together. */
const atOnce = 8

/** One mail. */
export async function addMail({ rows, unsettled, root }: AddParts, { row, pieces }: Prepared, at: Date): Promise<Outcome<void>> {
  const prefix = `${at.toISOString().slice(0, 7)}/${row.id}.`
  const announced = await unsettled.announce(prefix)
  if (!announced.ok) return announced
  const file = `${prefix}eml`
  const frozen = await freeze(pieces, join(root, file))
  if (!frozen.ok) {
    await unsettled.withdraw(prefix)
    return frozen
  }
  return unsettled.settle(prefix, () => rows.insert({ ...row, file, size: frozen.value }, at.getTime()))
}

export interface AddManyOptions {
  readonly at: Date
  /** Names the files of this batch; used never again. */
  readonly batch: string
  readonly signal: AbortSignal
  progress?(frozen: number): void
  also?(ids: readonly OutgoingId[]): void
}

/** Many: all or none. `prepare` says what is wrong with one of them. */
export async function addMails<T>(
  { rows, unsettled, root }: AddParts, mails: Iterable<T> | AsyncIterable<T>, prepare: (mail: T) => Promise<Outcome<Prepared>>, options: AddManyOptions,
): Promise<Outcome<readonly OutgoingId[]>> {
  const prefix = `${options.at.toISOString().slice(0, 7)}/${options.batch}-`
  const announced = await unsettled.announce(prefix)
  if (!announced.ok) return announced
  const written: NewMail[] = []
  const state: { reason: Failure | null } = { reason: null }

  async function write(mail: T, index: number): Promise<void> {
    const prepared = await prepare(mail)
    if (!prepared.ok) return fail(prepared.failure, index)
    const { row, pieces } = prepared.value
    const file = `${prefix}${row.id}.eml`
    const frozen = await freeze(pieces, join(root, file), { syncsFolder: false })
    if (!frozen.ok) return fail(frozen.failure, index)
    written[index] = { ...row, file, size: frozen.value }
    options.progress?.(index + 1)
  }
  function fail(reason: Failure, index: number): void {
    state.reason ??= { code: reason.code, evidence: { ...reason.evidence, index } }
  }

  try {
    await inParallel(mails, write, () => state.reason !== null || options.signal.aborted)
    const reason = options.signal.aborted ? failure('job.cancelled') : state.reason
    if (reason === null) {
      await syncFolder(dirname(join(root, `${prefix}x`)))
      const settled = await unsettled.settle(prefix, () => {
        for (const mail of written) rows.insert(mail, options.at.getTime())
        options.also?.(written.map(({ id }) => id))
      })
      if (settled.ok) return done(written.map(({ id }) => id))
      await unsettled.withdraw(prefix)
      return settled
    }
    await unsettled.withdraw(prefix)
    return refused(reason)
  } catch (error) {
    await unsettled.withdraw(prefix)
    return refused(storageFailure(error, 'outbox'))
  }
}

/** So many at once, in order; begins no more when `isOver`. Whatever was begun has ended when it resolves. */
async function inParallel<T>(items: Iterable<T> | AsyncIterable<T>, work: (item: T, index: number) => Promise<void>, isOver: () => boolean): Promise<void> {
  const running = new Set<Promise<void>>()
  let error: { readonly thrown: unknown } | null = null
  let index = 0
  for await (const item of items) {
    if (isOver() || error !== null) break
    const one = work(item, index++)
      .catch((thrown: unknown) => {
        error ??= { thrown }
      })
      .finally(() => running.delete(one))
    running.add(one)
    if (running.size >= atOnce) await Promise.race(running)
  }
  await Promise.all(running)
  if (error !== null) throw (error as { readonly thrown: unknown }).thrown
}
