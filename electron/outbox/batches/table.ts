/** A table as it was read: names of columns, and every cell as text. */
export interface Table {
  /** Each name once. */
  readonly columns: readonly string[]
  /** As long as `columns` each. */
  readonly rows: readonly (readonly string[])[]
  /** What people call the first of `rows`: 2 where the first one has the names of the columns. */
  readonly firstRow: number
}

export const tableLimits = { bytes: 50 * 1024 * 1024, rows: 100_000, columns: 200, cell: 32_767 } as const

/** What stands in a table cannot be what it says it is. `where` is a line or row, and what is wrong there. */
export class TableError extends Error {
  readonly where: string

  constructor(where: string) {
    super(where)
    this.where = where
  }
}

/** Headings become names, each once; rows get a cell for each, and those without any text are left out at the end. */
export function tableOf(headings: readonly string[], cells: readonly (readonly string[])[], firstRow: number): Table {
  if (headings.length > tableLimits.columns) throw new TableError(`${headings.length} > ${tableLimits.columns}`)
  if (cells.length > tableLimits.rows) throw new TableError(`${cells.length} > ${tableLimits.rows}`)
  const taken = new Map<string, number>()
  const columns = headings.map((heading, index) => {
    const name = heading.replace(/\s+/g, ' ').trim() || letterOf(index)
    const times = (taken.get(name.toLowerCase()) ?? 0) + 1
    taken.set(name.toLowerCase(), times)
    return times === 1 ? name : `${name} ${times}`
  })
  const rows = cells.map((row) => columns.map((_, index) => (row[index] ?? '').slice(0, tableLimits.cell).trim()))
  while (rows.at(-1)?.every((cell) => cell === '') === true) rows.pop()
  return { columns, rows, firstRow }
}

/** As spreadsheets call it: A to Z, AA and so on. */
function letterOf(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : letterOf(Math.floor(index / 26) - 1) + letterOf(index % 26)
}
