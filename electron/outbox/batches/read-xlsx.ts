/**
 * The first sheet of an XLSX file → a table. Formulas count by the result that was saved with them; one without, or with an error as its
 * result, is told: the library takes both for empty cells, and an amount that is missing would only be missed by its reader.
 */
import { posix } from 'node:path'
import { cellText } from './cell-text.ts'
import { storedZip } from './stored-zip.ts'
import { letterOf, type Table, TableError, tableLimits, tableOf } from './table.ts'
import { unpackXlsx } from './unpack-xlsx.ts'

export async function readXlsx(bytes: Buffer): Promise<Table> {
  // Brings an unpacker and an XML parser along: only who has such a table waits for it.
  const { readSheet } = await import('read-excel-file/node')
  const files = unpackXlsx(bytes)
  let sheet: readonly (readonly unknown[])[]
  try {
    checkFormulas(firstSheet(files))
    sheet = await readSheet(storedZip(files))
  } catch (error) {
    throw error instanceof TableError ? error : faultOf(error as Error)
  }
  if (sheet.length > tableLimits.rows + 1) throw new TableError('too-many-rows', { value: String(tableLimits.rows) })
  const [headings = [], ...rows] = sheet
  return tableOf(headings.map(cellText), rows.map((row) => row.map(cellText)), 2)
}

/** The XML of the sheet the library reads (ECMA-376 part 1, sections 18.2.19 and 12.3.23); '' = not found, and the library says so. */
function firstSheet(files: ReadonlyMap<string, Buffer>): string {
  const text = (name: string) => files.get(name)?.toString() ?? ''
  const id = /<(?:\w+:)?sheet\s[^>]*?\br:id="([^"]*)"/.exec(text('xl/workbook.xml'))?.[1]
  const related = text('xl/_rels/workbook.xml.rels').match(/<(?:\w+:)?Relationship\s[^>]*>/g)?.find((one) => one.includes(`Id="${id}"`))
  const target = /\bTarget="([^"]*)"/.exec(related ?? '')?.[1]
  return target === undefined ? '' : text(target.startsWith('/') ? target.slice(1) : posix.join('xl', target))
}

const cells = /<c\s([^>]*[^/>])>([\s\S]*?)<\/c>/g

function checkFormulas(sheet: string): void {
  if (!/<f[\s>/]|\st="e"/.test(sheet)) return
  for (const [, attributes = '', content = ''] of sheet.matchAll(cells)) {
    const place = /\br="([A-Z]+)(\d+)"/.exec(attributes)
    const at = place === null ? {} : { column: place[1] ?? '', row: Number(place[2]) }
    const isError = /\bt="e"/.test(attributes)
    if (isError) throw new TableError('formula-error', { ...at, value: /<v>([^<]*)<\/v>/.exec(content)?.[1] ?? '#' })
    if (/<f[\s>/]/.test(content) && !/<v[\s>/]/.test(content)) throw new TableError('formula-without-result', at)
  }
}

/** The library names the cell in its message. */
function faultOf(error: Error): TableError {
  const cell = /row (\d+), col (\d+): [A-Z_]+/.exec(error.message)
  return cell === null ? new TableError('not-xlsx') : new TableError('wrong-cell', { row: Number(cell[1]), column: letterOf(Number(cell[2]) - 1) })
}
