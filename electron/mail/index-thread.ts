/** The worker thread that reads messages' texts into the search index. Ends by itself when nothing waits any more. */
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { joinDatabase } from '../storage/join-database.ts'
import { indexWaiting } from './index-waiting.ts'
import { readWords } from './read-words.ts'

const places = z.object({ database: z.string(), mail: z.string() }).parse(workerData)
const database = joinDatabase(places.database)
try {
  indexWaiting({ database, root: places.mail, readWords, tell: (news) => parentPort?.postMessage(news) })
} finally {
  database.close()
}
