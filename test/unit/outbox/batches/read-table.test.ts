import { describe, expect, test } from 'vitest'
import { guessColumns, guessFileRule } from '../../../../electron/outbox/batches/guess-columns.ts'
import { readTable, separatorOf } from '../../../../electron/outbox/batches/read-table.ts'
import { xlsxOf } from '../../../fakes/xlsx-of.ts'

const read = (text: string | Uint8Array) => readTable(Buffer.from(text as string))
const table = { columns: ['Naam', 'Bedrag'], rows: [['Zoë', '12,50'], ['a;b', '3']], firstRow: 2 }

describe('a table', () => {
  test('is read whatever separates its cells, and however its letters are written', async () => {
    for (const separator of [',', ';', '\t', '|']) {
      const text = ['Naam', 'Bedrag'].join(separator) + '\r\n' + `"Zoë"${separator}"12,50"\r\n"a;b"${separator}3\r\n\r\n`
      expect(await read(text), separator).toEqual(table)
      expect(await read(Buffer.from(`\ufeff${text}`)), 'with a mark').toEqual(table)
      expect(await read(Buffer.from(text, 'latin1')), 'Windows-1252').toEqual(table)
      expect(await read(Buffer.from(`\ufeff${text}`, 'utf16le')), 'UTF-16').toEqual(table)
    }
    expect(await read('sep=|\nNaam|Bedrag\nZoë|12,50\na;b|3\n')).toEqual({ ...table, firstRow: 3 })
    expect(separatorOf('"a,b,c";d\n1;2')).toBe(';')
  })
  test('is a list of objects in JSON, and its numbers keep their decimals', async () => {
    expect(await read('[{"a":"x","n":1.234},{"n":2,"b":true}]')).toEqual({ columns: ['a', 'n', 'b'], rows: [['x', '1.2340', ''], ['', '2', 'true']], firstRow: 1 })
  })
  test('is the first sheet of an XLSX file', async () => {
    expect(await read(xlsxOf([['Naam', 'Bedrag'], ['Zoë', 12.5], [null, null], ['Jan', 3]]))).toEqual({ columns: ['Naam', 'Bedrag'], rows: [['Zoë', '12.5'], ['', ''], ['Jan', '3']], firstRow: 2 })
  })
  test('has each column once, and a name for those without a heading', async () => {
    expect((await read('name,name,,x\na,b,c,d\n')).columns).toEqual(['name', 'name 2', 'C', 'x'])
  })
  test('that is broken anywhere is not read at all', async () => {
    for (const text of ['a,b\n1,2\n"3,4\n', 'a,b\n1,2,3\n', '[{"a":1},2]', '[{"a":{"b":1}}]', '{"a":1}', '[1', 'PK\u0003\u0004nonsense', 'a\u0000b']) {
      await expect(read(text), text).rejects.toThrow()
    }
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

