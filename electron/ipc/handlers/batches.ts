/** `batches.…` and `watched.…`: many mails from one table, handed over or found in a folder. */
import { done } from '../../../shared/failures/failure.ts'
import type { BatchOrder } from '../../../shared/model/batch.ts'
import { reachFolder } from '../../outbox/batches/reach-folder.ts'
import type { HandlersOf } from '../handlers.ts'
import { nothingOf } from '../nothing-of.ts'
import type { Parts } from '../parts.ts'

export function batchesHandlers({ batches, outbox, files, runs }: Pick<Parts, 'batches' | 'outbox' | 'files' | 'runs'>): HandlersOf<'batches'> {
  function start(phase: 'check' | 'queue', id: string, order: BatchOrder) {
    const opened = batches.opened(id)
    return opened.ok ? done({ jobId: runs.batch(phase, id, opened.value.name, order) }) : opened
  }

  return {
    'batches.open'({ handle }) {
      const file = files.get(handle)
      return file.ok ? batches.open(file.value) : file
    },
    'batches.close'({ id }) {
      batches.close(id)
      return done({})
    },
    'batches.check': ({ id, order }) => start('check', id, order),
    'batches.rows'({ id, ...query }) {
      const found = batches.rows(id, query)
      return found.ok ? done({ ...found.value, rows: [...found.value.rows] }) : found
    },
    'batches.mail': ({ id, index }) => batches.preview(id, index),
    'batches.sendTest': ({ id, index, to }) => batches.sendTest(id, index, to),
    'batches.queue': ({ id, order }) => start('queue', id, order),
    'batches.standing'({ id }) {
      const batch = batches.get(id)
      return batch.ok ? done({ batch: batch.value, standing: outbox.batchStanding(id) }) : batch
    },
    async 'batches.move'({ id, move }) {
      const batch = batches.get(id)
      if (!batch.ok) return batch
      const changed = await outbox.moveBatch(id, move)
      return done({ changed, standing: outbox.batchStanding(id) })
    },
    'batches.list': ({ limit }) => done({ batches: [...batches.list(limit)] }),
  }
}

export function watchedHandlers({ watchedFolders, folderWatches }: Pick<Parts, 'watchedFolders' | 'folderWatches'>): HandlersOf<'watched'> {
  return {
    'watched.list': async () => done({ folders: await Promise.all(watchedFolders.list().map(async (folder) => ({ ...folder, reach: await reachFolder(folder.path) }))) }),
    'watched.save': ({ id, draft }) => watchedFolders.save(id, draft),
    'watched.remove': ({ id }) => nothingOf(watchedFolders.remove(id)),
    'watched.keep'() {
      folderWatches.keep()
      return done({})
    },
    'watched.look': async () => done({ jobIds: [...(await folderWatches.lookNow())] }),
  }
}
