/**
 * In which folders a message stands, under which server ids, and what it carries there (docs/decisions/one-copy.md). A message
 * stands in a folder once: two messages of one folder are two, however alike.
 *
 *   there ─▶ gone (somebody took it from the folder) ─▶ there again, or known again in another folder
 *     └────▶ deleted here ─▶ taken back, or put away for good
 */
import { z } from 'zod'
import type { AccountId } from '../../shared/model/account.ts'
import type { MessageKey } from '../../shared/model/message.ts'
import type { ServerFlags } from '../../shared/model/server-folder.ts'
import type { Database } from '../storage/database.ts'
import { showAgain } from '../storage/migrations/012-memberships.ts'

/** A message's place on the server. */
export interface ServerPlace {
  readonly accountId: AccountId
  readonly folder: string
  readonly serverId: string
}

export interface Membership {
  readonly id: number
  readonly messageId: MessageKey
  readonly accountId: AccountId
  readonly folder: string
  /** null = not known yet. */
  readonly serverId: string | null
  readonly isGone: boolean
  readonly isDeleted: boolean
}

export const noFlags: ServerFlags = { seen: false, flagged: false, answered: false, draft: false, keywords: [] }

const columns = z.object({
  id: z.number(), message_id: z.number(), account_id: z.string(), folder: z.string(), server_id: z.string().nullable(), gone_at: z.number().nullable(), deleted_at: z.number().nullable(),
})

export type Memberships = ReturnType<typeof memberships>

export function memberships(database: Database) {
  const insert = database.prepare(
    `INSERT INTO membership (message_id, account_id, folder, server_id, sorted_at, seen, flagged, answered, draft, keywords)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const ofMessage = database.prepare('SELECT * FROM membership WHERE message_id = ? ORDER BY id')
  const sortedAt = database.prepare('SELECT sorted_at FROM message WHERE id = ?')
  const show = database.prepare(showAgain('?1'))
  const rename = database.prepare('UPDATE membership SET folder = ?, server_id = ?, gone_at = NULL WHERE id = ?')
  const goes = database.prepare('UPDATE membership SET gone_at = ? WHERE account_id = ? AND folder = ? AND server_id = ? AND gone_at IS NULL')
  const comesBack = database.prepare('UPDATE membership SET gone_at = NULL WHERE account_id = ? AND folder = ? AND server_id = ? AND gone_at IS NOT NULL')
  const setGone = database.prepare('UPDATE membership SET gone_at = ? WHERE id = ?')
  const setDeleted = database.prepare('UPDATE membership SET deleted_at = ? WHERE id = ?')
  const drop = database.prepare('DELETE FROM membership WHERE id = ?')

  function of(messageId: MessageKey): readonly Membership[] {
    return ofMessage.all(messageId).map(toMembership)
  }

  function write(messageId: MessageKey, { accountId, folder, serverId }: Omit<ServerPlace, 'serverId'> & { readonly serverId: string | null }, sorted: number, flags: ServerFlags): void {
    insert.run(messageId, accountId, folder, serverId, sorted, Number(flags.seen), Number(flags.flagged), Number(flags.answered), Number(flags.draft), flags.keywords.join(' '))
  }

  return {
    of,
    /** The first of a message whose row was just written with the same folder and flags. */
    begin: write,
    /** One more. */
    add(messageId: MessageKey, place: Omit<ServerPlace, 'serverId'> & { readonly serverId: string | null }, flags: ServerFlags): void {
      write(messageId, place, Number(sortedAt.get(messageId)?.['sorted_at']), flags)
      show.run(messageId)
    },
    /** The same place under another name, with what it carries. */
    rename: (id: number, folder: string, serverId: string): void => {
      rename.run(folder, serverId, id)
    },
    /** False = it is not there, or was gone already. */
    goes: ({ accountId, folder, serverId }: ServerPlace, at: number): boolean => Number(goes.run(at, accountId, folder, serverId).changes) > 0,
    /** False = it is not there, or was not gone. */
    comesBack: ({ accountId, folder, serverId }: ServerPlace): boolean => Number(comesBack.run(accountId, folder, serverId).changes) > 0,
    setGone: (id: number, at: number): void => {
      setGone.run(at, id)
    },
    /** null = not deleted any more. */
    setDeleted: (id: number, at: number | null): void => {
      setDeleted.run(at, id)
    },
    drop: (id: number): void => {
      drop.run(id)
    },
  }
}

function toMembership(raw: unknown): Membership {
  const row = columns.parse(raw)
  return { id: row.id, messageId: row.message_id, accountId: row.account_id, folder: row.folder, serverId: row.server_id, isGone: row.gone_at !== null, isDeleted: row.deleted_at !== null }
}
