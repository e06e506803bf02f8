import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guessColumns, guessFileRule } from '../../../../electron/outbox/batches/guess-columns.ts'
import { separatorOf } from '../../../../electron/outbox/batches/read-csv.ts'
import { readTable } from '../../../../electron/outbox/batches/read-table.ts'
import { storedZip } from '../../../../electron/outbox/batches/stored-zip.ts'
import { TableError, tableLimits } from '../../../../electron/outbox/batches/table.ts'
import type { TableFault } from '../../../../shared/model/table-fault.ts'
import { bombOf, xlsxOf } from '../../../fakes/xlsx-of.ts'

const read = (text: string | Uint8Array) => readTable(Buffer.from(text as string))
const table = { columns: ['Naam', 'Bedrag'], rows: [['Zoë', '12,50'], ['a;b', '3']], numbers: [2, 3] }
async function faultOf(text: string | Uint8Array): Promise<TableFault> {
  try {
    await read(text)
  } catch (error) {
    if (error instanceof TableError) return error.fault
    throw error
  }
  throw new Error('it was read')
}

describe('a table', () => {
  test('is read whatever separates its cells, and however its letters are written', async () => {
    for (const separator of [',', ';', '\t', '|']) {
      const text = ['Naam', 'Bedrag'].join(separator) + '\r\n' + `"Zoë"${separator}"12,50"\r\n"a;b"${separator}3\r\n\r\n`
      expect(await read(text), separator).toEqual(table)
      expect(await read(Buffer.from(`\ufeff${text}`)), 'with a mark').toEqual(table)
      expect(await read(Buffer.from(text, 'latin1')), 'Windows-1252').toEqual(table)
      expect(await read(Buffer.from(`\ufeff${text}`, 'utf16le')), 'UTF-16').toEqual(table)
      expect(await read(Buffer.from(`\ufeff${text}`, 'utf16le').swap16()), 'UTF-16, the other way round').toEqual(table)
      expect(await read(Buffer.from(text, 'utf16le')), 'UTF-16 without a mark').toEqual(table)
    }
    expect(await read('sep=|\nNaam|Bedrag\nZoë|12,50\na;b|3\n')).toEqual({ ...table, numbers: [3, 4] })
    expect(separatorOf('"a,b,c";d\n1;2')).toBe(';')
    expect((await read(Buffer.from('naam\n\x80 10\n', 'latin1'))).rows).toEqual([['€ 10']])
  })
  test('is a list of objects in JSON, and its numbers keep their digits', async () => {
    expect(await read('[{"a":"x","n":1.234},{"n":2,"b":true},{},{"n":12345678901234567890,"a":1e21}]')).toEqual({
      columns: ['a', 'n', 'b'], rows: [['x', '1.2340', ''], ['', '2', 'true'], ['1000000000000000000000', '12345678901234567890', '']], numbers: [1, 2, 4],
    })
  })
  test('is the first sheet of an XLSX file, and its rows keep the numbers they have there', async () => {
    expect(await read(xlsxOf([['Naam', 'Bedrag'], ['Zoë', 12.5], [null, null], ['Jan', 3]]))).toEqual({ columns: ['Naam', 'Bedrag'], rows: [['Zoë', '12.5'], ['Jan', '3']], numbers: [2, 4] })
    expect((await read('\n\nNaam;Bedrag\n\nJan;3\n;\n\nAn;4')).numbers).toEqual([5, 8])
  })
  test('has each column once, and a name for those without a heading', async () => {
    expect((await read('name,name,,x,name 2\na,b,c,d,e\n')).columns).toEqual(['name', 'name 2', 'C', 'x', 'name 2 2'])
  })

  test.each<[string, string | Uint8Array, Partial<TableFault>]>([
    ['a quotation mark that is never closed', 'a,b\n1,2\n"3,4\n', { code: 'quote-not-closed', row: 3 }],
    ['a quotation mark within a cell', 'a,b\n1,2\n"3"x,4\n', { code: 'quote-inside', row: 3 }],
    ['more cells than columns', 'a,b\n1,2\n1,2,3\n', { code: 'too-many-cells', row: 3 }],
    ['the same, below the line that names the separator', 'sep=,\na,b\n1,2,3\n', { code: 'too-many-cells', row: 3 }],
    ['an entry that is no object', '[{"a":1},2]', { code: 'json-not-an-object', row: 2 }],
    ['an object within an entry', '[{"a":{"b":1}}]', { code: 'json-nested', row: 1, column: 'a' }],
    ['no list', '{"a":1}', { code: 'json-not-a-list' }],
    ['half a list', '[1', { code: 'not-json' }],
    ['lists in lists without end', '['.repeat(200_000), { code: 'not-json' }],
    ['no archive', 'PK\u0003\u0004nonsense', { code: 'not-xlsx' }],
    ['half an archive', xlsxOf([['a'], ['b']]).subarray(0, 900), { code: 'not-xlsx' }],
    ['an archive of something else', storedZip(new Map([['word/document.xml', Buffer.from('<w/>')]])), { code: 'not-xlsx' }],
    ['an Excel file of the old kind', Buffer.from('d0cf11e0a1b11ae1', 'hex'), { code: 'old-excel' }],
    ['bytes that are no text', 'a\u0000b', { code: 'not-text' }],
    ['a character that belongs in no text', 'a;b\n1;2\n1;\u0007\n', { code: 'control-character', row: 3, column: 'b' }],
    ['a cell without end', `a;b\n1;${'x'.repeat(tableLimits.cell + 1)}\n`, { code: 'cell-too-long', row: 2, column: 'b', value: String(tableLimits.cell) }],
    ['too many columns', 'x;'.repeat(tableLimits.columns + 1), { code: 'too-many-columns', value: String(tableLimits.columns) }],
    ['too many rows', `a\n${'1\n'.repeat(tableLimits.rows + 1)}`, { code: 'too-many-rows', value: String(tableLimits.rows) }],
    ['a formula whose result was not saved', xlsxOf([['a', 'b'], ['x', { xml: '<f>A1*2</f>', type: 'str' }]]), { code: 'formula-without-result', row: 2, column: 'B' }],
    ['a formula that is wrong', xlsxOf([['a', 'b'], ['x', { xml: '<f>A1/0</f><v>#DIV/0!</v>', type: 'e' }]]), { code: 'formula-error', row: 2, column: 'B', value: '#DIV/0!' }],
    ['an archive that unpacks to gigabytes', bombOf(2 ** 31), { code: 'too-large' }],
    ['one that says it is small', bombOf(2 ** 31, 1000), { code: 'too-large' }],
  ])('says where it is wrong: %s', async (_, text, fault) => {
    expect(await faultOf(text)).toMatchObject(fault)
  })

  test('of 100,000 rows is read', async () => {
    expect((await read(`a;b\n${'1;2\n'.repeat(tableLimits.rows)}`)).rows).toHaveLength(tableLimits.rows)
  })

  const cell = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replace(/\p{Cc}/gu, '').trim().toWellFormed())
  const rows = fc.integer({ min: 1, max: 6 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }))

  test('of any words comes out as it was written, as CSV, JSON and XLSX', async () => {
    await fc.assert(fc.asyncProperty(rows, fc.constantFrom(';', ',', '\t'), async (cells, separator) => {
      const names = cells[0]?.map((_, index) => `c${index}`) ?? []
      const wanted = cells.filter((row) => row.some((one) => one !== ''))
      const csv = [names, ...cells].map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(separator)).join('\r\n')
      const json = JSON.stringify(cells.map((row) => Object.fromEntries(row.map((one, index) => [`c${index}`, one]))))
      for (const bytes of [csv, json]) expect(await read(bytes)).toMatchObject({ columns: names, rows: wanted })
    }), { numRuns: 100 })
  })

  test('of any bytes at all is read, or refused with its fault', async () => {
    const begins = fc.constantFrom('', '\ufeff', 'PK\u0003\u0004', '[{', '{"a":', 'a;b\n', 'sep=,\n"', '\u00ff\u00fe')
    await fc.assert(fc.asyncProperty(begins, fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string().map((text) => Buffer.from(text))), async (begin, bytes) => {
      await read(Buffer.concat([Buffer.from(begin, 'latin1'), bytes])).catch((error: unknown) => expect(error).toBeInstanceOf(TableError))
    }), { numRuns: 300 })
  })

  test('of a spreadsheet with any byte changed is read, or refused with its fault', async () => {
    const whole = xlsxOf([['a', 'b'], ['x', 12.5], ['y', 3]])
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] ?? 0) ^ by
      await read(changed).catch((error: unknown) => expect(error).toBeInstanceOf(TableError))
    }), { numRuns: 300 })
  })
})

test('columns are known by their headings, in both languages', () => {
  expect(guessColumns(['Klant', 'E-mailadres', 'Factuurnr', 'Vervaldatum', 'Bedrag', 'Datum', 'Kleur'])).toEqual({
    'recipient.address': 'E-mailadres', 'recipient.name': 'Klant', 'document.number': 'Factuurnr', 'document.date': 'Datum', 'document.due_date': 'Vervaldatum', 'document.amount': 'Bedrag',
  })
  expect(guessFileRule(['email', 'invoice'], guessColumns(['email', 'invoice']))).toBe('{invoice}.pdf')
  expect(guessFileRule(['email', 'PDF'], {})).toBe('{PDF}')
  expect(guessFileRule(['email'], {})).toBeNull()
})
