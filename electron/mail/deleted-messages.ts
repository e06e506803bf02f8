/**
 * Deleting, and what can be taken back of it (docs/decisions/agreed-removals.md).
 *
 *   here ─▶ deleted: in no list, search or record; row, file, index entry and private mark are still there
 *     ▲        │   └─ the server has confirmed that its copies are gone, or a day is over and nothing waits to be told ─▶ put away
 *     └─ undo ─┘      put away: row and file go. Undo then makes the server id unknown, so that the next fetch brings the message
 *
 * Deleted from a folder, a message stays in the others. Where only a folder that shows everything is left, it is deleted as a whole.
 */
import { setImmediate as othersFirst } from 'node:timers/promises'
import { done, type Outcome } from '../../shared/failures/failure.ts'
import { notOnServerPath } from '../../shared/model/folder.ts'
import type { MessageKey } from '../../shared/model/message.ts'
import { type Database, transaction } from '../storage/database.ts'
import type { UnsettledFiles } from '../storage/unsettled-files.ts'
import type { FolderRows } from './folder-rows.ts'
import type { Membership, Memberships, ServerPlace } from './memberships.ts'
import { type MessageSigns, signsIn } from './message-signs.ts'
import type { MessageRows } from './message-rows.ts'
import { type RetentionLedger, wasTold } from './retention-ledger.ts'

/** So long a deletion can be taken back, whether or not the server has a copy, milliseconds. */
export const undoTime = 24 * 60 * 60 * 1000

/** Looked at, and put away in one transaction. */
const atOnce = 200

const entry = 'ledger l ON l.account_id = p.account_id AND l.folder = p.folder AND l.server_id = p.server_id'

export interface DeletedParts {
  readonly database: Database
  readonly rows: Pick<MessageRows, 'get' | 'getAny' | 'remove'>
  readonly members: Memberships
  readonly ledger: Pick<RetentionLedger, 'noteDeleted' | 'noteSigns' | 'takeBack' | 'forgetDeleted' | 'foldersOfDeleted'>
  readonly folders: Pick<FolderRows, 'lookAgain' | 'showsAll'>
  readonly unsettled: Pick<UnsettledFiles, 'settle'>
  /** Of a message file. */
  readonly path: (file: string) => string
  readonly now: () => Date
}

export interface Undone {
  readonly undone: readonly MessageKey[]
  /** Of these, those that the next fetch has to bring. */
  readonly again: readonly MessageKey[]
}

