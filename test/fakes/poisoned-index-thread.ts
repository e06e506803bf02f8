/** The index thread with messages that no reader survives, told by their text. */
import { parentPort, workerData } from 'node:worker_threads'
import { indexWaiting } from '../../electron/mail/index-waiting.ts'
import { readWords } from '../../electron/mail/read-words.ts'
import { joinDatabase } from '../../electron/storage/join-database.ts'

const { database, mail } = workerData as { readonly database: string; readonly mail: string }

indexWaiting({
  database: joinDatabase(database),
  root: mail,
  tell: (news) => parentPort?.postMessage(news),
  readWords(bytes) {
    const words = readWords(bytes)
    if (words.text.includes('throws')) throw new Error('malformed')
    for (let hangs = words.text.includes('hangs'); hangs; ) continue
    for (const eaten: string[][] = []; words.text.includes('devours'); ) eaten.push(Array.from({ length: 100_000 }, (_, at) => `${at}`))
    return words
  },
})
