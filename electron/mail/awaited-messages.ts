/**
 * Messages whose tie to the server was lost and is found again when the server's copy comes in:
 *
 *   here, but nobody knows what the server calls it ── the same bytes come in ──▶ gets that server id; the second file goes
 *   its row is here, its file is lost               ── that server id comes in ─▶ gets the new file, and stays seen or private
 *
 * Until then no such message is in the ledger, so nothing of it is ever removed from the server. A second file goes only when
 * the first was compared with it, byte for byte by digest, and synced.
 */
import { dirname, join } from 'node:path'
import type { AccountId } from '../../shared/model/account.ts'
import type { MessageKey } from '../../shared/model/message.ts'
import type { Database } from '../storage/database.ts'
import { syncFile } from '../storage/durable-files.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import { syncFolder } from '../storage/write-durably.ts'
import type { StoredFile } from './incoming-batch.ts'
import { readMessageFile } from './message-file.ts'
import type { Memberships } from './memberships.ts'
import type { MessageRows, NewRow } from './message-rows.ts'
import type { RetentionLedger } from './retention-ledger.ts'

export interface Recognised {
  readonly id: MessageKey
  readonly by: 'bytes' | 'server-id'
}

export type AwaitedMessages = ReturnType<typeof awaitedMessages>

export interface AwaitedParts {
  readonly database: Database
  readonly rows: MessageRows
  readonly members: Memberships
  readonly ledger: Pick<RetentionLedger, 'isKnown'>
  readonly root: string
}

export function awaitedMessages({ database, rows, members, ledger, root }: AwaitedParts) {
  const insert = database.prepare('INSERT OR IGNORE INTO awaited_message (account_id, sign, message_id) VALUES (?, ?, ?)')
  const any = database.prepare('SELECT 1 FROM awaited_message WHERE account_id = ? LIMIT 1')
  const find = database.prepare('SELECT message_id FROM awaited_message WHERE account_id = ? AND sign = ?')
  const ofMessage = database.prepare('SELECT 1 FROM awaited_message WHERE message_id = ?')
  const forget = database.prepare('DELETE FROM awaited_message WHERE message_id = ?')
  const bytesSign = (digest: string): string => `bytes ${digest}`
  const serverSign = (folder: string, serverId: string): string => `server-id ${JSON.stringify([folder, serverId])}`
  const awaited = (accountId: AccountId, sign: string): MessageKey | null => {
    const row = find.get(accountId, sign)
    return row === undefined ? null : Number(row['message_id'])
  }

  /** Which of these, already whole on the disk, are awaited. One look where none is, which is nearly always. */
  async function recognise(accountId: AccountId, folder: string, files: readonly StoredFile[]): Promise<ReadonlyMap<StoredFile, Recognised>> {
    const recognised = new Map<StoredFile, Recognised>()
    try {
      if (any.get(accountId) === undefined) return recognised
      for (const file of files) {
        const lost = awaited(accountId, serverSign(folder, file.serverId))
        const id = lost ?? (await withSameBytes(accountId, file))
        if (id !== null) recognised.set(file, { id, by: lost === null ? 'bytes' : 'server-id' })
      }
    } catch (error) {
      // Not to be read is not to be relied on: what is not recognised is kept beside the other.
      storageFailure(error, 'mail')
    }
    return recognised
  }

  async function withSameBytes(accountId: AccountId, { file }: StoredFile): Promise<MessageKey | null> {
    const { digest } = await readMessageFile(join(root, file))
    const id = awaited(accountId, bytesSign(digest))
    const first = id === null ? null : rows.get(id)
    if (first === null) return null
    const path = join(root, first.file)
    try {
      if ((await readMessageFile(path)).digest !== digest) return null
      await syncFile(path)
      await syncFolder(dirname(path))
      return id
    } catch (error) {
      // Not to be read or synced is not to be relied on: then the new file is kept too.
      storageFailure(error, 'mail')
      return null
    }
  }

  /** Writes the row of a message that came in, or reunites it with its own. null = its file is not needed. */
  function place(file: StoredFile, as: NewRow, recognised: Recognised | undefined): MessageKey | null {
    const found = recognised === undefined || Number(forget.run(recognised.id).changes) === 0 ? null : rows.get(recognised.id)
    if (found === null) return rows.insert(file, as)
    const { row } = found
    if (recognised?.by === 'bytes') return claim(row.id, as) ? null : rows.insert(file, as)
    rows.remove(row.id)
    return rows.insert(file, { ...as, flags: { ...as.flags, seen: row.seen || as.flags.seen }, isPrivate: row.private, storedAt: Date.parse(row.storedAt) })
  }

  /** The message is the one of that place from now on. False = another of its folder's messages is. */
  function claim(id: MessageKey, { accountId, folder, serverId, flags }: NewRow): boolean {
    if (serverId === null) return false
    const places = members.of(id)
    const here = places.find((one) => one.folder === folder)
    const isTied = here !== undefined && here.serverId !== null && here.serverId !== serverId && !here.isGone && ledger.isKnown(accountId, folder, here.serverId)
    if (isTied) return false
    const lost = here ?? places.find((one) => one.serverId === null)
    if (lost === undefined) members.add(id, { accountId, folder, serverId }, flags)
    else members.rename(lost.id, folder, serverId)
    return true
  }

  return {
    recognise,
    place,
    awaitBytes: (accountId: AccountId, digest: string, id: MessageKey): void => {
      insert.run(accountId, bytesSign(digest), id)
    },
    awaitServerId: (accountId: AccountId, folder: string, serverId: string, id: MessageKey): void => {
      insert.run(accountId, serverSign(folder, serverId), id)
    },
    isAwaited: (id: MessageKey): boolean => ofMessage.get(id) !== undefined,
  }
}
