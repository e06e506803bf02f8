/** The rows of a table as a person has corrected them. The table's file, and the table as it was read, stay as they are. */
import type { CellCorrection } from '../../../shared/model/batch.ts'
import type { Table } from './table.ts'

type Rows = Pick<Table, 'rows' | 'columns'>

/** A row without corrections is the table's own. */
export function correctedRows({ rows, columns }: Rows, corrections: readonly CellCorrection[]): Table['rows'] {
  if (corrections.length === 0) return rows
  const byRow = Map.groupBy(corrections, ({ index }) => index)
  return rows.map((row, index) => byRow.get(index)?.reduce<readonly string[]>((cells, { column, value }) => cells.with(columns.indexOf(column), value), row) ?? row)
}

/** The first that is about a cell this table does not have; null = none. */
export function unknownCell({ rows, columns }: Rows, corrections: readonly CellCorrection[]): CellCorrection | null {
  const known = new Set(columns)
  return corrections.find(({ index, column }) => index >= rows.length || !known.has(column)) ?? null
}
