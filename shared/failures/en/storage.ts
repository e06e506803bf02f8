/** Failures about the disk, the settings and the data folder, in English. */
import { named, type WordsAbout } from '../failure-words.ts'
import { detail } from './phrases.ts'

export const storage: WordsAbout<'storage' | 'settings' | 'data-folder'> = {
  'storage.full': () => ({
    title: 'The disk is full',
    cause: 'There is no room left to store anything. What was stored before is safe, and nothing was removed from the server.',
    remedy: 'Make room on the disk, then try again.',
  }),
  'storage.failed': (about) => ({
    title: 'The disk did not do what was asked',
    cause: `A file could not be read or written${about.name === undefined ? '' : ` (${about.name})`}${detail(about)}.`,
    remedy: 'Check that the disk is connected and that you may write to Mailroom’s folder; then try again.',
  }),
  'storage.damaged': (about) => ({
    title: 'Mailroom’s data is damaged',
    cause: `${named('', about.name, 'A file in Mailroom’s folder')} cannot be read as what it should be. It was left as it is.`,
    remedy: 'Put the folder back from a backup. The messages themselves are separate files: move the files whose names begin with “mailroom.db” elsewhere, and “mailroom doctor --rebuild” on the command line makes the list of received mail again. What waits in the outbox is not in it.',
  }),

  'settings.damaged': (about) => ({
    title: 'The settings could not be read',
    cause: `The settings file was damaged and has been set aside${about.name === undefined ? '' : ` as ${about.name}`}. Nothing was deleted.`,
    remedy: 'Check your accounts. What is missing can be added again, or taken from the file that was set aside.',
  }),
  'settings.newer': (about) => ({
    title: 'The settings are from a newer Mailroom',
    cause: `${named('', about.name, 'The settings file')} was written by a newer version of this program. It was not touched.`,
    remedy: 'Use the newer Mailroom, or another data folder.',
  }),

  'data-folder.still-there': (about) => ({
    title: 'The folder it was copied from is still there',
    cause: `${named('', about.name, 'The other folder')} still has a list of mail: it was copied, not moved, and both could send the same mails.`,
    remedy: 'Remove the other folder, or give it another name, if nothing uses it any more; then say again that it was moved. Otherwise look into the Sent folder and answer for each mail.',
  }),
  'data-folder.of-others': (about) => ({
    title: 'This folder is not Mailroom’s',
    cause: `Something else is kept in ${named('', about.name, 'the folder')}, and in this folder one could do harm to the other. Nothing was changed.`,
    remedy: 'Name an empty folder, or one that does not exist yet.',
  }),
  'data-folder.in-use': (about) => ({
    title: 'Mailroom is already running',
    cause: `Another Mailroom is using the same folder${about.name === undefined ? '' : ` (${about.name})`}, and it did not answer.`,
    remedy: 'Use the Mailroom that is open, or close it and try again.',
  }),
}
