/** The message "Check account" sends to oneself, in every language. */
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
