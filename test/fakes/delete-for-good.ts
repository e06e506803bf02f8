/** Deletes messages, and lets the time pass in which that could be taken back. */
import type { MailStore } from '../../electron/mail/mail-store.ts'
import { undoTime } from '../../electron/mail/deleted-messages.ts'
import type { MessageKey } from '../../shared/model/message.ts'

export async function deleteForGood(mail: Pick<MailStore, 'delete' | 'putAwayDeleted'>, clock: { at: Date }, ids: readonly MessageKey[]): Promise<void> {
  const deleted = await mail.delete(ids)
  clock.at = new Date(clock.at.getTime() + undoTime)
  const put = await mail.putAwayDeleted()
  for (const outcome of [deleted, put]) if (!outcome.ok) throw new Error(outcome.failure.code)
}
