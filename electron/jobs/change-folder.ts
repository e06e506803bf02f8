/** Has a server make, rename or delete a folder because a person said so. What that changes here comes with the next fetch. */
import { failed, type Outcome } from '../../shared/failures/failure.ts'
import type { AccountId } from '../../shared/model/account.ts'
import type { FolderChange } from '../../shared/model/folder.ts'
import type { AccountBook } from '../accounts/account-book.ts'
import type { FolderSession } from '../protocols/mail-session.ts'
import type { openInbox } from '../protocols/open-inbox.ts'
import type { Pauses } from './pauses.ts'

export interface ChangeFolderParts {
  readonly accounts: Pick<AccountBook, 'route'>
  readonly openInbox: typeof openInbox
  readonly pauses: Pick<Pauses, 'note'>
}

export async function changeFolder(parts: ChangeFolderParts, accountId: AccountId, change: FolderChange, signal: AbortSignal): Promise<Outcome<void>> {
  return inFolders(parts, accountId, signal, (folders) => folders.change(change))
}

/** `mailbox.one-only` where the protocol knows no folders. */
export async function inFolders({ accounts, openInbox, pauses }: ChangeFolderParts, accountId: AccountId, signal: AbortSignal, work: (folders: FolderSession) => Promise<Outcome<void>>): Promise<Outcome<void>> {
  const route = await accounts.route(accountId, 'incoming')
  if (!route.ok) return route
  const { protocol, server, credentials } = route.value
  if (protocol !== 'imap' && protocol !== 'jmap') return failed('mailbox.one-only')
  if (credentials === null) return failed('signin.no-password')
  const session = await openInbox(protocol, { ...server, signal }, credentials)
  pauses.note(accountId, 'incoming', session.ok ? null : session.failure)
  if (!session.ok) return session
  try {
    return session.value.folders === null ? failed('mailbox.one-only') : await work(session.value.folders)
  } finally {
    await session.value.close()
  }
}
