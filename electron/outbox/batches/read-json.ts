/** A list of objects in JSON → a table. Its columns are the keys, in the order they first come. */
import { cellText } from './cell-text.ts'
import { type Table, TableError, tableLimits, tableOf } from './table.ts'

export function readJson(text: string): Table {
  let found: unknown
  try {
    found = JSON.parse(text, wholeNumbers)
  } catch {
    throw new TableError('not-json')
  }
  if (!Array.isArray(found)) throw new TableError('json-not-a-list')
  if (found.length > tableLimits.rows) throw new TableError('too-many-rows', { value: String(tableLimits.rows) })
  const columns = new Set<string>()
  const items = found.map((item: unknown, index) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) throw new TableError('json-not-an-object', { row: index + 1 })
    for (const key of Object.keys(item)) columns.add(key)
    if (columns.size > tableLimits.columns) throw new TableError('too-many-columns', { value: String(tableLimits.columns) })
    return item as Readonly<Record<string, unknown>>
  })
  const names = [...columns]
  const rows = items.map((item, index) => names.map((name) => {
    const value = Object.hasOwn(item, name) ? item[name] : null
    if (typeof value === 'object' && value !== null) throw new TableError('json-nested', { row: index + 1, column: name })
    return cellText(value)
  }))
  return tableOf(names, rows, 1)
}

/** An invoice number with twenty digits is no amount: as a number it would become another one. */
function wholeNumbers(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '') ? context?.source : value
}
