/** What a row of a table gives a template: mapped columns as their fields, and every column as `document.…` by its own name. */
import { fieldName } from '../../../shared/model/template.ts'
import type { ColumnsOfFields } from './guess-columns.ts'
import type { Table } from './table.ts'

export interface RowFields {
  readonly recipient: Readonly<Record<string, string>>
  readonly document: Readonly<Record<string, string>>
}

export type ReadRow = (cells: readonly string[]) => RowFields

/** What the columns are is worked out once, not for each of ten thousand rows. */
export function rowReader({ columns }: Pick<Table, 'columns'>, mapping: ColumnsOfFields): ReadRow {
  const places: { readonly part: 'recipient' | 'document'; readonly name: string; readonly at: number }[] = columns.map((column, at) => ({ part: 'document', name: fieldName(column), at }))
  for (const [field, column] of Object.entries(mapping)) {
    const [part, name = ''] = field.split('.')
    const at = columns.indexOf(column)
    // Later ones count: a mapping outranks a column that happens to have a field's name.
    if ((part === 'recipient' || part === 'document') && at >= 0) places.push({ part, name, at })
  }
  return (cells) => {
    const fields = { recipient: {} as Record<string, string>, document: {} as Record<string, string> }
    for (const { part, name, at } of places) fields[part][name] = cells[at] ?? ''
    return fields
  }
}
