/** Finds out whether messages under names that are known are others than those that had these names (electron/mail/reused-names.ts). */
import { done, type Outcome } from '../../../shared/failures/failure.ts'
import type { AccountId } from '../../../shared/model/account.ts'
import { inboxPath } from '../../../shared/model/folder.ts'
import type { MailStore } from '../../mail/mail-store.ts'
import type { InboxSession, ServerMessage } from '../../protocols/mail-session.ts'

/** So many headers are in memory at once. */
const atOnce = 200

type Store = Pick<MailStore, 'reused'>

/** Before anything is fetched: what is another message is new from now on. Answers with how many are. */
export async function knowReused(mail: Store, accountId: AccountId, session: InboxSession, listed: readonly ServerMessage[]): Promise<Outcome<number>> {
  const suspects = mail.reused.suspects(accountId, inboxPath, listed)
  const first = await setAsideOthers(mail, accountId, session, suspects)
  if (!first.ok || first.value.size === 0) return first.ok ? done(0) : first
  // It happened: then all of the list is looked at, wherever a size tells that it may have happened there, too.
  const looked = new Set(suspects)
  const more = await setAsideOthers(mail, accountId, session, mail.reused.ofOtherSize(accountId, inboxPath, listed).filter((message) => !looked.has(message)))
  return more.ok ? done(first.value.size + more.value.size) : more
}

/** Of those that are due, the ones that are what they are believed to be. `fetchedNow`: there is no doubt about those. */
export async function sureOf(mail: Store, accountId: AccountId, session: InboxSession, due: readonly string[], fetchedNow: ReadonlySet<string>): Promise<Outcome<readonly string[]>> {
  const others = await setAsideOthers(mail, accountId, session, due.filter((serverId) => !fetchedNow.has(serverId)).map((serverId) => ({ serverId })))
  return others.ok ? done(due.filter((serverId) => !others.value.has(serverId))) : others
}

async function setAsideOthers({ reused }: Store, accountId: AccountId, session: InboxSession, messages: readonly Pick<ServerMessage, 'serverId'>[]): Promise<Outcome<ReadonlySet<string>>> {
  const others = new Set<string>()
  for (let at = 0; at < messages.length; at += atOnce) {
    const headers = await session.headers(messages.slice(at, at + atOnce).map(({ serverId }) => serverId))
    if (!headers.ok) return headers
    for (const serverId of await reused.others(accountId, inboxPath, headers.value)) others.add(serverId)
  }
  if (others.size > 0) reused.setAside(accountId, inboxPath, others)
  return done(others)
}
