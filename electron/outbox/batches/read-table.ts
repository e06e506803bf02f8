/**
 * CSV, JSON and XLSX → a table. What a file is, its first bytes say, not its name. CSV: the separator is the one the heading has
 * most of; UTF-8 with or without a mark, UTF-16 with one, else Windows-1252, which Excel still writes. A file that is not read to its
 * very end is not read at all.
 *
 * Runs in a thread of its own (`open-table.ts`): a file that unpacks to more than that thread may have ends the thread, not the program.
 */
import { parse } from 'csv-parse/sync'
import { type Table, TableError, tableOf } from './table.ts'

export async function readTable(bytes: Buffer): Promise<Table> {
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) return readXlsx(bytes)
  const text = decode(bytes)
  return /^\s*[[{]/.test(text) ? readJson(text) : readCsv(text)
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (bytes.includes(0)) throw new TableError('NUL')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

function readCsv(text: string): Table {
  // What Excel puts first to tell itself the separator.
  const told = /^sep=(.)\r?\n/i.exec(text)
  const body = told === null ? text : text.slice(told[0].length)
  const delimiter = told?.[1] ?? separatorOf(body)
  try {
    const records = parse(body, { delimiter, skip_empty_lines: true, relax_column_count_less: true, max_record_size: 1_000_000 }) as string[][]
    return tableOf(records[0] ?? [], records.slice(1), told === null ? 2 : 3)
  } catch (error) {
    const { code, lines } = error as { readonly code?: string; readonly lines?: number }
    throw new TableError(`${code ?? 'CSV'}${lines === undefined ? '' : `, ${lines}`}`)
  }
}

const separators = [';', ',', '\t', '|'] as const

export function separatorOf(text: string): string {
  const heading = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text)?.[0].replace(/"(?:[^"]|"")*"/g, '') ?? ''
  const counts = separators.map((separator) => heading.split(separator).length)
  return separators[counts.indexOf(Math.max(...counts))] ?? ','
}

function readJson(text: string): Table {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch {
    throw new TableError('JSON')
  }
  if (!Array.isArray(found)) throw new TableError('[…]')
  const columns = new Map<string, string>()
  const items = found.map((item: unknown, index) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) throw new TableError(`${index + 1}: {…}`)
    for (const key of Object.keys(item)) columns.set(key, key)
    return item as Record<string, unknown>
  })
  const names = [...columns.keys()]
  const rows = items.map((item, index) => names.map((name) => {
    const value = Object.hasOwn(item, name) ? item[name] : null
    if (typeof value === 'object' && value !== null) throw new TableError(`${index + 1}: ${name}`)
    return cellText(value)
  }))
  return tableOf(names, rows, 1)
}

async function readXlsx(bytes: Buffer): Promise<Table> {
  // Brings an unpacker and an XML parser along: only who has such a table waits for it.
  const { readSheet } = await import('read-excel-file/node')
  let sheet: readonly (readonly unknown[])[]
  try {
    sheet = await readSheet(bytes)
  } catch (error) {
    throw new TableError((error as Error).name)
  }
  const [headings = [], ...rows] = sheet
  return tableOf(headings.map(cellText), rows.map((row) => row.map(cellText)), 2)
}

/** A number with three decimals gets a fourth: nobody then takes its point for one between thousands. */
function cellText(value: unknown): string {
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value === 'number') return /^-?\d+\.\d{3}$/.test(String(value)) ? `${value}0` : String(value)
  if (typeof value === 'string' || typeof value === 'boolean') return String(value)
  return ''
}

