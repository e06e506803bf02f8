/** Failures about what was asked of the program, and the program itself, in English. */
import type { WordsAbout } from '../failure-words.ts'
import { detail, file } from './phrases.ts'

/** By what the system says (errno). */
const unreadable: Readonly<Record<string, string>> = { ENOENT: 'does not exist', EACCES: 'may not be read by you', EPERM: 'may not be read by you', EISDIR: 'is a folder' }

export const program: WordsAbout<'input' | 'job' | 'file' | 'host' | 'output' | 'program'> = {
  'input.invalid': () => ({
    title: 'Something is not filled in right',
    cause: 'At least one field holds something that cannot be used.',
    remedy: 'Correct the fields that are named, and try again. Nothing was changed.',
  }),
  'input.not-json': (about) => ({
    title: 'The file cannot be understood',
    cause: `${file(about)} is not JSON, the text form for data that is expected here${detail(about)}.`,
    remedy: '“--help” behind the same command shows what belongs in it; “show NAME --json” prints one that is right.',
  }),
  'input.unreadable-file': (about) => ({
    title: 'The file cannot be read',
    cause: `${file(about)} ${unreadable[about.detail ?? ''] ?? 'cannot be read'}${detail(about)}.`,
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

  'output.unwritten': (about) => ({
    title: 'The answer could not be written',
    cause: `Where the output goes took no more of it${detail(about)}: what was written is not all. The work itself was done as far as it came.`,
    remedy: 'Make room on that disk, or write somewhere else, and ask again.',
  }),

  'program.error': () => ({
    title: 'Mailroom made a mistake',
    cause: 'Something happened that should not be possible. It is written down in the log, without passwords.',
    remedy: 'Try again. If it happens again, send the log (in Mailroom’s folder, under “log”) to whoever helps you with Mailroom.',
  }),
}
