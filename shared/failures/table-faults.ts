/** What is wrong with a table that cannot be read: one sentence each, in every language. A third one is one more record here. */
import type { Language } from '../model/preferences.ts'
import type { TableFault } from '../model/table-fault.ts'

type Sentences = Readonly<Record<TableFault['code'], (at: { readonly place: string; readonly row: string; readonly value: string }) => string>>

const english: Sentences = {
  'too-many-rows': ({ value }) => `It has more than ${value} rows. Divide it into several tables.`,
  'too-many-columns': ({ value }) => `It has more than ${value} columns. Leave out those that no mail needs.`,
  'cell-too-long': ({ place, value }) => `${place} has more than ${value} characters.`,
  'too-large': ({ value }) => `Unpacked, it is larger than ${value} MB. Save it as CSV, or divide it.`,
  'too-slow': () => 'Reading it takes too long. Save it as CSV, or divide it.',
  'not-text': () => 'It is neither text nor an XLSX file.',
  'control-character': ({ place }) => `${place} has a character that belongs in no text. The file may have been saved in another way than it seems: save it as CSV (UTF-8).`,
  'quote-not-closed': ({ row }) => `From row ${row} on, a quotation mark (") is never closed.`,
  'quote-inside': ({ row }) => `In row ${row} a quotation mark (") stands in the middle of a cell. Within a cell it is written twice ("").`,
  'too-many-cells': ({ row }) => `Row ${row} has more cells than the first row has names. A cell with the separator in it needs quotation marks (").`,
  'not-csv': ({ row }) => `Row ${row} cannot be read.`,
  'not-json': () => 'It begins like JSON, and is none.',
  'json-not-a-list': () => 'It has to be a list of objects: [{ "email": "…" }, …].',
  'json-not-an-object': ({ row }) => `Entry ${row} is not an object such as { "email": "…" }.`,
  'json-nested': ({ place }) => `${place} is a list or an object. Each value has to be a text or a number.`,
  'not-xlsx': () => 'It begins like an XLSX file, and cannot be unpacked as one.',
  'old-excel': () => 'It is an Excel file of the old kind (.xls), or one with a password. Save it as XLSX, without a password.',
  'formula-without-result': ({ place }) => `${place} has a formula without its result. Open the table in your spreadsheet program and save it there.`,
  'formula-error': ({ place, value }) => `${place} shows ${value}: its formula is wrong.`,
  'wrong-cell': ({ place }) => `${place} cannot be read.`,
}

const dutch: Sentences = {
  'too-many-rows': ({ value }) => `Hij heeft meer dan ${value} rijen. Verdeel hem over verschillende tabellen.`,
  'too-many-columns': ({ value }) => `Hij heeft meer dan ${value} kolommen. Laat weg wat geen mail nodig heeft.`,
  'cell-too-long': ({ place, value }) => `${place} heeft meer dan ${value} tekens.`,
  'too-large': ({ value }) => `Uitgepakt is hij groter dan ${value} MB. Bewaar hem als CSV, of verdeel hem.`,
  'too-slow': () => 'Het lezen duurt te lang. Bewaar hem als CSV, of verdeel hem.',
  'not-text': () => 'Het is geen tekst en ook geen XLSX-bestand.',
  'control-character': ({ place }) => `${place} heeft een teken dat in geen tekst hoort. Misschien is het bestand anders bewaard dan het lijkt: bewaar het als CSV (UTF-8).`,
  'quote-not-closed': ({ row }) => `Vanaf rij ${row} wordt een aanhalingsteken (") niet meer gesloten.`,
  'quote-inside': ({ row }) => `In rij ${row} staat een aanhalingsteken (") midden in een cel. Binnen een cel wordt het dubbel geschreven ("").`,
  'too-many-cells': ({ row }) => `Rij ${row} heeft meer cellen dan de eerste rij namen heeft. Een cel waarin het scheidingsteken staat, heeft aanhalingstekens (") nodig.`,
  'not-csv': ({ row }) => `Rij ${row} is niet te lezen.`,
  'not-json': () => 'Het begint als JSON, maar is dat niet.',
  'json-not-a-list': () => 'Het moet een lijst van objecten zijn: [{ "email": "…" }, …].',
  'json-not-an-object': ({ row }) => `Onderdeel ${row} is geen object zoals { "email": "…" }.`,
  'json-nested': ({ place }) => `${place} is een lijst of een object. Elke waarde moet een tekst of een getal zijn.`,
  'not-xlsx': () => 'Het begint als een XLSX-bestand, maar is niet als zodanig uit te pakken.',
  'old-excel': () => 'Het is een Excel-bestand van de oude soort (.xls), of een met een wachtwoord. Bewaar het als XLSX, zonder wachtwoord.',
  'formula-without-result': ({ place }) => `${place} heeft een formule zonder uitkomst. Open de tabel in uw rekenprogramma en bewaar hem daar.`,
  'formula-error': ({ place, value }) => `${place} toont ${value}: de formule klopt niet.`,
  'wrong-cell': ({ place }) => `${place} is niet te lezen.`,
}

const words: Readonly<Record<Language, { readonly sentences: Sentences; readonly place: (row: string, column: string | null) => string; readonly number: Intl.NumberFormat }>> = {
  en: { sentences: english, number: new Intl.NumberFormat('en-GB'), place: (row, column) => (column === null ? `Row ${row}` : `Row ${row}, column “${column}”,`) },
  nl: { sentences: dutch, number: new Intl.NumberFormat('nl-NL'), place: (row, column) => (column === null ? `Rij ${row}` : `Rij ${row}, kolom “${column}”,`) },
}

export function tableFaultWords({ code, row, column, value }: TableFault, language: Language): string {
  const { sentences, place, number } = words[language]
  const shown = row === null ? '?' : number.format(row)
  return sentences[code]({ place: place(shown, column), row: shown, value: value === null ? '?' : /^\d+$/.test(value) ? number.format(Number(value)) : value })
}
