/**
 * One copy per message and account (docs/decisions/one-copy.md): what stands in several folders, was moved or renamed by another
 * program, or was numbered anew by the server is known again. It keeps its row, its file and what was done to it here.
 *
 *   the server calls it the same (RFC 8474 EMAILID, X-GM-MSGID), same size   ─▶ it is that one, without fetching it
 *   the header is byte for byte the same, with its Received lines, same size ─▶ it is that one, without fetching it
 *   the same bytes came in                                                   ─▶ it is that one, and the second file goes
 *   deleted here, and put away: the same digests                             ─▶ stays deleted
 *
 * A message taken for another would be lost, one that is not recognised costs some disk: so whatever is not sure is fetched and
 * compared. Received lines name one delivery; what has none (drafts, sent mail) may have been changed under the same header.
 */
import { join } from 'node:path'
import { z } from 'zod'
import type { AccountId } from '../../shared/model/account.ts'
import type { MessageKey } from '../../shared/model/message.ts'
import type { FolderMessage, ServerFlags } from '../../shared/model/server-folder.ts'
import { type Database, transaction } from '../storage/database.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import { headerDigestOf, headerOf, isTraced } from './message-signs.ts'
import type { StoredFile } from './incoming-batch.ts'
import { type Membership, type Memberships, noFlags, type ServerPlace } from './memberships.ts'
import { readMessageFile } from './message-file.ts'
import type { MessageFlags } from './message-flags.ts'
import { headerLimit } from './message-headers.ts'
import { readRange } from './read-range.ts'
import type { RetentionLedger } from './retention-ledger.ts'

/** What a message that came in is: one of these that are here, or one that was deleted here and is to stay so. */
export type Known = { readonly is: 'here'; readonly ids: readonly MessageKey[] } | { readonly is: 'deleted'; readonly folder: string; readonly serverId: string }

export interface KnownAgainParts {
  readonly database: Database
  readonly members: Memberships
  readonly ledger: Pick<RetentionLedger, 'isKnown' | 'noteStored' | 'moveEntry' | 'anyDeleted' | 'deletedOfSize'>
  readonly flags: Pick<MessageFlags, 'take'>
  /** Has the account's server folders? */
  readonly hasFolders: (accountId: AccountId) => boolean
  readonly root: string
  readonly now: () => Date
}

const candidateColumns = z.object({ id: z.number(), file: z.string() })
const objectColumns = z.object({ id: z.number(), size: z.number() })

/** So many of one size are looked at; of mail, hardly two are alike. */
const candidatesAtMost = 50

/** A header costs some kB and a turn: below this, bytes, a message is fetched as quickly. What is gone elsewhere is always worth it. */
const worthAsking = 64 * 1024

const standsThere = 'EXISTS (SELECT 1 FROM membership p WHERE p.message_id = m.id AND p.folder = ? AND p.gone_at IS NULL)'

export type KnownAgain = ReturnType<typeof knownAgain>

