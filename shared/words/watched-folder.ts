/** Of watched folders: what the file beside a table that could not be queued says, and why a folder cannot be worked in now. */
import type { Language } from '../model/preferences.ts'
import type { FolderReach } from '../model/watched-folder.ts'

interface ReasonWords {
  readonly fileName: string
  readonly title: (name: string) => string
  readonly row: (row: string, to: string, problem: string) => string
  readonly more: (count: string) => string
  readonly next: string
}

export const reasonWords: Readonly<Record<Language, ReasonWords>> = {
  en: {
    fileName: 'reason.txt',
    title: (name) => `The mails of ${name} were not queued. None of them was sent.`,
    row: (row, to, problem) => `Row ${row}${to === '' ? '' : ` (${to})`}: ${problem}`,
    more: (count) => `… and ${count} more rows.`,
    next: 'Correct the table and put it into the watched folder again. The PDF files are still there.',
  },
  nl: {
    fileName: 'reden.txt',
    title: (name) => `De mails van ${name} zijn niet klaargezet. Er is er geen verzonden.`,
    row: (row, to, problem) => `Rij ${row}${to === '' ? '' : ` (${to})`}: ${problem}`,
    more: (count) => `… en nog ${count} rijen.`,
    next: 'Verbeter de tabel en zet hem opnieuw in de bewaakte map. De PDF-bestanden staan er nog.',
  },
}

export const folderReachWords: Readonly<Record<Language, Readonly<Record<Exclude<FolderReach, 'ok'>, string>>>> = {
  en: {
    gone: 'The folder is not there now. It is watched again as soon as it is back.',
    'no-permission': 'Mailroom may not read and write in this folder.',
  },
  nl: {
    gone: 'De map is er nu niet. Hij wordt weer bewaakt zodra hij terug is.',
    'no-permission': 'Mailroom mag in deze map niet lezen en schrijven.',
  },
}
