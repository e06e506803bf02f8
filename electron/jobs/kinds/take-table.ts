/** A table found in a watched folder: queued and put away, or refused with its reason beside it. In the lane of all batches. */
import { done } from '../../../shared/failures/failure.ts'
import type { WatchedFolder } from '../../../shared/model/watched-folder.ts'
import { takeFromFolder, type TakeParts } from '../../outbox/batches/take-from-folder.ts'
import type { WatchedFolders } from '../../outbox/batches/watched-folders.ts'
import type { Work } from '../job-engine.ts'

export function takeTable(parts: TakeParts, folders: Pick<WatchedFolders, 'noteResult'>, folder: WatchedFolder, name: string, mayWait: boolean): Work<'batch'> {
  const detail = (problems: number, batchId: string | null) => ({ kind: 'batch' as const, phase: 'queue' as const, tableId: `${folder.id}/${name}`, name, problems, batchId })
  return {
    kind: 'batch',
    accountId: folder.accountId,
    begin: detail(0, null),
    lane: 'batch',
    patience: Number.POSITIVE_INFINITY,
    async run({ signal, report }) {
      const taken = await takeFromFolder(parts, folder, name, { signal, progress: (rows, total, problems) => report({ done: rows, total }, detail(problems, null)) }, mayWait)
      const isNews = taken.ok ? taken.value.batchId !== null : taken.failure.code !== 'batch.files-awaited'
      if (isNews && !signal.aborted) folders.noteResult(folder.id, name, taken.ok ? 'queued' : 'failed')
      if (!taken.ok) return taken
      report({ done: taken.value.mails, total: taken.value.mails }, detail(0, taken.value.batchId))
      return done(undefined)
    },
  }
}
