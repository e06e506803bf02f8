/**
 * What a message is marked with. What a person does here shows at once, and waits in `flag_change` until the server was told;
 * only messages of an account whose server has folders wait, as POP3 knows no flags. What the server tells counts, but not over
 * what waits: the last to tell the server wins, flag by flag (docs/decisions/imap-synchronisation.md).
 */
import { z } from 'zod'
import type { AccountId } from '../../shared/model/account.ts'
import type { MessageKey } from '../../shared/model/message.ts'
import type { FlagChange, ServerFlags } from '../../shared/model/server-folder.ts'
import type { Database } from '../storage/database.ts'

export type ChangedFlag = 'seen' | 'flagged'

const serverFlag = { seen: '\\Seen', flagged: '\\Flagged' } as const satisfies Record<ChangedFlag, string>

const flagColumns = z.object({ id: z.number(), seen: z.number(), flagged: z.number(), answered: z.number(), draft: z.number(), keywords: z.string() })
const changeColumns = z.object({ folder: z.string(), server_id: z.string(), flag: z.string(), is_set: z.number() })

export function messageFlags(database: Database) {
  const set = {
    seen: database.prepare('UPDATE membership SET seen = ?1 WHERE message_id = ?2 AND seen <> ?1 AND deleted_at IS NULL RETURNING id'),
    flagged: database.prepare('UPDATE membership SET flagged = ?1 WHERE message_id = ?2 AND flagged <> ?1 AND deleted_at IS NULL RETURNING id'),
  }
  const queue = database.prepare(
    `INSERT OR REPLACE INTO flag_change (membership_id, flag, is_set)
     SELECT p.id, ?2, ?3 FROM membership p JOIN folder f ON f.account_id = p.account_id AND f.path = p.folder WHERE p.id = ?1`,
  )
  const select = database.prepare('SELECT id, seen, flagged, answered, draft, keywords FROM membership WHERE account_id = ? AND folder = ? AND server_id = ?')
  const update = database.prepare('UPDATE membership SET seen = ?, flagged = ?, answered = ?, draft = ?, keywords = ? WHERE id = ?')
  const anyWaiting = database.prepare('SELECT 1 FROM flag_change LIMIT 1')
  const waiting = database.prepare('SELECT flag FROM flag_change WHERE membership_id = ?')
  const waitingOf = database.prepare(
    `SELECT p.folder, p.server_id, c.flag, c.is_set FROM flag_change c JOIN membership p ON p.id = c.membership_id
     WHERE p.account_id = ? AND p.server_id IS NOT NULL AND p.gone_at IS NULL AND p.deleted_at IS NULL ORDER BY p.folder, p.message_id, c.flag`,
  )
  const settle = database.prepare(
    `DELETE FROM flag_change WHERE flag = ? AND is_set = ?
     AND membership_id = (SELECT id FROM membership WHERE account_id = ? AND folder = ? AND server_id = ?)`,
  )

  return {
    /** In every folder it stands in. False = it was so already. */
    change(id: MessageKey, flag: ChangedFlag, isSet: boolean): boolean {
      const changed = set[flag].all(Number(isSet), id)
      for (const { id: membership } of changed) queue.run(Number(membership), serverFlag[flag], Number(isSet))
      return changed.length > 0
    },
    /** As the server has it. False = nothing changed here. */
    take(accountId: AccountId, folder: string, serverId: string, flags: ServerFlags): boolean {
      const row = select.get(accountId, folder, serverId)
      if (row === undefined) return false
      const here = flagColumns.parse(row)
      const own = new Set(anyWaiting.get() === undefined ? [] : waiting.all(here.id).map((one) => String(one['flag'])))
      const seen = own.has(serverFlag.seen) ? here.seen : Number(flags.seen)
      const flagged = own.has(serverFlag.flagged) ? here.flagged : Number(flags.flagged)
      const [answered, draft, keywords] = [Number(flags.answered), Number(flags.draft), flags.keywords.join(' ')]
      if (seen === here.seen && flagged === here.flagged && answered === here.answered && draft === here.draft && keywords === here.keywords) return false
      update.run(seen, flagged, answered, draft, keywords, here.id)
      return true
    },
    /** What the server was not told of yet, by folder. */
    waitingOf(accountId: AccountId): ReadonlyMap<string, readonly FlagChange[]> {
      const byFolder = new Map<string, FlagChange[]>()
      for (const { folder, server_id: serverId, flag, is_set: isSet } of waitingOf.all(accountId).map((row) => changeColumns.parse(row))) {
        const changes = byFolder.get(folder) ?? []
        byFolder.set(folder, changes)
        changes.push({ serverId, flag, isSet: isSet === 1 })
      }
      return byFolder
    },
    /** The server has it; what was changed again since then goes on waiting. */
    settle(accountId: AccountId, folder: string, { serverId, flag, isSet }: FlagChange): void {
      settle.run(flag, Number(isSet), accountId, folder, serverId)
    },
  }
}

export type MessageFlags = ReturnType<typeof messageFlags>
