/** CSV → a table. The separator is the one the heading has most of, or the one the file names itself (`sep=;`). */
import { parse } from 'csv-parse/sync'
import { type Table, TableError, tableLimits, tableOf } from './table.ts'

/** Characters of one row. */
const longestRow = 8_000_000

export function readCsv(text: string): Table {
  // What Excel puts first to tell itself the separator.
  const told = /^sep=(.)\r?\n/i.exec(text)
  const below = told === null ? text : text.slice(told[0].length)
  const blank = /^(?:[ \t]*\r?\n)*/.exec(below)?.[0] ?? ''
  const body = below.slice(blank.length)
  const firstRow = 2 + Number(told !== null) + blank.split('\n').length - 1
  const rows: string[][] = []
  try {
    parse(body, {
      delimiter: told?.[1] ?? separatorOf(body), relax_column_count_less: true, max_record_size: longestRow,
      // One more than there may be says that there are too many.
      to: tableLimits.rows + 2,
      on_record(record: string[]) {
        rows.push(record)
        return null
      },
    })
  } catch (error) {
    throw faultOf(error as CsvFault, rows.length + firstRow - 1)
  }
  return tableOf(rows[0] ?? [], rows.slice(1), firstRow)
}

interface CsvFault extends Error {
  readonly code?: string
}

function faultOf(error: CsvFault, row: number): Error {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED': return new TableError('quote-not-closed', { row })
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE': return new TableError('quote-inside', { row })
    case 'CSV_RECORD_INCONSISTENT_COLUMNS':
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH': return new TableError('too-many-cells', { row })
    case 'CSV_MAX_RECORD_SIZE': return new TableError('quote-not-closed', { row })
    default: return error.code?.startsWith('CSV_') === true ? new TableError('not-csv', { row }) : error
  }
}

const separators = [';', ',', '\t', '|'] as const

export function separatorOf(text: string): string {
  const heading = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text.slice(0, longestRow))?.[0].replace(/"(?:[^"]|"")*"/g, '') ?? ''
  const counts = separators.map((separator) => heading.split(separator).length)
  return separators[counts.indexOf(Math.max(...counts))] ?? ','
}
