/**
 * The doctor: compares every message file with the index, and puts the index right by the files where asked to.
 *
 *   list the files ─▶ search index sound? ─▶ every row: file, length, folders, ledger ─▶ every file without a row
 *
 * Guarantees: no message file is deleted or changed; what a note of files in motion covers is left alone, so it may run beside
 * fetching and deleting; each group of repairs is one transaction, and beginning again after a crash comes to the same end.
 *
 * What only the index knew is kept where its row is. A message that gets a new row is unseen, private, and of unknown server
 * id: nothing of it leaves the server before it was recognised there (`awaited-messages.ts`).
 */
import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { done, failed, type Outcome, refused } from '../../shared/failures/failure.ts'
import type { AccountId } from '../../shared/model/account.ts'
import { emptyStoreReport, isRemark, namedAtMost, type StoreFinding, type StoreReport } from '../../shared/model/store-findings.ts'
import type { DataFolder } from '../storage/data-folder.ts'
import { type Database, transaction } from '../storage/database.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import { systemCodeOf } from '../storage/system-code.ts'
import type { UnsettledFiles } from '../storage/unsettled-files.ts'
import type { AwaitedMessages } from './awaited-messages.ts'
import { checkSearch } from './check-search.ts'
import { type CheckedRow, indexChecks } from './index-checks.ts'
import type { ExamineOptions } from './mail-store.ts'
import { type Memberships, noFlags } from './memberships.ts'
import { type MessageFile, readMessageFile } from './message-file.ts'
import type { MessageRows, NewRow } from './message-rows.ts'
import type { RetentionLedger } from './retention-ledger.ts'
import type { SearchIndex } from './search-index.ts'

export interface ExaminedParts {
  readonly database: Database
  readonly rows: MessageRows
  readonly searching: Pick<SearchIndex, 'giveUp' | 'leaveOver'>
  readonly members: Pick<Memberships, 'add'>
  readonly ledger: Pick<RetentionLedger, 'forgetStored'>
  readonly awaited: Pick<AwaitedMessages, 'awaitBytes' | 'awaitServerId' | 'isAwaited'>
  readonly unsettled: Pick<UnsettledFiles, 'isInMotion' | 'swept'>
  readonly folder: Pick<DataFolder, 'mail' | 'database' | 'search'>
}

/** So many are looked at, and put right in one transaction, before others get their turn. */
const groupSize = 64

/** As `incoming-batch.ts` names them; only such a file could be deleted again with its message. */
const ourName = /^[\da-z-]{1,64}\/[\w-]+\/[\w-]+\.eml$/

/** The folder of a message whose server id is not known; recognised, it gets the right one. */
const unknownFolder = 'INBOX'

type Reading = { readonly is: 'read'; readonly message: MessageFile } | { readonly is: 'missing' } | { readonly is: 'unreadable' }

interface FoundFile {
  readonly file: string
  readonly size: number
}

/** Thrown to leave the walk when it was cancelled; never leaves this file. */
class Cancelled extends Error {}

