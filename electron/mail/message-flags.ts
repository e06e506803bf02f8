/**
 * What a message is marked with. What a person does here shows at once, and waits in `flag_change` until the server was told;
 * only messages of an account whose server has folders wait, as POP3 knows no flags.
 */
import type { MessageKey } from '../../shared/model/message.ts'
import type { Database } from '../storage/database.ts'

export type ChangedFlag = 'seen' | 'flagged'

const serverFlag = { seen: '\\Seen', flagged: '\\Flagged' } as const satisfies Record<ChangedFlag, string>

export function messageFlags(database: Database) {
  const set = {
    seen: database.prepare('UPDATE message SET seen = ?1 WHERE id = ?2 AND seen <> ?1'),
    flagged: database.prepare('UPDATE message SET flagged = ?1 WHERE id = ?2 AND flagged <> ?1'),
  }
  const queue = database.prepare(
    `INSERT OR REPLACE INTO flag_change (message_id, flag, is_set)
     SELECT m.id, ?2, ?3 FROM message m JOIN folder f ON f.account_id = m.account_id AND f.path = m.folder WHERE m.id = ?1`,
  )

  return {
    /** False = it was so already. */
    change(id: MessageKey, flag: ChangedFlag, isSet: boolean): boolean {
      if (Number(set[flag].run(Number(isSet), id).changes) === 0) return false
      queue.run(id, serverFlag[flag], Number(isSet))
      return true
    },
  }
}
