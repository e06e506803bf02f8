/** The program of the thread that reads a table. */
import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { systemCodeOf } from '../../storage/system-code.ts'
import type { TableAnswer } from './open-table.ts'
import { readTable } from './read-table.ts'
import { TableError } from './table.ts'

async function answer(): Promise<TableAnswer> {
  try {
    return { is: 'table', table: await readTable(readFileSync(String(workerData))) }
  } catch (error) {
    if (error instanceof TableError) return { is: 'unreadable', where: error.where }
    const code = systemCodeOf(error)
    if (code === null) throw error
    return { is: 'unreadable', where: code }
  }
}

parentPort?.postMessage(await answer())
