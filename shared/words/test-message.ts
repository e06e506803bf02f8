/** The message "Check account" sends to oneself, in every language, and how a mail that is sent to oneself first is told from the real one. */
import type { Language } from '../model/preferences.ts'

export const testMessageWords: Readonly<Record<Language, { readonly subject: string; readonly text: string }>> = {
  en: {
    subject: 'Test message from Mailroom',
    text: 'Mailroom sent this message to check that this account can send and receive. You can delete it.\n',
  },
  nl: {
    subject: 'Testbericht van Mailroom',
    text: 'Mailroom stuurde dit bericht om te controleren of dit account kan verzenden en ontvangen. U kunt het verwijderen.\n',
  },
}

/** The same in every language. */
export function testSubject(subject: string): string {
  return `[Test] ${subject}`.slice(0, 998)
}
