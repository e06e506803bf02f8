/** Failures about templates, tables and watched folders, in English. */
import { named, type WordsAbout } from '../failure-words.ts'
import { templateFaultWords } from '../mail-problems.ts'
import { tableFaultWords } from '../table-faults.ts'
import { detail, file } from './phrases.ts'

export const batches: WordsAbout<'template' | 'table' | 'batch' | 'folder'> = {
  'template.unknown': (about) => ({
    title: 'There is no such template',
    cause: `No template is called ${named('', about.name, 'that')}, or no longer.`,
    remedy: 'Look at the list of templates for the right name.',
  }),
  'template.wrong': (about) => ({
    title: 'The template is not right yet',
    cause: (about.faults ?? []).map((fault) => templateFaultWords(fault, 'en')).join(' ') || 'Something in it is not understood.',
    remedy: 'Correct it at the places named. Nothing was saved.',
  }),
  'template.in-use': (about) => ({
    title: 'The template is in use',
    cause: `A watched folder makes its mails with it${about.name === undefined ? '' : `: ${about.name}`}.`,
    remedy: 'Choose another template for that folder, or stop watching it, and then remove the template.',
  }),

  'table.unreadable': (about) => ({
    title: 'The table cannot be read',
    cause: about.table === undefined ? `${file(about)} is not a table that Mailroom understands${detail(about)}.` : `${file(about)}: ${tableFaultWords(about.table, 'en')}`,
    remedy: 'Save it as CSV or XLSX with the names of the columns in the first row, or as a list of objects in the text form JSON.',
  }),
  'table.empty': (about) => ({
    title: 'The table has no rows',
    cause: `${file(about)} has no rows below the names of its columns.`,
    remedy: 'Check that you chose the right file.',
  }),

  'batch.gone': () => ({
    title: 'This table is no longer at hand',
    cause: 'A table that was opened is kept only until Mailroom ends, or until several others were opened.',
    remedy: 'Choose the file again.',
  }),
  'batch.unknown': (about) => ({
    title: 'There is no such batch',
    cause: `${named('', about.name, 'It')} is not among the batches that were queued.`,
    remedy: 'Look at the list of batches.',
  }),
  'batch.problems': (about) => ({
    title: 'Nothing was queued',
    cause: about.count === undefined ? 'Some rows have a problem.' : about.count === 1 ? 'One row has a problem.' : `${about.count} rows have a problem.`,
    remedy: 'Correct the rows in the table, or leave them out. A batch is queued as a whole or not at all.',
  }),
  'batch.queued-before': (about) => ({
    title: 'This table was queued before',
    cause: `${named('', about.name, 'The table')} was queued already, with exactly these contents.`,
    remedy: 'Nothing has to be done. What should go out again can be asked for by its number.',
  }),
  'batch.nothing-left': (about) => ({
    title: 'No mail is left to be queued',
    cause: `Every row of ${named('', about.name, 'the table')} is left out, or was queued before.`,
    remedy: 'Take rows in again, or ask for those that should go out once more by their number.',
  }),
  'batch.files-awaited': (about) => ({
    title: 'Not all PDF files are there yet',
    cause: `${named('', about.name, 'The table')} names files that are not in the folder yet, or are still being written.`,
    remedy: 'Nothing has to be done. Mailroom waits for them, until nothing in the folder has changed for a minute.',
  }),

  'folder.unknown': () => ({
    title: 'This folder is not watched',
    cause: 'There is no watched folder with that number or path.',
    remedy: 'Look at the list of watched folders again.',
  }),
  'folder.unusable': (about) => ({
    title: 'The folder cannot be watched',
    cause: `${named('', about.name, 'It')} is not a folder that Mailroom can read and write${detail(about)}.`,
    remedy: 'Give the full path of a folder that exists, is no link, and is not inside Mailroom’s own folder.',
  }),
}