export function deletedMessages({ database, rows, members, ledger, folders, unsettled, path, now }: DeletedParts) {
  const deletedAfter = database.prepare(
    `SELECT id,
       NOT EXISTS (SELECT 1 FROM membership p LEFT JOIN ${entry} WHERE p.message_id = m.id AND NOT coalesce(l.removed_at IS NOT NULL AND ${wasTold('l')}, 0))
       OR (deleted_at <= ? AND NOT EXISTS (
         SELECT 1 FROM membership p JOIN ${entry} JOIN agreed_removals a ON a.account_id = p.account_id
         WHERE p.message_id = m.id AND l.removed_at IS NULL AND a.remove_when_deleted = 1)) AS is_settled
     FROM message m INDEXED BY message_deleted WHERE deleted_at IS NOT NULL AND id > ? ORDER BY id LIMIT ${atOnce}`,
  )
  // The message stands in other folders; the server has confirmed that it is out of this one.
  const left = database.prepare(
    `DELETE FROM membership WHERE id IN (SELECT p.id FROM membership p JOIN ${entry} JOIN message m ON m.id = p.message_id
     WHERE p.deleted_at IS NOT NULL AND m.deleted_at IS NULL AND l.removed_at IS NOT NULL AND ${wasTold('l')})`,
  )

  /** Which of its places a deletion from this folder is about. */
  function placesIn(id: MessageKey, from: string | null): readonly Membership[] {
    const places = members.of(id)
    if (from === null || from === notOnServerPath) return places
    const others = places.filter(({ isGone, isDeleted, folder, accountId }) => folder !== from && !isGone && !isDeleted && !folders.showsAll(accountId, folder))
    return others.length === 0 ? places : places.filter(({ folder }) => folder === from)
  }

  function takeBack(id: MessageKey): 'here' | 'again' | null {
    const back = members.of(id).filter((place) => {
      if (!place.isDeleted) return false
      const known = serverPlaceOf(place)
      return known === null || ledger.takeBack(known)
    })
    for (const place of back) members.setDeleted(place.id, null)
    if (back.length > 0) return 'here'
    const places = ledger.foldersOfDeleted(id)
    if (!ledger.forgetDeleted(id)) return null
    for (const place of places) folders.lookAgain(place.accountId, place.folder)
    return 'again'
  }

  async function signsOf(ids: readonly MessageKey[]): Promise<ReadonlyMap<MessageKey, MessageSigns>> {
    const signs = new Map<MessageKey, MessageSigns>()
    for (const id of ids) {
      const found = rows.getAny(id)
      const sign = found === null ? null : await signsIn(path(found.file))
      if (sign !== null) signs.set(id, sign)
    }
    return signs
  }

  /** A server may show it again under another number. */
  function noteSigns(id: MessageKey, size: number, signs: MessageSigns | undefined): void {
    for (const place of members.of(id)) {
      const known = serverPlaceOf(place)
      if (known !== null && signs !== undefined) ledger.noteSigns(known, size, signs)
    }
  }

  async function putAwaySettled(ids: readonly MessageKey[]): Promise<Outcome<void>> {
    if (ids.length === 0) return done(undefined)
    const signs = await signsOf(ids)
    // The program ends: what is left is put away after its next start.
    if (!database.isOpen) return done(undefined)
    return unsettled.settle(null, (letGo) => {
      for (const id of ids) {
        const found = rows.getAny(id)
        // Taken back while its file was read.
        if (found === null || !found.isDeleted) continue
        noteSigns(id, found.row.size, signs.get(id))
        rows.remove(id)
        letGo([found.file])
      }
    })
  }

  return {
    /** `from` null = wherever it stands. Answers with how many were there to be deleted. */
    async remove(ids: readonly MessageKey[], from: string | null): Promise<Outcome<number>> {
      const at = now().getTime()
      return unsettled.settle(null, () => {
        const found = [...new Set(ids)].map(rows.get).filter((one) => one !== null)
        for (const { row } of found) {
          for (const place of placesIn(row.id, from)) {
            const known = serverPlaceOf(place)
            if (!place.isDeleted && known !== null) ledger.noteDeleted(row, known, at)
            members.setDeleted(place.id, at)
          }
        }
        return found.length
      })
    },
    undo(ids: readonly MessageKey[]): Undone {
      return transaction(database, () => {
        const outcomes = [...new Set(ids)].map((id) => ({ id, is: takeBack(id) }))
        return { undone: outcomes.filter(({ is }) => is !== null).map(({ id }) => id), again: outcomes.filter(({ is }) => is === 'again').map(({ id }) => id) }
      })
    },
    /** Rows and files of what can no longer be taken back, or no longer without the server. */
    async putAway(): Promise<Outcome<void>> {
      if (database.isOpen) left.run()
      let last = 0
      while (database.isOpen) {
        const page = deletedAfter.all(now().getTime() - undoTime, last)
        if (page.length === 0) break
        last = Number(page.at(-1)?.['id'])
        const put = await putAwaySettled(page.filter((row) => row['is_settled'] === 1).map((row) => Number(row['id'])))
        if (!put.ok) return put
        await othersFirst()
      }
      return done(undefined)
    },
  }
}

function serverPlaceOf({ accountId, folder, serverId }: Membership): ServerPlace | null {
  return serverId === null ? null : { accountId, folder, serverId }
}
