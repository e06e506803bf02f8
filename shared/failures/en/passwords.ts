/** Failures about the place for passwords, in English. */
import { named, type WordsAbout } from '../failure-words.ts'
import { detail, file } from './phrases.ts'

export const passwords: WordsAbout<'secrets' | 'vault'> = {
  'secrets.locked': (about) => ({
    title: 'The place for passwords is locked',
    cause: `${named('', about.name, 'The keychain (where this computer keeps passwords)')} must be unlocked before Mailroom can read or keep a password.`,
    remedy: 'Unlock it, with your computer’s sign-in or the passphrase, and try again. Nothing was changed.',
  }),
  'secrets.absent': () => ({
    title: 'There is no place to keep passwords',
    cause: 'This computer has no keychain (a safe place for passwords) that is running, so the password could not be kept.',
    remedy: 'Choose where passwords go: in memory only, until Mailroom ends (--secret-place session), or in a file locked with a passphrase (mailroom secrets use vault; in the window under Settings).',
  }),
  'secrets.failed': (about) => ({
    title: 'The keychain reported a fault',
    cause: `The place where this computer keeps passwords could not do what was asked${detail(about)}.`,
    remedy: 'Sign out of this computer and in again, then try once more. No password was overwritten.',
  }),

  'vault.wrong-passphrase': () => ({
    title: 'The passphrase is not right',
    cause: 'The file with your passwords cannot be opened with it.',
    remedy: 'Type it again, and mind capital letters. Without the passphrase nobody can open the file; the passwords must then be typed again.',
  }),
  'vault.damaged': (about) => ({
    title: 'The file with passwords is damaged',
    cause: `${file(about)} cannot be read any more. It was left as it is.`,
    remedy: 'Put back a copy from a backup, or make a new vault (the file for passwords) and type the passwords again.',
  }),
}
