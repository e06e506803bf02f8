/** Has a table read in a thread of its own: a large one takes its time, and a hostile one its memory. */
import { stat } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import { type Table, tableLimits } from './table.ts'

export type TableAnswer = { readonly is: 'table'; readonly table: Table } | { readonly is: 'unreadable'; readonly where: string }

const memoryLimit = 512

/** `name` is what a person knows the file by. */
export async function openTable(path: string, name: string): Promise<Outcome<Table>> {
  const size = await stat(path).then((found) => (found.isFile() ? found.size : null), () => null)
  if (size === null) return failed('input.unreadable-file', { name })
  if (size > tableLimits.bytes) return failed('file.too-large', { name })
  const answer = await new Promise<TableAnswer>((resolve, reject) => {
    const worker = new Worker(new URL('./table-thread.ts', import.meta.url), { workerData: path, resourceLimits: { maxOldGenerationSizeMb: memoryLimit } })
    worker.once('message', resolve)
    worker.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ is: 'unreadable', where: `> ${memoryLimit} MB` })
      else reject(error)
    })
  })
  if (answer.is === 'unreadable') return failed('table.unreadable', { name, detail: answer.where.slice(0, 200) })
  return answer.table.rows.length === 0 ? failed('table.empty', { name }) : done(answer.table)
}
