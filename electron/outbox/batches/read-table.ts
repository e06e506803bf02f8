/**
 * CSV, JSON and XLSX → a table. What a file is, its first bytes say, not its name. A file that is not read to its very end is not read
 * at all, and what is wrong with it is told with row and column.
 *
 * Runs in a thread of its own (`open-table.ts`): a file that needs more memory or time than that thread may have ends the thread, not the program.
 */
import { decodeText } from './decode-text.ts'
import { readCsv } from './read-csv.ts'
import { readJson } from './read-json.ts'
import { readXlsx } from './read-xlsx.ts'
import { type Table, TableError } from './table.ts'

const zip = Buffer.from('PK\u0003\u0004')
/** Compound files: XLS, and XLSX with a password. */
const compound = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])

export async function readTable(bytes: Buffer): Promise<Table> {
  if (bytes.subarray(0, 4).equals(zip)) return readXlsx(bytes)
  if (bytes.subarray(0, 4).equals(compound)) throw new TableError('old-excel')
  const text = decodeText(bytes)
  return /^\s*[[{]/.test(text) ? readJson(text) : readCsv(text)
}
