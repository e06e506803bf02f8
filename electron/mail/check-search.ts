/** Has the search index looked at for the doctor, in a worker thread: SQLite's own check of all words is one call and takes its time. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { MessageKey } from '../../shared/model/message.ts'
import type { SearchPlaces } from '../storage/search-file.ts'

export type SearchFindings =
  /** No index that would be used: it will be made. */
  | { readonly is: 'none' }
  | { readonly is: 'damaged' }
  /** Messages that should be in it and are not, and what is in it of messages that are gone without its being told. */
  | { readonly is: 'sound'; readonly missing: readonly MessageKey[]; readonly leftovers: readonly MessageKey[] }

export async function checkSearch({ database, search }: SearchPlaces): Promise<SearchFindings> {
  const workerData: SearchPlaces = { database, search }
  const worker = new Worker(new URL('./check-search-thread.ts', import.meta.url), { workerData, execArgv: ['--disable-warning=ExperimentalWarning'] }) // node:sqlite's
  const ended = new Promise((resolve) => worker.once('exit', resolve))
  const [findings] = (await once(worker, 'message')) as [SearchFindings]
  // Only now are its files closed.
  await ended
  return findings
}