export function knownAgain({ database, members, ledger, flags, hasFolders, root, now }: KnownAgainParts) {
  const ofObject = database.prepare('SELECT id, size FROM message WHERE account_id = ? AND object_id = ? ORDER BY deleted_at IS NOT NULL, id LIMIT 10')
  const goneOfSize = database.prepare(`SELECT id, file FROM message WHERE account_id = ? AND size = ? AND size > 0 AND gone_at IS NOT NULL ORDER BY id DESC LIMIT ${candidatesAtMost}`)
  const anyGone = database.prepare('SELECT 1 FROM message INDEXED BY message_gone_by_size WHERE account_id = ? AND size > 0 AND gone_at IS NOT NULL LIMIT 1')
  const elsewhereOfSize = database.prepare(
    `SELECT id, file FROM (SELECT id, file FROM message WHERE account_id = ? AND size = ? AND size > 0 AND deleted_at IS NULL AND gone_at IS NULL LIMIT ${candidatesAtMost}) m WHERE NOT ${standsThere}`,
  )
  // What a list shows of the same bytes is the same: hardly a file is opened in vain.
  const alike = database.prepare(
    `SELECT id, file FROM (SELECT * FROM message WHERE account_id = ? AND size = ? AND size > 0 AND date IS ? ORDER BY id DESC LIMIT ${candidatesAtMost}) m
     WHERE subject = ? AND from_address IS ? AND (deleted_at IS NULL OR gone_at IS NOT NULL) AND NOT ${standsThere} ORDER BY gone_at IS NULL, id`,
  )
  const stateOf = database.prepare('SELECT deleted_at IS NOT NULL AS deleted FROM message WHERE id = ?')
  const setObject = database.prepare('UPDATE message SET object_id = coalesce(object_id, ?) WHERE id = ?')

  /** Where a message that is to stand in one more folder goes: a place of its that is gone, or a new one; null = nowhere. */
  function slotFor(id: MessageKey, folder: string): Membership | 'new' | null {
    const state = stateOf.get(id)
    if (state === undefined) return null
    const places = members.of(id)
    const here = places.find((place) => place.folder === folder)
    // Two in one folder are two.
    if (here !== undefined) return here.isGone ? here : null
    const gone = places.filter(({ isGone }) => isGone)
    return gone.findLast(({ isDeleted }) => !isDeleted) ?? gone.at(-1) ?? (state['deleted'] === 1 ? null : 'new')
  }

  /** This message stands there, too, or now. False = it cannot: it stands in that folder already, or was deleted meanwhile. In a transaction. */
  function attach(id: MessageKey, place: ServerPlace, carried: ServerFlags | undefined): boolean {
    const { accountId, folder, serverId } = place
    if (ledger.isKnown(accountId, folder, serverId)) return false
    const slot = slotFor(id, folder)
    if (slot === null) return false
    const at = now().getTime()
    if (slot === 'new') {
      members.add(id, place, carried ?? noFlags)
      ledger.noteStored(accountId, folder, serverId, at)
      return true
    }
    members.rename(slot.id, folder, serverId)
    // Under the new name; the old one means nothing any more.
    if (slot.serverId === null || !ledger.moveEntry(accountId, { folder: slot.folder, serverId: slot.serverId }, { folder, serverId })) ledger.noteStored(accountId, folder, serverId, at)
    if (carried !== undefined) flags.take(accountId, folder, serverId, carried)
    return true
  }

  function knowByObject(accountId: AccountId, folder: string, { serverId, size, flags: carried, objectId }: FolderMessage): boolean {
    if (objectId === null) return false
    return ofObject.all(accountId, objectId).map((row) => objectColumns.parse(row))
      .some((row) => row.size === size && attach(row.id, { accountId, folder, serverId }, carried))
  }

  async function knowByHeader(accountId: AccountId, folder: string, message: FolderMessage, header: Buffer): Promise<boolean> {
    const { serverId, size, flags: carried, objectId } = message
    if (!isTraced(header)) return false
    for (const { id, file } of [...goneOfSize.all(accountId, size), ...elsewhereOfSize.all(accountId, size, folder)].map((row) => candidateColumns.parse(row))) {
      if (!(await beginsWith(file, header))) continue
      const attached = transaction(database, () => {
        if (!attach(id, { accountId, folder, serverId }, carried)) return false
        setObject.run(objectId, id)
        return true
      })
      if (attached) return true
    }
    const digest = headerDigestOf(header)
    const put = ledger.deletedOfSize(accountId, size).find((entry) => entry.headerDigest === digest)
    return put !== undefined && transaction(database, () => ledger.moveEntry(accountId, put, { folder, serverId }))
  }

  async function beginsWith(file: string, header: Buffer): Promise<boolean> {
    return orNot(async () => headerOf((await readRange(join(root, file), 0, headerLimit)).bytes)?.equals(header) === true)
  }

  async function knownByBytes(accountId: AccountId, folder: string, file: StoredFile): Promise<Known | null> {
    const { size, headers } = file
    let digest: Promise<string> | null = null
    const ownDigest = () => (digest ??= readMessageFile(join(root, file.file)).then((read) => read.digest))
    const ids: MessageKey[] = []
    for (const { id, file: other } of alike.all(accountId, size, headers.date, headers.subject, headers.from?.address ?? null, folder).map((row) => candidateColumns.parse(row))) {
      if (await orNot(async () => (await ownDigest()) === (await readMessageFile(join(root, other))).digest)) ids.push(id)
    }
    if (ids.length > 0) return { is: 'here', ids }
    for (const { folder: place, serverId, digest: deleted } of ledger.deletedOfSize(accountId, size)) {
      if (deleted !== null && (await orNot(async () => (await ownDigest()) === deleted))) return { is: 'deleted', folder: place, serverId }
    }
    return null
  }

  return {
    /** Answers with the server ids of those that are here, as far as that is known without asking the server anything. */
    knowByObjects(accountId: AccountId, folder: string, messages: readonly FolderMessage[]): ReadonlySet<string> {
      if (messages.every(({ objectId }) => objectId === null)) return new Set()
      return transaction(database, () => new Set(messages.filter((message) => knowByObject(accountId, folder, message)).map(({ serverId }) => serverId)))
    },
    /** Those that may be here: worth asking for their headers. */
    doubtful(accountId: AccountId, folder: string, messages: readonly FolderMessage[]): readonly FolderMessage[] {
      // Nearly always nothing is gone; there may be very many messages.
      const mayBeGone = anyGone.get(accountId) !== undefined
      const mayBeDeleted = ledger.anyDeleted(accountId)
      return messages.filter(
        ({ size }) =>
          (size >= worthAsking && elsewhereOfSize.get(accountId, size, folder) !== undefined) ||
          (mayBeGone && goneOfSize.get(accountId, size) !== undefined) ||
          (mayBeDeleted && ledger.deletedOfSize(accountId, size).length > 0),
      )
    },
    /** Answers with the server ids of those that need not be fetched. */
    async know(accountId: AccountId, folder: string, messages: readonly FolderMessage[], headers: ReadonlyMap<string, Buffer>): Promise<ReadonlySet<string>> {
      const known = new Set<string>()
      for (const message of messages) {
        const header = headers.get(message.serverId)
        if (header !== undefined && (await knowByHeader(accountId, folder, message, header))) known.add(message.serverId)
      }
      return known
    },
    /** Which of these, already whole on the disk, are known. */
    async sameBytes(accountId: AccountId, folder: string, files: readonly StoredFile[]): Promise<ReadonlyMap<StoredFile, Known>> {
      const found = new Map<StoredFile, Known>()
      // One folder, and numbers nobody changes: there is nothing to know again.
      if (!hasFolders(accountId)) return found
      for (const file of files) {
        const known = await knownByBytes(accountId, folder, file)
        if (known !== null) found.set(file, known)
      }
      return found
    },
    /** In the transaction that would write its row. Answers with the message that stands there, too, now; null = none does. */
    settle: ({ ids }: Extract<Known, { is: 'here' }>, place: ServerPlace, carried: ServerFlags | undefined): MessageKey | null => ids.find((id) => attach(id, place, carried)) ?? null,
    /** Likewise. False = it is not that one any more. */
    stayDeleted: (known: Extract<Known, { is: 'deleted' }>, place: ServerPlace): boolean => ledger.moveEntry(place.accountId, known, place),
  }
}

/** Not to be read is not to be recognised: what is not recognised is kept beside the other. */
async function orNot(work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work()
  } catch (error) {
    storageFailure(error, 'mail')
    return false
  }
}
