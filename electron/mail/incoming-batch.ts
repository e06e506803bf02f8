/**
 * Messages on their way in. Each is a file nobody knows of, already synced when its turn to commit comes; `commit` syncs the
 * folder and only then lets the rows be written, all in one transaction.
 *
 *   begin ─▶ write … ─▶ finish ─▶ (filed: written, synced) ─▶ commit: folder synced ─▶ rows ─▶ acknowledged
 *
 * All files between two commits are a round: one folder, one prefix, announced before the first of them is written and settled
 * with their rows; so what a crash cuts off is known by that prefix, and deleted at the next start. A message that is open
 * while others are committed keeps its round going.
 *
 * No temporary names: the row is what makes a file a message (docs/decisions/mail-store-layout.md).
 */
import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import { done, type Failure, type Outcome, refused } from '../../shared/failures/failure.ts'
import { discardFile } from '../storage/durable-files.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import type { UnsettledFiles } from '../storage/unsettled-files.ts'
import { syncFolder } from '../storage/write-durably.ts'
import type { IncomingBatch, IncomingMessage } from './mail-store.ts'
import type { FiledMessage, MessageFiling, MessageOnItsWay } from './message-filing.ts'

/** A message whose file is in place. */
export interface StoredFile extends FiledMessage {
  readonly serverId: string
  readonly seen: boolean
  /** Relative to the folder of all mail, with '/'. */
  readonly file: string
}

export interface BatchOptions {
  /** The folder of all mail, and the account's name in it. */
  readonly root: string
  readonly account: string
  readonly filing: MessageFiling
  readonly unsettled: Pick<UnsettledFiles, 'announce' | 'withdraw'>
  /** Writes the rows of those not here yet, and the end of the round if it is over, in one transaction; answers with the doubles. */
  readonly record: (files: readonly StoredFile[], over: string | null) => Promise<Outcome<readonly StoredFile[]>>
}

interface Finished {
  readonly file: string
  readonly stored: Promise<Outcome<StoredFile>>
}

export function startBatch(options: BatchOptions): IncomingBatch {
  const { filing, unsettled } = options
  const open = new Set<IncomingMessage>()
  let finished: Finished[] = []
  /** The disk refused a message since the last commit: what comes after it is in vain too. */
  let refusal: Failure | null = null
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
    const growing: MessageOnItsWay = prefix.ok ? filing.begin(absolute(file)) : impossible(prefix.failure)
    const message: IncomingMessage = {
      write: growing.write,
      async finish() {
        open.delete(message)
        growing.finish()
        if (!prefix.ok) return prefix
        const stored = storedOf(growing.filed, { serverId, seen, file })
        // A bug is told by `commit`; until then it must not count as nobody's.
        stored.catch(() => undefined)
        finished.push({ file, stored })
        return refusal === null ? done(undefined) : refused(refusal)
      },
      abandon() {
        open.delete(message)
        return growing.drop()
      },
    }
    open.add(message)
    return message
  }

  async function storedOf(filed: Promise<Outcome<FiledMessage>>, as: Pick<StoredFile, 'serverId' | 'seen' | 'file'>): Promise<Outcome<StoredFile>> {
    const outcome = await filed
    if (outcome.ok) return done({ ...as, size: outcome.value.size, headers: outcome.value.headers })
    refusal ??= outcome.failure
    return outcome
  }

  async function commit(): Promise<Outcome<{ readonly stored: number; readonly bytes: number }>> {
    if (finished.length === 0) return done({ stored: 0, bytes: 0 })
    const messages = finished
    finished = []
    const over = takeRound()
    filing.flush()
    const outcomes = await Promise.all(messages.map(({ stored }) => stored))
    refusal = null
    const failure = outcomes.find((outcome) => !outcome.ok)?.failure ?? (await syncNames(messages))
    if (failure !== null) {
      await discard(messages, await over)
      return refused(failure)
    }
    return record(outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : [])), await over)
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
      const folders = new Set(messages.map(({ file }) => dirname(file)))
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
    filing.flush()
    await Promise.allSettled(messages.map(({ stored }) => stored))
    await Promise.all(messages.map(({ file }) => discardFile(absolute(file))))
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

/** For a message that can't be written at all. */
function impossible(reason: Failure): MessageOnItsWay {
  return { write: () => undefined, finish: () => undefined, drop: () => Promise.resolve(), filed: Promise.resolve(refused(reason)) }
}
