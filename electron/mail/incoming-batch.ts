/**
 * Messages on their way in. Each is a file nobody knows of, already synced when its turn to commit comes; `commit` syncs the
 * folder and only then lets the rows be written, all in one transaction. A crash before that leaves files no row knows,
 * which the next start deletes.
 *
 *   begin ─▶ write … ─▶ finish ─▶ (written, synced) ─▶ commit: folder synced ─▶ rows ─▶ acknowledged
 *
 * Small messages are synced many at a time while the next ones come in, so that the file system commits its journal once
 * for all of them. No temporary names: the row is what makes a file a message (docs/decisions/mail-store-layout.md).
 */
import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import { done, refused, type Failure, type Outcome } from '../../shared/failures/failure.ts'
import { discardFile } from '../storage/durable-files.ts'
import { storageFailure } from '../storage/storage-failure.ts'
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
  /** Makes a folder below `root` durably. */
  readonly makeFolder: (name: string) => Promise<void>
  /** Writes the rows of those not here yet, in one transaction, and answers with the files that were doubles. */
  readonly record: (files: readonly StoredFile[]) => readonly StoredFile[]
}

/** So much may wait for the disk before `finish` waits too, bytes. */
const writingLimit = 16 * 1024 * 1024

interface Finished {
  readonly stored: StoredFile
  readonly written: Promise<Failure | null>
}

export function startBatch(options: BatchOptions): IncomingBatch {
  const open = new Set<IncomingMessage>()
  let finished: Finished[] = []
  let writing = 0
  let folder: Promise<string> | null = null
  const absolute = (file: string): string => join(options.root, file)

  /** One folder per commit, so that one sync makes all its names durable; 256 of them keep each one small. */
  async function newFolder(): Promise<string> {
    const name = `${options.account}/${randomBytes(1).toString('hex')}`
    await options.makeFolder(name)
    return name
  }

  async function begin(serverId: string, { seen }: { readonly seen: boolean }): Promise<IncomingMessage> {
    folder ??= newFolder()
    const place = await folder.then(done, (error: unknown) => refused(storageFailure(error, 'mail')))
    if (!place.ok) folder = null
    const file = `${place.ok ? place.value : options.account}/${randomBytes(12).toString('hex')}.eml`
    const growing = new GrowingMessage(absolute(file), place.ok ? null : place.failure)
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
    const round = finished
    finished = []
    folder = null
    const failures = await Promise.all(round.map(({ written }) => written))
    const failure = failures.find((one) => one !== null) ?? (await syncNames(round))
    if (failure !== null) {
      await discard(round)
      return refused(failure)
    }
    return record(round.map(({ stored }) => stored))
  }

  async function syncNames(round: readonly Finished[]): Promise<Failure | null> {
    try {
      const folders = new Set(round.map(({ stored }) => dirname(stored.file)))
      await Promise.all([...folders].map((name) => syncFolder(absolute(name))))
      return null
    } catch (error) {
      return storageFailure(error, 'mail')
    }
  }

  /** When the database fails, nobody knows whether the rows are there: the files stay, and the next start sorts it out. */
  async function record(files: readonly StoredFile[]): Promise<Outcome<{ readonly stored: number; readonly bytes: number }>> {
    let doubles: readonly StoredFile[]
    try {
      doubles = options.record(files)
    } catch (error) {
      return refused(storageFailure(error, 'mail'))
    }
    await Promise.all(doubles.map(({ file }) => discardFile(absolute(file))))
    const bytes = (of: readonly StoredFile[]): number => of.reduce((sum, { size }) => sum + size, 0)
    return done({ stored: files.length - doubles.length, bytes: bytes(files) - bytes(doubles) })
  }

  async function discard(round: readonly Finished[]): Promise<void> {
    await Promise.all(round.map(({ written }) => written))
    await Promise.all(round.map(({ stored }) => discardFile(absolute(stored.file))))
  }

  async function abandon(): Promise<void> {
    await Promise.all([...open].map((message) => message.abandon()))
    const round = finished
    finished = []
    await discard(round)
  }

  return { begin, commit, abandon }
}