export async function examineStore(parts: ExaminedParts, options: ExamineOptions): Promise<Outcome<StoreReport>> {
  const { database, rows, searching, members, ledger, awaited, unsettled, folder } = parts
  const root = folder.mail
  const { rebuild, signal } = options
  const index = indexChecks(database)
  let report: StoreReport = emptyStoreReport
  /** Of the messages of one account and length. */
  const digests = new Map<string, Set<string>>()
  let looked = 0
  let total: number | null = null

  function note(finding: StoreFinding, file: string | null, isMended: boolean): void {
    const found = { ...report.found, [finding]: (report.found[finding] ?? 0) + 1 }
    const named = file === null || report.named.length >= namedAtMost ? report.named : [...report.named, { finding, file }]
    const trouble = isRemark(finding) ? 0 : 1
    report = { ...report, found, named, mended: report.mended + (isMended ? trouble : 0), left: report.left + (isMended ? 0 : trouble) }
  }

  function step(count: number): void {
    looked += count
    options.progress(looked, total, report)
    if (signal.aborted) throw new Cancelled()
  }

  try {
    await unsettled.swept
    const unknown = await withoutRow()
    total = index.count() + unknown.length
    step(0)
    await examineSearch()
    const sameLength = await checkRows(new Set(unknown.map(lengthKey)))
    for (let from = 0; from < unknown.length; from += groupSize) await takeIn(unknown.slice(from, from + groupSize), sameLength)
    return done(report)
  } catch (error) {
    return error instanceof Cancelled ? failed('job.cancelled') : refused(storageFailure(error, 'mail'))
  }

  /** Counts all message files, and answers with those that no row knows, always in the same order. */
  async function withoutRow(): Promise<readonly FoundFile[]> {
    const unknown: FoundFile[] = []
    for await (const files of filesByFolder(root, '')) {
      const strangers = files.filter((file) => !rows.hasFile(file) && !unsettled.isInMotion(file))
      const sizes = await Promise.all(strangers.map((file) => sizeOf(join(root, file))))
      // One that is gone by now went with its message.
      const there = strangers.flatMap((file, at) => (sizes[at] === null ? [] : [{ file, size: Number(sizes[at]) }]))
      report = { ...report, files: report.files + files.length - strangers.length + there.length }
      for (const found of there) {
        if (ourName.test(found.file)) unknown.push(found)
        else note('strange-name', found.file, false)
      }
      step(0)
    }
    return unknown
  }

  /** An index that is not there, or not all there yet, is no finding: that mends itself. */
  async function examineSearch(): Promise<void> {
    const found = await checkSearch(folder)
    if (found.is === 'none') return
    if (found.is === 'damaged') note('search-damaged', null, rebuild)
    else {
      for (const id of found.missing) note('not-searchable', rows.get(id)?.file ?? null, rebuild)
      for (let count = found.leftovers.length; count > 0; count -= 1) note('search-leftover', null, rebuild)
    }
    if (!rebuild) return
    // Words that should be there and are not: nothing says what else is wrong with it.
    if (found.is === 'damaged' || found.missing.length > 0) searching.giveUp()
    else searching.leaveOver(found.leftovers)
  }

  /** Answers with the files of rows that could hold the same bytes as a file without one, by their length. */
  async function checkRows(lengths: ReadonlySet<string>): Promise<ReadonlyMap<string, readonly string[]>> {
    const sameLength = new Map<string, string[]>()
    for (let page = index.rowsAfter(0, groupSize); page.length > 0; page = index.rowsAfter(page.at(-1)?.id ?? 0, groupSize)) {
      const readings = await Promise.all(page.map(readDoubtful))
      transaction(database, () => {
        for (const [at, row] of page.entries()) {
          // Else it was deleted, or given another file, since the page was read.
          if (rows.hasFile(row.file)) checkRow(row, readings[at] ?? null)
        }
      })
      for (const row of page) {
        const key = lengthKey(row)
        if (lengths.has(key)) sameLength.set(key, [...(sameLength.get(key) ?? []), row.file])
      }
      step(page.length)
    }
    return sameLength
  }

  /** A file is read only where its row gives reason to; null = length and row agree. */
  async function readDoubtful(row: CheckedRow): Promise<Reading | null> {
    const size = await sizeOf(join(root, row.file))
    if (size === null) return { is: 'missing' }
    return size !== row.size || (rebuild && (row.places.length === 0 || isNotInLedger(row))) ? read(row.file) : null
  }

  function isNotInLedger({ id, places }: CheckedRow): boolean {
    return places.some(({ serverId, noted }) => serverId !== null && !noted) && !awaited.isAwaited(id)
  }

  function checkRow(row: CheckedRow, reading: Reading | null): void {
    if (reading?.is === 'unreadable') return note('file-unreadable', row.file, false)
    if (reading?.is === 'missing') {
      note('file-missing', row.file, false)
      if (rebuild) letServerBringAgain(row)
      return
    }
    if (reading !== null && reading.message.size !== row.size) {
      note('file-changed', row.file, rebuild)
      if (rebuild) takeAsItIs(row, reading.message)
      return
    }
    if (row.places.length === 0) {
      note('in-no-folder', row.file, rebuild)
      if (rebuild) {
        members.add(row.id, { accountId: row.account_id, folder: unknownFolder, serverId: null }, noFlags)
        if (reading !== null) awaited.awaitBytes(row.account_id, reading.message.digest, row.id)
      }
      return
    }
    if (isNotInLedger(row)) {
      if (reading !== null) awaited.awaitBytes(row.account_id, reading.message.digest, row.id)
      note('not-in-ledger', row.file, awaited.isAwaited(row.id))
    }
  }

  /** Its bytes are not here, so it does not count as stored. The row stays, for what it alone knows. */
  function letServerBringAgain({ id, account_id, places }: CheckedRow): void {
    for (const { folder, serverId } of places) {
      if (serverId === null) continue
      ledger.forgetStored(account_id, folder, serverId)
      awaited.awaitServerId(account_id, folder, serverId, id)
    }
  }

  /** Other bytes than were stored: the message is what the file says, and what the server has may be the whole of it. */
  function takeAsItIs({ id, account_id, places, file }: CheckedRow, message: MessageFile): void {
    const found = rows.get(id)
    if (found === null) return
    const { folder, seen, private: isPrivate, storedAt } = found.row
    for (const { folder: path, serverId } of places) if (serverId !== null) ledger.forgetStored(account_id, path, serverId)
    rows.remove(id)
    addRow(file, message, { accountId: account_id, folder, flags: { ...noFlags, seen }, isPrivate, storedAt: Date.parse(storedAt) })
  }

  function addRow(file: string, { size, headers, digest }: MessageFile, as: Pick<NewRow, 'accountId' | 'folder' | 'flags' | 'isPrivate' | 'storedAt'>): void {
    awaited.awaitBytes(as.accountId, digest, rows.insert({ file, size, headers }, { ...as, serverId: null, objectId: null }))
  }

  /** Files without a row: each gets one, but of those with the same bytes only the first. */
  async function takeIn(group: readonly FoundFile[], sameLength: ReadonlyMap<string, readonly string[]>): Promise<void> {
    const readings = await Promise.all(group.map(({ file }) => read(file)))
    const isDouble: boolean[] = []
    for (const [at, found] of group.entries()) isDouble.push(await isSecond(found, readings[at], sameLength))
    transaction(database, () => {
      for (const [at, { file }] of group.entries()) {
        const reading = readings[at]
        if (reading === undefined || reading.is === 'missing' || rows.hasFile(file) || unsettled.isInMotion(file)) continue
        if (reading.is === 'unreadable') note('file-unreadable', file, false)
        else if (isDouble[at] === true) note('double', file, false)
        else {
          note('file-unknown', file, rebuild)
          if (rebuild) addRow(file, reading.message, { accountId: accountOf(file), folder: unknownFolder, flags: noFlags, isPrivate: true, storedAt: reading.message.changedAt })
        }
      }
    })
    step(group.length)
  }

  /** Has the account this very message already, in a row or in a file before this one? */
  async function isSecond(found: FoundFile, reading: Reading | undefined, sameLength: ReadonlyMap<string, readonly string[]>): Promise<boolean> {
    if (reading?.is !== 'read') return false
    const key = lengthKey(found)
    const known = digests.get(key) ?? (await digestsOf(sameLength.get(key) ?? []))
    digests.set(key, known)
    if (known.has(reading.message.digest)) return true
    known.add(reading.message.digest)
    return false
  }

  async function digestsOf(files: readonly string[]): Promise<Set<string>> {
    const known = new Set<string>()
    for (const file of files) {
      const reading = await read(file)
      if (reading.is === 'read') known.add(reading.message.digest)
    }
    return known
  }

  async function read(file: string): Promise<Reading> {
    try {
      return { is: 'read', message: await readMessageFile(join(root, file)) }
    } catch (error) {
      storageFailure(error, 'mail')
      return { is: systemCodeOf(error) === 'ENOENT' ? 'missing' : 'unreadable' }
    }
  }
}

const accountOf = (file: string): AccountId => file.slice(0, file.indexOf('/'))

/** Only files of one account and length can hold the same message. */
const lengthKey = ({ file, size }: FoundFile): string => `${accountOf(file)}/${size}`

/** Paths below the folder of all mail of everything that ends in `.eml`, sorted, one folder at a time. */
async function* filesByFolder(root: string, place: string): AsyncGenerator<readonly string[]> {
  const entries = await entriesOf(join(root, place))
  const named = (name: string): string => (place === '' ? name : `${place}/${name}`)
  yield entries.filter((entry) => entry.isFile() && entry.name.endsWith('.eml')).map(({ name }) => named(name)).toSorted()
  for (const folder of entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).toSorted()) yield* filesByFolder(root, named(folder))
}

function entriesOf(path: string): Promise<Dirent[]> {
  return readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    // No folder, or one that went with its last message: nothing is in it.
    if (systemCodeOf(error) === 'ENOENT') return []
    throw error
  })
}

/** Bytes; null where there is no such file. */
async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return null
    throw error
  }
}
