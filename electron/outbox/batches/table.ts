/** A table as it was read: names of columns, and every cell as text. */
import { type TableFault, tableFault } from '../../../shared/model/table-fault.ts'

export interface Table {
  /** Each name once. */
  readonly columns: readonly string[]
  /** As long as `columns` each. */
  readonly rows: readonly (readonly string[])[]
  /** What people call each of `rows` in their own program: the first is mostly 2, for the names of the columns are 1. */
  readonly numbers: readonly number[]
}

/** `cell` is what a cell of a spreadsheet may have, characters; `unpacked` is bytes, of an XLSX file. */
export const tableLimits = { bytes: 50 * 1024 * 1024, unpacked: 256 * 1024 * 1024, rows: 100_000, columns: 200, cell: 32_767 } as const

/** What stands in a table cannot be what it says it is. */
export class TableError extends Error {
  readonly fault: TableFault

  constructor(...fault: Parameters<typeof tableFault>) {
    super(fault[0])
    this.fault = tableFault(...fault)
  }
}

/** C0 and C1 controls but tab and line ends: no program writes them into a cell on purpose. */
// oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
const control = /[\u0000-\u0008\u000c\u000e-\u001f\u007f-\u009f]/

/** Headings become names, each once; rows get a cell for each, and those without any text are left out. `firstRow` is what people call the first of `cells`. */
export function tableOf(headings: readonly string[], cells: readonly (readonly string[])[], firstRow: number): Table {
  if (headings.length > tableLimits.columns) throw new TableError('too-many-columns', { value: String(tableLimits.columns) })
  if (cells.length > tableLimits.rows) throw new TableError('too-many-rows', { value: String(tableLimits.rows) })
  const taken = new Set<string>()
  const columns = headings.map((heading, index) => {
    const name = cellOf(heading, firstRow - 1, letterOf(index)).replace(/\s+/g, ' ') || letterOf(index)
    let single = name
    for (let times = 2; taken.has(single.toLowerCase()); times += 1) single = `${name} ${times}`
    taken.add(single.toLowerCase())
    return single
  })
  const [rows, numbers]: [string[][], number[]] = [[], []]
  for (const [index, row] of cells.entries()) {
    const read = columns.map((column, at) => cellOf(row[at] ?? '', firstRow + index, column))
    if (read.every((cell) => cell === '')) continue
    rows.push(read)
    numbers.push(firstRow + index)
  }
  return { columns, rows, numbers }
}

function cellOf(text: string, row: number, column: string): string {
  if (text.length > tableLimits.cell) throw new TableError('cell-too-long', { row, column, value: String(tableLimits.cell) })
  if (control.test(text)) throw new TableError('control-character', { row, column })
  // Some databases write a line end within a cell as a vertical tab.
  return text.replaceAll('\u000b', '\n').trim().toWellFormed()
}

/** As spreadsheets call it: A to Z, AA and so on. */
export function letterOf(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : letterOf(Math.floor(index / 26) - 1) + letterOf(index % 26)
}
