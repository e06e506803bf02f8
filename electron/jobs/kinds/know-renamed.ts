/** Finds out whether messages that look new are here already under another name (electron/mail/renamed-messages.ts). */
import { done, type Outcome } from '../../../shared/failures/failure.ts'
import type { AccountId } from '../../../shared/model/account.ts'
import { inboxPath } from '../../../shared/model/folder.ts'
import type { MailStore } from '../../mail/mail-store.ts'
import type { InboxSession, ServerMessage } from '../../protocols/mail-session.ts'

/** So many new names at once, while as many old ones are missing, are a server that renames rather than new mail. */
const many = 20

/**
 * Answers with the server ids of those that need not be fetched. Asked only where the list looks like it: a look at the beginning
 * of each message costs a command.
 */
export async function knowRenamed(mail: Pick<MailStore, 'renamed'>, accountId: AccountId, session: InboxSession, listed: readonly ServerMessage[], fresh: readonly ServerMessage[]): Promise<Outcome<ReadonlySet<string>>> {
  const none = done(new Set<string>())
  if (fresh.length === 0 || (fresh.length < listed.length && fresh.length < many)) return none
  const names = new Set(listed.map(({ serverId }) => serverId))
  const missing = mail.renamed.countMissing(accountId, inboxPath, names)
  if (missing === 0 || (fresh.length < listed.length && missing * 2 < fresh.length)) return none
  const headers = await session.headers(fresh.map(({ serverId }) => serverId))
  if (!headers.ok) return headers
  const strangers = fresh.flatMap(({ serverId, size }) => {
    const header = headers.value.get(serverId)
    return header === undefined ? [] : [{ serverId, size, header }]
  })
  return done(await mail.renamed.know(accountId, inboxPath, names, strangers))
}
