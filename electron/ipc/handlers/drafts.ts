/** `drafts.…`: mails that are still being written. */
import { stat } from 'node:fs/promises'
import { done } from '../../../shared/failures/failure.ts'
import type { HandlersOf } from '../handlers.ts'
import type { Parts } from '../parts.ts'
import type { SpooledFile } from '../spooled-files.ts'

export function draftsHandlers({ drafts, accounts, files }: Pick<Parts, 'drafts' | 'accounts' | 'files'>): HandlersOf<'drafts'> {
  return {
    async 'drafts.save'({ id, draft, attachments }) {
      const account = accounts.get(draft.accountId)
      if (!account.ok) return account
      const attached: SpooledFile[] = []
      for (const handle of attachments) {
        const file = files.get(handle)
        if (!file.ok) return file
        attached.push(file.value)
      }
      const saved = await drafts.save(id, account.value, draft, attached)
      return saved.ok ? done({ id: saved.value }) : saved
    },
    async 'drafts.open'({ id }) {
      const opened = drafts.open(id)
      if (!opened.ok) return opened
      const { draft, files: kept } = opened.value
      const attachments = await Promise.all(kept.map(async (file) => ({ handle: files.lend(file), name: file.name, size: await stat(file.path).then(({ size }) => size, () => 0) })))
      return done({ draft, attachments })
    },
    async 'drafts.discard'({ id }) {
      await drafts.discard(id)
      return done({})
    },
  }
}
