/** Has a server move messages of an account to another of its folders because a person said so. What that changes here comes with the next fetch. */
import { done, failed, type Outcome } from '../../shared/failures/failure.ts'
import type { AccountId } from '../../shared/model/account.ts'
import type { ChangeFolderParts } from './change-folder.ts'
import { inFolders } from './change-folder.ts'

/** `places`: server ids by the folder they are moved from. */
export async function moveMessages(parts: ChangeFolderParts, accountId: AccountId, places: ReadonlyMap<string, readonly string[]>, to: string, signal: AbortSignal): Promise<Outcome<void>> {
  return inFolders(parts, accountId, signal, async (folders) => {
    const listed = await folders.names()
    if (!listed.ok) return listed
    if (!listed.value.some(({ path, holdsMessages }) => path === to && holdsMessages)) return failed('mailbox.missing', { name: to })
    for (const [from, serverIds] of places) {
      const moved = await folders.move(from, serverIds, to)
      if (!moved.ok) return moved
    }
    return done(undefined)
  })
}
