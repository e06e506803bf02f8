/** The program of the thread that reads a table. It is handed on in pieces: taken over as a whole, a large one would keep the window waiting. */
import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { systemCodeOf } from '../../storage/system-code.ts'
import { conventionsOf } from '../templates/read-values.ts'
import type { TableAnswer } from './open-table.ts'
import { readTable } from './read-table.ts'
import { TableError } from './table.ts'

/** Cells in one piece. */
const cellsAtOnce = 10_000

async function answer(tell: (answer: TableAnswer) => void): Promise<void> {
  try {
    const { columns, rows, numbers } = await readTable(readFileSync(String(workerData)))
    const step = Math.max(1, Math.floor(cellsAtOnce / Math.max(1, columns.length)))
    for (let from = 0; from < rows.length; from += step) tell({ is: 'rows', rows: rows.slice(from, from + step) })
    tell({ is: 'whole', columns, numbers, conventions: conventionsOf(cellsOf(rows)) })
  } catch (error) {
    if (error instanceof TableError) return tell({ is: 'unreadable', fault: error.fault })
    const code = systemCodeOf(error)
    if (code === null) throw error
    tell({ is: 'refused', code })
  }
}

function* cellsOf(rows: readonly (readonly string[])[]): Generator<string> {
  for (const row of rows) yield* row
}

await answer((one) => parentPort?.postMessage(one))
