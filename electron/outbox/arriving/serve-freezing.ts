/**
 * The thread's side of freezing: composes each mail, writes its file, and notes its row, some at a time. Calls to the disk are
 * synchronous: here nobody waits for one; only syncing goes through the pool, several files at a time.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { done, failed, type Outcome, refused } from '../../../shared/failures/failure.ts'
import type { Letterhead } from '../../../shared/model/letterhead.ts'
import type { DataFolder } from '../../storage/data-folder.ts'
import { FileInHand } from '../../storage/file-in-hand.ts'
import { openBeside } from '../../storage/open-database.ts'
import { storageFailure } from '../../storage/storage-failure.ts'
import { systemCodeOf } from '../../storage/system-code.ts'
import { type AttachedFile, composeMail, type Letter, type MailStamp } from '../compose-mail.ts'
import { stampAt } from '../file-stamp.ts'
import { arrivingMails, atATime, type ArrivingMail, type PlacedMail } from './arriving-mails.ts'

export interface FreezingPlace {
  readonly folder: Pick<DataFolder, 'database' | 'outbox'>
  /** What these mails' files begin with, and the name of their arrival. */
  readonly arrival: string
}

/** A letter as it is composed from. */
export interface LetterToFreeze {
  readonly letterhead: Letterhead
  readonly mail: Letter
  readonly attachments: readonly AttachedFile[]
  readonly stamp: MailStamp
}

export type FreezingWork =
  | { readonly do: 'freeze'; readonly position: number; readonly letter: LetterToFreeze; readonly row: Omit<ArrivingMail, 'size'> }
  /** What is not noted yet. */
  | { readonly do: 'note-rest' }
  /** After the decision. */
  | { readonly do: 'bring-in' }

export interface FreezingRequest {
  readonly number: number
  readonly work: FreezingWork
}

export interface FreezingAnswer {
  readonly number: number
  readonly outcome: Outcome<void>
}

/** Whoever else writes to the database gets a turn in between, milliseconds. */
const turn = 5

export function serveFreezing(): void {
  const { folder, arrival } = workerData as FreezingPlace
  const database = openBeside(folder)
  const arriving = arrivingMails(database)
  let frozen: PlacedMail[] = []

  function noteFrozen(): void {
    const noted = frozen
    frozen = []
    arriving.note(arrival, noted)
  }

  async function freeze({ position, letter, row }: FreezingWork & { readonly do: 'freeze' }): Promise<Outcome<void>> {
    const size = await writeMessage(letter, join(folder.outbox, row.file))
    if (!size.ok) return size
    for (const { name, path, stamp } of letter.attachments) {
      if (stamp !== undefined && (await stampAt(path)) !== stamp) return failed('input.unreadable-file', { name })
    }
    frozen.push({ position, mail: { ...row, size: size.value } })
    if (frozen.length >= atATime) noteFrozen()
    return done(undefined)
  }

  async function bringIn(): Promise<Outcome<void>> {
    while (!arriving.bringSome(arrival)) await new Promise((resolve) => setTimeout(resolve, turn))
    return done(undefined)
  }

  async function carryOut(work: FreezingWork): Promise<Outcome<void>> {
    try {
      if (work.do === 'freeze') return await freeze(work)
      if (work.do === 'bring-in') return await bringIn()
      noteFrozen()
      return done(undefined)
    } catch (error) {
      return refused(storageFailure(error, 'outbox'))
    }
  }

  parentPort?.on('message', ({ number, work }: FreezingRequest) => {
    void carryOut(work).then((outcome) => parentPort?.postMessage({ number, outcome } satisfies FreezingAnswer))
  })
}

/** Smaller ones are read at once; a stream each would cost as much as the rest of the mail. */
const readAtOnce = 1024 * 1024

async function writeMessage({ letterhead, mail, attachments, stamp }: LetterToFreeze, path: string): Promise<Outcome<number>> {
  let file: FileInHand | null = null
  try {
    const written = (file = FileInHand.create(path))
    for await (const piece of composeMail(letterhead, mail, attachments.map(inMemory), stamp)) written.append(piece)
    await new Promise<void>((resolve, reject) => written.syncAndClose((error) => (error === null ? resolve() : reject(error))))
    return done(written.size)
  } catch (error) {
    file?.discard()
    const attached = attachments.find(({ path: of }) => of === (error as NodeJS.ErrnoException).path)
    if (attached !== undefined && systemCodeOf(error) !== null) return failed('input.unreadable-file', { name: attached.name })
    return refused(storageFailure(error, 'outbox'))
  }
}

function inMemory(file: AttachedFile): AttachedFile {
  return file.size !== undefined && file.size <= readAtOnce ? { ...file, content: readFileSync(file.path) } : file
}
