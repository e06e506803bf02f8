/**
 * The mail store over one database and one data folder (PRODUCT C3). A row is only ever there while its file is: rows are
 * written after their files are durable and deleted before them. What a crash leaves between the two stands in the journal of
 * `unsettled-files.ts`, and only what stands there is ever deleted.
 */
import { readdir, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { done, failed, type Outcome } from '../../shared/failures/failure.ts'
import { accountIdSchema, type AccountId } from '../../shared/model/account.ts'
import type { MessageKey, MessageView } from '../../shared/model/message.ts'
import { removesAnything } from '../../shared/model/removal.ts'
import { type Database, transaction } from '../storage/database.ts'
import type { DataFolder } from '../storage/data-folder.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import { unsettledFiles } from '../storage/unsettled-files.ts'
import { agreedRemovals } from './agreed-removals.ts'
import { awaitedMessages } from './awaited-messages.ts'
import { deletedMessages } from './deleted-messages.ts'
import { examineStore } from './examine-store.ts'
import { startBatch, type StoredFile } from './incoming-batch.ts'
import { folderRows } from './folder-rows.ts'
import { type IndexRun, type IndexThreadOptions, indexWaiting } from './index-waiting.ts'
import type { KnownOfMessage, MailStore } from './mail-store.ts'
import { memberships, noFlags } from './memberships.ts'
import { createMessageFiling, type MessageFilingOptions } from './message-filing.ts'
import { headerLimit } from './message-headers.ts'
import { messageFlags } from './message-flags.ts'
import { messageRows, type StoredRow } from './message-rows.ts'
import { renamedMessages } from './renamed-messages.ts'
import { reusedNames } from './reused-names.ts'
import { knownAgain } from './known-again.ts'
import { serverFolders } from './server-folders.ts'
import { type ParsedMessage, parseLimit, parseMessage } from './parse-message.ts'
import { readRange } from './read-range.ts'
import { retentionLedger } from './retention-ledger.ts'
import { searchIndex } from './search-index.ts'
import { sentCopies } from './sent-copies.ts'
import { serverPlaces } from './server-places.ts'

export interface MailStoreOptions {
  readonly database: Database
  readonly folder: DataFolder
  readonly now?: () => Date
  readonly filing?: MessageFilingOptions
  readonly indexThread?: IndexThreadOptions
}

/** So much of a message that cannot be taken apart is shown raw, bytes. */
const rawLimit = 256 * 1024

export function createMailStore({ database, folder, now = () => new Date(), filing: filingOptions = {}, indexThread = {} }: MailStoreOptions): MailStore {
  const filing = createMessageFiling(filingOptions)
  const damaged = new Set<() => void>()
  const searching = searchIndex(database, folder, () => damaged.forEach((listener) => listener()))
  const members = memberships(database)
  const rows = messageRows(database, searching, members)
  const ledger = retentionLedger(database)
  const agreed = agreedRemovals(database)
  const folders = folderRows(database)
  const flags = messageFlags(database)
  const unsettled = unsettledFiles({ database, folder, room: 'mail', isKnown: rows.hasFile })
  const awaited = awaitedMessages({ database, rows, members, ledger, root: folder.mail })
  const known = knownAgain({ database, members, ledger, flags, hasFolders: folders.hasAny, root: folder.mail, now })
  const renamed = renamedMessages({ database, root: folder.mail })
  const reused = reusedNames({ database, root: folder.mail, now })
  const sent = sentCopies({ database, root: folder.mail })
  const deleted = deletedMessages({ database, rows, members, ledger, folders, unsettled, path: (file) => join(folder.mail, file), now })
  const listeners = new Set<(accountId: AccountId | null) => void>()
  /** The message read last, taken apart: its attachments are asked for in pieces. */
  let parsed: { readonly id: MessageKey; readonly message: Promise<ParsedMessage | null> } | null = null

  const path = (file: string): string => join(folder.mail, file)
  const changed = (accountId: AccountId | null): void => listeners.forEach((listener) => listener(accountId))

  function receive(accountId: AccountId, serverFolder: string, privacy = { incoming: false, outgoing: false }, knownOf: (serverId: string) => KnownOfMessage | undefined = () => undefined) {
    // The id becomes the name of a folder: never anything but letters, digits and hyphens.
    const account = accountIdSchema.parse(accountId)
    async function record(files: readonly StoredFile[], over: string | null) {
      const storedAt = now().getTime()
      const recognised = await awaited.recognise(accountId, serverFolder, files)
      const again = await known.sameBytes(accountId, serverFolder, files)
      const copies = await sent.recognise(accountId, serverFolder, files)
      const doubles = await unsettled.settle(over, (letGo) => {
        const isDouble = (file: StoredFile): boolean => {
          const { serverId } = file
          const { flags: carried, objectId = null } = knownOf(serverId) ?? {}
          const [copy, same] = [copies.get(file), again.get(file)]
          const at = { accountId, folder: serverFolder, serverId }
          if (same?.is === 'deleted' && known.stayDeleted(same, at)) return true
          if (same?.is === 'here') {
            const here = known.settle(same, at, carried)
            // It came in from another folder first, as if it were any other.
            if (here !== null && copy !== undefined && sent.note(copy, here) && sent.isPrivate(copy, privacy)) rows.setPrivate(here, true)
            if (here !== null) return true
          }
          if (!ledger.noteStored(accountId, serverFolder, serverId, storedAt)) {
            if (carried !== undefined) flags.take(accountId, serverFolder, serverId, carried)
            return true
          }
          const as = { ...at, flags: carried ?? { ...noFlags, seen: file.seen }, objectId, isPrivate: sent.isPrivate(copy, privacy), storedAt }
          const id = awaited.place(file, as, recognised.get(file))
          if (copy !== undefined && id !== null) sent.note(copy, id)
          return id === null
        }
        const spare = files.filter(isDouble)
        letGo(spare.map(({ file }) => file))
        return spare
      })
      if (doubles.ok && (doubles.value.length < files.length || again.size > 0)) changed(accountId)
      return doubles
    }
    filing.prepare()
    return startBatch({ root: folder.mail, account, filing, unsettled, record })
  }

  async function read(id: MessageKey): Promise<Outcome<MessageView>> {
    const found = rows.get(id)
    if (found === null) return failed('mail.unknown')
    return withFile(found, async () => {
      const { readMoreHeaders } = await import('./read-headers.ts')
      const { bytes: start } = await readRange(path(found.file), 0, headerLimit)
      const message = await parsedMessage(found)
      const { cc, replyTo, messageId } = readMoreHeaders(start)
      const headers = { cc: [...cc], replyTo: [...replyTo], messageId }
      if (message === null || !found.row.readable) {
        const text = Buffer.from(start.subarray(0, rawLimit)).toString('utf8')
        return { ...found.row, ...headers, readable: false, text, html: null, attachments: [] }
      }
      const attachments = message.attachments.map(({ bytes, ...attachment }, index) => ({ ...attachment, index, size: bytes.byteLength }))
      const hasAttachments = attachments.some(({ inline }) => !inline)
      // The header could only guess.
      if (rows.setHasAttachments(id, hasAttachments)) changed(found.row.accountId)
      return { ...found.row, ...headers, hasAttachments, text: message.text, html: message.html, attachments }
    })
  }

  function parsedMessage({ row: { id, size }, file }: StoredRow): Promise<ParsedMessage | null> {
    if (size > parseLimit) return Promise.resolve(null)
    if (parsed?.id !== id) parsed = { id, message: parseMessage(path(file)) }
    return parsed.message
  }

  async function withFile<T>(found: StoredRow, work: () => Promise<T>): Promise<Outcome<T>> {
    try {
      return done(await work())
    } catch (error) {
      return failed('mail.unreadable', { name: found.row.subject, detail: storageFailure(error, 'mail').evidence.detail ?? '' })
    }
  }

  async function source(id: MessageKey, offset: number, length: number) {
    const found = rows.get(id)
    return found === null ? failed('mail.unknown') : withFile(found, () => readRange(path(found.file), offset, length))
  }

  async function attachment(id: MessageKey, index: number, offset: number, length: number) {
    const found = rows.get(id)
    if (found === null) return failed('mail.unknown')
    const bytes = (await parsedMessage(found))?.attachments[index]?.bytes
    if (bytes === undefined) return failed('file.unknown')
    return done({ bytes: bytes.subarray(offset, offset + length), size: bytes.byteLength })
  }

  function mark(ids: readonly MessageKey[], set: (id: MessageKey) => boolean): void {
    const touched = transaction(database, () => ids.filter(set))
    if (touched.length > 0) changed(null)
  }

  async function index(run: IndexRun): Promise<Outcome<void>> {
    let count = 0
    const outcome = await indexWaiting({ places: folder, root: folder.mail, index: searching, options: indexThread }, {
      signal: run.signal,
      tell(news) {
        if (news.is === 'indexed') count += news.count
        run.tell(news)
      },
    })
    // Who searches just now finds more.
    if (count > 0) changed(null)
    return outcome
  }

  async function deleteMessages(ids: readonly MessageKey[], from: string | null = null): Promise<Outcome<void>> {
    const removed = await deleted.remove(ids, from)
    if (!removed.ok) return removed
    if (removed.value > 0) changed(null)
    return done(undefined)
  }

  async function deleteAccount(accountId: AccountId): Promise<Outcome<void>> {
    const account = accountIdSchema.parse(accountId)
    const removed = await unsettled.settle(null, (letGo) => {
      letGo(rows.removeAllOf(account))
      ledger.forgetAccount(account)
      agreed.agree(account, null, 0)
      folders.forgetAccount(account)
    })
    if (!removed.ok) return removed
    await removeEmptyFolders(path(account))
    changed(account)
    return done(undefined)
  }

  return {
    renamed,
    reused,
    knownServerIds: ledger.knownServerIds,
    prepareToReceive: filing.prepare,
    receive,
    list: rows.list,
    matching: rows.matching,
    read,
    arrivedAfter: rows.arrivedAfter,
    source,
    attachment,
    folders: folders.list,
    placesOf: (ids, from) => serverPlaces(members, folders, ids, from),
    markSeen: (ids, seen) => mark(ids, (id) => flags.change(id, 'seen', seen)),
    markFlagged: (ids, flagged) => mark(ids, (id) => flags.change(id, 'flagged', flagged)),
    markPrivate: (ids, isPrivate) => mark(ids, (id) => rows.setPrivate(id, isPrivate)),
    delete: deleteMessages,
    undoDelete(ids) {
      const back = deleted.undo(ids)
      if (back.undone.length > 0) changed(null)
      return back
    },
    putAwayDeleted: deleted.putAway,
    dueForRemoval: (accountId, serverFolder, rule) => ledger.dueForRemoval(accountId, serverFolder, rule, now().getTime()),
    previewRemovals: (accountId, rule) => ledger.preview(accountId, rule, now().getTime()),
    mayRemove: (accountId, rule) => !removesAnything(rule) || agreed.covers(accountId, rule),
    agreeToRemovals: (accountId, rule) => agreed.agree(accountId, rule, now().getTime()),
    noteListed: (accountId, serverFolder, listed) => transaction(database, () => ledger.noteListed(accountId, serverFolder, listed, now().getTime())),
    noteAsked: (accountId, serverFolder, serverIds) => transaction(database, () => ledger.noteAsked(accountId, serverFolder, serverIds, now().getTime())),
    noteRemoved: (accountId, serverFolder, serverIds) => transaction(database, () => ledger.noteRemoved(accountId, serverFolder, serverIds, now().getTime())),
    removals: ledger.removals,
    hasUnindexed: searching.hasGaps,
    index,
    counts: rows.counts,
    server: serverFolders({ database, folders, ledger, flags, known, members, now, changed }),
    async examine(options) {
      const forgetStored = (accountId: AccountId, path: string, serverId: string) => {
        ledger.forgetStored(accountId, path, serverId)
        folders.lookAgain(accountId, path)
      }
      const report = await examineStore({ database, rows, searching, members, ledger: { forgetStored }, awaited, unsettled, folder }, options)
      if (options.rebuild) changed(null)
      return report
    },
    deleteAccount,
    close: searching.close,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onIndexDamaged(listener) {
      damaged.add(listener)
      return () => damaged.delete(listener)
    },
  }
}

/** For tidiness only. One that still holds something stays: no row says what that is. */
async function removeEmptyFolders(place: string): Promise<void> {
  const names = await readdir(place).catch(() => [])
  await Promise.all(names.map((name) => rmdir(join(place, name)).catch(() => undefined)))
  await rmdir(place).catch(() => undefined)
}
