/** Has a table read in a thread of its own: a large one takes its time, and a hostile one its memory. */
import { stat } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import { type TableFault, tableFault } from '../../../shared/model/table-fault.ts'
import type { Conventions } from '../templates/read-values.ts'
import { type Table, tableLimits } from './table.ts'

export type TableAnswer =
  | { readonly is: 'rows'; readonly rows: Table['rows'] }
  | { readonly is: 'whole'; readonly columns: Table['columns']; readonly numbers: Table['numbers']; readonly conventions: Conventions }
  | { readonly is: 'unreadable'; readonly fault: TableFault }
  | { readonly is: 'refused'; readonly code: string }

export interface ReadyTable extends Table {
  /** How it writes dates and amounts. */
  readonly conventions: Conventions
}

/** Megabytes; milliseconds. */
const [memoryLimit, timeLimit] = [512, 120_000]

/** `name` is what a person knows the file by. */
export async function openTable(path: string, name: string): Promise<Outcome<ReadyTable>> {
  const size = await stat(path).then((found) => (found.isFile() ? found.size : null), () => null)
  if (size === null) return failed('input.unreadable-file', { name })
  if (size > tableLimits.bytes) return failed('file.too-large', { name })
  const rows: (readonly string[])[] = []
  const unreadable = (fault: TableFault) => failed('table.unreadable', { name, table: fault })
  const worker = new Worker(new URL('./table-thread.ts', import.meta.url), { workerData: path, resourceLimits: { maxOldGenerationSizeMb: memoryLimit } })
  const read = Promise.withResolvers<Outcome<ReadyTable>>()
  const limit = setTimeout(() => read.resolve(unreadable(tableFault('too-slow'))), timeLimit)
  worker.on('message', (answer: TableAnswer) => {
    if (answer.is === 'rows') for (const row of answer.rows) rows.push(row)
    else if (answer.is === 'unreadable') read.resolve(unreadable(answer.fault))
    else if (answer.is === 'refused') read.resolve(failed('input.unreadable-file', { name, detail: answer.code }))
    else read.resolve(done({ columns: answer.columns, numbers: answer.numbers, conventions: answer.conventions, rows }))
  })
  worker.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') read.resolve(unreadable(tableFault('too-large', { value: String(memoryLimit) })))
    else read.reject(error)
  })
  try {
    const table = await read.promise
    return table.ok && table.value.rows.length === 0 ? failed('table.empty', { name }) : table
  } finally {
    clearTimeout(limit)
    void worker.terminate()
  }
}
