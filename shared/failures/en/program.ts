/** Failures about what was asked of the program, and the program itself, in English. */
import type { WordsAbout } from '../failure-words.ts'
import { detail, file } from './phrases.ts'

export const program: WordsAbout<'input' | 'job' | 'file' | 'host' | 'program'> = {
  'input.invalid': () => ({
    title: 'Something is not filled in right',
    cause: 'At least one field holds something that cannot be used.',
    remedy: 'Correct the fields that are named, and try again. Nothing was changed.',
  }),
  'input.not-json': (about) => ({
    title: 'The file cannot be understood',
    cause: `${file(about)} is not JSON, the text form for data that is expected here${detail(about)}.`,
    remedy: 'Make the file with “mailroom accounts show NAME --json”, change what you need, and try again.',
  }),
  'input.unreadable-file': (about) => ({
    title: 'The file cannot be read',
    cause: `${file(about)} is not there, or may not be read${detail(about)}.`,
    remedy: 'Check its name and folder, and whether you may read it.',
  }),

  'job.unknown': () => ({
    title: 'This work is no longer known',
    cause: 'It ended long ago, or belongs to another data folder.',
    remedy: 'Start it again if you still need it.',
  }),
  'job.interrupted': () => ({
    title: 'The work was interrupted',
    cause: 'Mailroom ended, or the computer was switched off, while it was running.',
    remedy: 'Start it again. What was finished before is kept.',
  }),
  'job.cancelled': () => ({
    title: 'Cancelled',
    cause: 'The work was stopped because somebody asked for it.',
    remedy: 'Start it again whenever you like.',
  }),

  'file.unknown': () => ({
    title: 'The file is no longer at hand',
    cause: 'A file that was handed over is kept only until Mailroom ends.',
    remedy: 'Attach the file again.',
  }),
  'file.too-large': (about) => ({
    title: 'The file is too large',
    cause: `${file(about)} is larger than Mailroom takes${detail(about)}.`,
    remedy: 'Use a smaller file, or put it elsewhere and send a link.',
  }),

  'host.not-possible': (about) => ({
    title: 'That is not possible here',
    cause: `This way of running Mailroom cannot do it${detail(about)}.`,
    remedy: 'Do it in the Mailroom window, or with the programs of your computer.',
  }),

  'program.error': () => ({
    title: 'Mailroom made a mistake',
    cause: 'Something happened that should not be possible. It is written down in the log, without passwords.',
    remedy: 'Try again. If it happens again, send the log (in Mailroom’s folder, under “log”) to whoever helps you with Mailroom.',
  }),
}
