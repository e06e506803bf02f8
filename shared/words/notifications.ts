/** What the system's notifications say, in every language. */
import type { Language } from '../model/preferences.ts'

export interface NotificationWords {
  readonly newMail: (count: number) => string
  readonly forAccount: (account: string) => string
  readonly paused: (account: string) => string
  readonly cameBack: (count: number) => string
  readonly aboutMail: (subject: string, address: string) => string
  readonly windowFails: string
  readonly windowFailsHow: string
}

export const notificationWords: Readonly<Record<Language, NotificationWords>> = {
  en: {
    newMail: (count) => (count === 1 ? 'One new message' : `${count} new messages`),
    forAccount: (account) => `For ${account}.`,
    paused: (account) => `${account} is paused`,
    cameBack: (count) => (count === 1 ? 'A mail came back' : `${count} mails came back`),
    aboutMail: (subject, address) => `“${subject}” did not reach ${address}.`,
    windowFails: 'Mailroom’s window keeps failing',
    windowFailsHow: 'Quit Mailroom and start it again. Your mail is safe.',
  },
  nl: {
    newMail: (count) => (count === 1 ? 'Eén nieuw bericht' : `${count} nieuwe berichten`),
    forAccount: (account) => `Voor ${account}.`,
    paused: (account) => `${account} is gepauzeerd`,
    cameBack: (count) => (count === 1 ? 'Er is een mail teruggekomen' : `Er zijn ${count} mails teruggekomen`),
    aboutMail: (subject, address) => `“${subject}” is niet aangekomen bij ${address}.`,
    windowFails: 'Het venster van Mailroom loopt steeds vast',
    windowFailsHow: 'Sluit Mailroom af en start het opnieuw. Uw mail is veilig.',
  },
}
