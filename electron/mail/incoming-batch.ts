/**
 * Messages on their way in. Each is a file nobody knows of, already synced when its turn to commit comes; `commit` syncs the
 * folder and only then lets the rows be written, all in one transaction.
 *
 *   begin ─▶ write … ─▶ finish ─▶ (written, synced) ─▶ commit: folder synced ─▶ rows ─▶ acknowledged
 *
 * All files between two commits are a round: one folder, one prefix, announced before the first of them is written and settled
 * with their rows; so what a crash cuts off is known by that prefix, and deleted at the next start. A message that is open
 * while others are committed keeps its round going.
 *
 * Small messages are synced many at a time while the next ones come in, so that the file system commits its journal once
 * for all of them. No temporary names: the row is what makes a file a message (docs/decisions/mail-store-layout.md).
 */
import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import { done, type Failure, type Outcome, refused } from '../../shared/failures/failure.ts'
import { discardFile } from '../storage/durable-files.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import type { UnsettledFiles } from '../storage/unsettled-files.ts'
import { syncFolder } from '../storage/write-durably.ts'
import { GrowingMessage } from './incoming-message.ts'
import type { IncomingBatch, IncomingMessage } from './mail-store.ts'
import type { MessageHeaders } from './read-headers.ts'

/** A message whose file is in place. */
export interface StoredFile {
  readonly serverId: string
  readonly seen: boolean
  /** Relative to the folder of all mail, with '/'. */
  readonly file: string
  readonly size: number
  readonly headers: MessageHeaders
}

export interface BatchOptions {
  /** The folder of all mail, and the account's name in it. */
  readonly root: string
  readonly account: string
  readonly unsettled: Pick<UnsettledFiles, 'announce' | 'withdraw'>
  /** Writes the rows of those not here yet, and the end of the round if it is over, in one transaction; answers with the doubles. */
  readonly record: (files: readonly StoredFile[], over: string | null) => Promise<Outcome<readonly StoredFile[]>>
}

/** So much may wait for the disk before `finish` waits too, bytes. */
const writingLimit = 16 * 1024 * 1024

interface Finished {
  readonly stored: StoredFile
  readonly written: Promise<Failure | null>
}

export function startBatch(options: BatchOptions): IncomingBatch {
  const { unsettled } = options
  const open = new Set<IncomingMessage>()
  let finished: Finished[] = []
  let writing = 0
  /** The prefix of the files that come in now. */
  let round: Promise<Outcome<string>> | null = null
  let count = 0
  const absolute = (file: string): string => join(options.root, file)

  /** One folder per round, so that one sync makes all its names durable; 256 of them keep each one small. */
  async function newRound(): Promise<Outcome<string>> {
    const prefix = `${options.account}/${randomBytes(1).toString('hex')}/${randomBytes(12).toString('hex')}-`
    const announced = await unsettled.announce(prefix)
    if (announced.ok) return done(prefix)
    round = null
    return announced
  }

  async function begin(serverId: string, { seen }: { readonly seen: boolean }): Promise<IncomingMessage> {
    round ??= newRound()
    const prefix = await round
    count += 1
    const file = prefix.ok ? `${prefix.value}${count}.eml` : ''
    const growing = new GrowingMessage(absolute(file), prefix.ok ? null : prefix.failure)
    const message: IncomingMessage = {
      write: (piece) => growing.write(piece),
      async finish() {
        open.delete(message)
        const outcome = await growing.finish()
        if (!outcome.ok) return outcome
        const { size, headers, written } = outcome.value
        finished.push({ stored: { serverId, seen, file, size, headers }, written })
        await takeTurn(size, written)
        return done(undefined)
      },
      async abandon() {
        open.delete(message)
        await growing.abandon()
      },
    }
    open.add(message)
    return message
  }

  async function takeTurn(size: number, written: Promise<Failure | null>): Promise<void> {
    writing += size
    const over = written.then(() => {
      writing -= size
    })
    if (writing > writingLimit) await over
  }

  async function commit(): Promise<Outcome<{ readonly stored: number; readonly bytes: number }>> {
    if (finished.length === 0) return done({ stored: 0, bytes: 0 })
    const messages = finished
    finished = []
    const over = takeRound()
    const failures = await Promise.all(messages.map(({ written }) => written))
    const failure = failures.find((one) => one !== null) ?? (await syncNames(messages))
    if (failure !== null) {
      await discard(messages, await over)
      return refused(failure)
    }
    return record(messages.map(({ stored }) => stored), await over)
  }

  /** The round, if it ends here: the next message begins another. */
  async function takeRound(): Promise<string | null> {
    if (round === null || open.size > 0) return null
    const over = round
    round = null
    const prefix = await over
    return prefix.ok ? prefix.value : null
  }

  async function syncNames(messages: readonly Finished[]): Promise<Failure | null> {
    try {
      const folders = new Set(messages.map(({ stored }) => dirname(stored.file)))
      await Promise.all([...folders].map((name) => syncFolder(absolute(name))))
      return null
    } catch (error) {
      return storageFailure(error, 'mail')
    }
  }

  /** When the database fails, nobody knows whether the rows are there: the files stay, and the next start sorts it out. */
  async function record(files: readonly StoredFile[], over: string | null): Promise<Outcome<{ readonly stored: number; readonly bytes: number }>> {
    const doubles = await options.record(files, over)
    if (!doubles.ok) return doubles
    const bytes = (of: readonly StoredFile[]): number => of.reduce((sum, { size }) => sum + size, 0)
    return done({ stored: files.length - doubles.value.length, bytes: bytes(files) - bytes(doubles.value) })
  }

  async function discard(messages: readonly Finished[], over: string | null): Promise<void> {
    await Promise.all(messages.map(({ written }) => written))
    await Promise.all(messages.map(({ stored }) => discardFile(absolute(stored.file))))
    if (over !== null) await unsettled.withdraw(over)
  }

  async function abandon(): Promise<void> {
    await Promise.all([...open].map((message) => message.abandon()))
    const messages = finished
    finished = []
    await discard(messages, await takeRound())
  }

  return { begin, commit, abandon }
}
