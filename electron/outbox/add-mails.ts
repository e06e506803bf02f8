/**
 * Mails come into the outbox with their files, or not at all: the files are durable before the rows exist, one transaction decides
 * for all of them, and what was written for rows that never came is deleted (`unsettled-files.ts`), at once or at the next start.
 */
import { dirname, join } from 'node:path'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { done, type Failure, failure, type Outcome, refused } from '../../shared/failures/failure.ts'
import type { OutgoingId } from '../../shared/model/outgoing-mail.ts'
import type { Database } from '../storage/database.ts'
import { syncFolder } from '../storage/write-durably.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import type { UnsettledFiles } from '../storage/unsettled-files.ts'
import type { ArrivingMails } from './arriving/arriving-mails.ts'
import type { MailFreezing } from './arriving/mail-freezing.ts'
import type { LetterToFreeze } from './arriving/serve-freezing.ts'
import type { SentDocument } from './batches/sent-documents.ts'
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

/** Some that are written here, in one transaction: all of them or none. `batch` names their files, and is used never again. */
export async function addTogether({ rows, unsettled, root }: AddParts, mails: readonly Prepared[], at: Date, batch: string): Promise<Outcome<void>> {
  const prefix = `${at.toISOString().slice(0, 7)}/${batch}-`
  const announced = await unsettled.announce(prefix)
  if (!announced.ok) return announced
  const written: NewMail[] = []
  const state: { reason: Failure | null } = { reason: null }
  async function write({ row, pieces }: Prepared, position: number): Promise<void> {
    const file = `${prefix}${row.id}.eml`
    const frozen = await freeze(pieces, join(root, file), { syncsFolder: false })
    if (frozen.ok) written[position] = { ...row, file, size: frozen.value }
    else state.reason ??= frozen.failure
  }
  try {
    await inParallel(mails, write, () => state.reason !== null)
    if (state.reason === null) await syncFolder(dirname(join(root, `${prefix}x`)))
    const settled = state.reason === null ? await unsettled.settle(prefix, () => written.forEach((mail) => rows.insert(mail, at.getTime()))) : refused(state.reason)
    if (!settled.ok) await unsettled.withdraw(prefix)
    return settled
  } catch (error) {
    await unsettled.withdraw(prefix)
    return refused(storageFailure(error, 'outbox'))
  }
}

export interface AddManyOptions {
  readonly at: Date
  /** Names the files of this batch; used never again. */
  readonly batch: string
  readonly signal: AbortSignal
  progress?(frozen: number): void
  also?(ids: readonly OutgoingId[]): void
}

export interface AddManyParts extends AddParts {
  readonly database: Database
  readonly arriving: ArrivingMails
  readonly freezing: (arrival: string) => MailFreezing
}

/** A mail ready to be composed elsewhere. */
export interface PreparedLetter {
  readonly row: MailWithoutFile
  readonly letter: LetterToFreeze
  readonly document: SentDocument | null
}

/** Mails are written in a thread, and come into the outbox some at a time, after one transaction has decided it (`arriving-mails.ts`). `prepare` says what is wrong with one of them. */
export async function addMails<T>(
  { unsettled, root, database, arriving, freezing }: AddManyParts, mails: Iterable<T> | AsyncIterable<T>, prepare: (mail: T) => Promise<Outcome<PreparedLetter>>, options: AddManyOptions,
): Promise<Outcome<readonly OutgoingId[]>> {
  const arrival = `${options.at.toISOString().slice(0, 7)}/${options.batch}-`
  const announced = await unsettled.announce(arrival)
  if (!announced.ok) return announced
  const thread = freezing(arrival)
  const ids: OutgoingId[] = []
  const state: { reason: Failure | null; frozen: number } = { reason: null, frozen: 0 }

  async function write(mail: T, position: number): Promise<void> {
    const prepared = await prepare(mail)
    if (!prepared.ok) return fail(prepared.failure, position)
    const { row: { draftId: _draft, batchId = null, ...row }, letter, document } = prepared.value
    ids[position] = row.id
    const frozen = await thread.ask({ do: 'freeze', position, letter, row: { ...row, recipients: [...row.recipients], attachmentNames: [...row.attachmentNames], batchId, file: `${arrival}${row.id}.eml`, document } })
    if (!frozen.ok) return fail(frozen.failure, position)
    state.frozen += 1
    options.progress?.(state.frozen)
  }
  function fail(reason: Failure, index: number): void {
    state.reason ??= { code: reason.code, evidence: { ...reason.evidence, index } }
  }
  async function undo(): Promise<void> {
    await thread.end()
    await unsettled.withdraw(arrival)
    // What cannot be forgotten now is at the next start: nobody has decided for it.
    if (database.isOpen) attempt(() => arriving.drop(arrival))
  }

  try {
    await inParallel(mails, write, () => state.reason !== null || options.signal.aborted)
    if (state.reason === null && !options.signal.aborted) {
      const noted = await thread.ask({ do: 'note-rest' })
      if (!noted.ok) state.reason = noted.failure
    }
    const reason = options.signal.aborted ? failure('job.cancelled') : state.reason
    if (reason !== null) {
      await undo()
      return refused(reason)
    }
    await syncFolder(dirname(join(root, `${arrival}x`)))
    const settled = await unsettled.settle(arrival, () => {
      arriving.decide(arrival, ids.length, options.at)
      options.also?.(ids)
    })
    if (!settled.ok) {
      await undo()
      return settled
    }
  } catch (error) {
    await undo()
    return refused(storageFailure(error, 'outbox'))
  }
  await bringIn(thread, { database, arriving, arrival })
  return done(ids)
}

/** Milliseconds from one try to the next, where the disk is full. */
const patience = 5000

/** They are queued: what keeps them from their place now only keeps them waiting. A thread that came to grief is done without. */
async function bringIn(thread: MailFreezing, { database, arriving, arrival }: Pick<AddManyParts, 'database' | 'arriving'> & { readonly arrival: string }): Promise<void> {
  const brought = await thread.ask({ do: 'bring-in' }).then(({ ok }) => ok, () => false)
  await thread.end()
  if (brought) return
  for (let isOver = false; !isOver && database.isOpen; ) {
    const tried = attempt(() => arriving.bringSome(arrival))
    isOver = tried === true
    await (tried === null ? setTimeout(patience) : setImmediate())
  }
}

/** Null = the disk refused. */
function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch (error) {
    storageFailure(error, 'outbox')
    return null
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
