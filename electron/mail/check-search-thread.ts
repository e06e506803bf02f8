/** The program of the worker thread that looks at the search index for the doctor. Reads only. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Database } from '../storage/database.ts'
import { openForSearching, type SearchPlaces } from '../storage/search-file.ts'
import { isUnusable } from '../storage/storage-failure.ts'
import type { SearchFindings } from './check-search.ts'

const { database, hasIndex } = openForSearching(workerData as SearchPlaces)
const findings = hasIndex ? lookAt(database) : ({ is: 'none' } as const)
database.close()
parentPort?.postMessage(findings)

/** `quick_check` proves the words of FTS5 tables too (sqlite.org/vtab.html section 2.21). */
function lookAt(index: Database): SearchFindings {
  try {
    index.exec('BEGIN')
    if (index.prepare('PRAGMA search.quick_check(1)').get()?.['quick_check'] !== 'ok') return { is: 'damaged' }
    const ids = (sql: string) => index.prepare(sql).all().map(({ id }) => Number(id))
    return {
      is: 'sound',
      missing: ids('SELECT id FROM message WHERE id NOT IN (SELECT id FROM message_words_docsize) AND EXISTS (SELECT 1 FROM taken_in WHERE message.id BETWEEN first AND last)'),
      leftovers: ids('SELECT id FROM message_words_docsize WHERE id NOT IN (SELECT id FROM message) AND id NOT IN (SELECT id FROM search_leftover)'),
    }
  } catch (error) {
    if (isUnusable(error)) return { is: 'damaged' }
    throw error
  }
}
