/** The words of the system's menu bar and of the tray, in every language. */
import type { Language } from '../model/preferences.ts'

export interface MenuWords {
  readonly file: string
  readonly edit: string
  readonly view: string
  readonly help: string
  readonly show: string
  readonly newMail: string
  readonly addAccount: string
  readonly sendReceiveAll: string
  readonly settings: string
  readonly mail: string
  readonly outbox: string
  readonly activity: string
  readonly accounts: string
  readonly dataFolder: string
  readonly quit: string
}

export const menuWords: Readonly<Record<Language, MenuWords>> = {
  en: {
    file: 'File', edit: 'Edit', view: 'View', help: 'Help', show: 'Show Mailroom', newMail: 'New mail', addAccount: 'Add account…',
    sendReceiveAll: 'Send/receive all', settings: 'Settings', mail: 'Mail', outbox: 'Outbox', activity: 'Activity', accounts: 'Accounts',
    dataFolder: 'Open data folder', quit: 'Quit',
  },
  nl: {
    file: 'Bestand', edit: 'Bewerken', view: 'Beeld', help: 'Help', show: 'Mailroom tonen', newMail: 'Nieuwe e-mail', addAccount: 'Account toevoegen…',
    sendReceiveAll: 'Alles verzenden/ontvangen', settings: 'Instellingen', mail: 'E-mail', outbox: 'Postvak UIT', activity: 'Activiteit', accounts: 'Accounts',
    dataFolder: 'Gegevensmap openen', quit: 'Afsluiten',
  },
}
