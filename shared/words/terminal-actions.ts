/** The command line's words for changing one thing: a password, a setting, marks of messages, saving attachments. In every language. */
import type { Language } from '../model/preferences.ts'

export interface ActionWords {
  readonly help: Readonly<Record<
    | 'password' | 'settings' | 'settingsList' | 'settingsSet' | 'mailDelete' | 'mailRestore' | 'mailMark' | 'markRead' | 'markUnread' | 'markFlag' | 'markUnflag'
    | 'mailAttachments' | 'attachmentTo',
    string
  >>
  readonly noPassword: string
  passwordKept(name: string): string
  readonly passwordMissing: string
  readonly settingHeadings: readonly [name: string, value: string, possible: string]
  settingUnknown(name: string, all: string): string
  settingValue(value: string, name: string, possible: string): string
  settingNow(name: string, value: string): string
  markWhat: string
  marked(count: string): string
  deleted(count: string): string
  restored(count: string): string
  again(count: string): string
  readonly noAttachments: string
  notSaved(name: string): string
}

export const actionWords: Readonly<Record<Language, ActionWords>> = {
  en: {
    help: {
      password: 'give an account its password: typed, or with --secrets-stdin',
      settings: 'language, appearance, notifications, start, and which look-ups are allowed',
      settingsList: 'all settings, and what each may be',
      settingsSet: 'change a setting, such as: settings set look-ups.ispdb off',
      mailDelete: 'delete messages here; what becomes of the server’s copy is as the account says',
      mailRestore: 'take a deletion back, for as long as the server was not told',
      mailMark: 'mark messages as read or unread, flagged or not',
      markRead: 'as read',
      markUnread: 'as unread',
      markFlag: 'for follow-up',
      markUnflag: 'no longer for follow-up',
      mailAttachments: 'save the attachments of a message as files; one that exists is not overwritten',
      attachmentTo: 'the folder they go to (default: the current one)',
    },
    noPassword: 'No password was given: “mailroom accounts password NAME” takes one.',
    passwordKept: (name) => `The password of “${name}” is kept.`,
    passwordMissing: 'No password was given. Type it, or: echo \'{"incoming":"…"}\' | mailroom accounts password NAME --secrets-stdin',
    settingHeadings: ['Name', 'Is', 'May be'],
    settingUnknown: (name, all) => `There is no setting “${name}”. There are: ${all}.`,
    settingValue: (value, name, possible) => `“${value}” is not possible for “${name}”. Possible are: ${possible}.`,
    settingNow: (name, value) => `${name} is ${value}.`,
    markWhat: 'Say how: --read or --unread, --flag or --unflag.',
    marked: (count) => `Marked: ${count}`,
    deleted: (count) => `Deleted: ${count}. “mailroom mail restore” takes it back until the server was told.`,
    restored: (count) => `Restored: ${count}`,
    again: (count) => `Comes back with the next fetch, if the server still has it: ${count}`,
    noAttachments: 'This message has no attachments.',
    notSaved: (name) => `${name} exists already and stays as it is.`,
  },
  nl: {
    help: {
      password: 'een account zijn wachtwoord geven: getypt, of met --secrets-stdin',
      settings: 'taal, uiterlijk, meldingen, starten, en welke opzoekingen mogen',
      settingsList: 'alle instellingen, en wat elk kan zijn',
      settingsSet: 'een instelling veranderen, zoals: settings set look-ups.ispdb off',
      mailDelete: 'berichten hier verwijderen; wat er met de kopie op de server gebeurt, zegt het account',
      mailRestore: 'een verwijdering ongedaan maken, zolang de server het niet is verteld',
      mailMark: 'berichten markeren als gelezen of ongelezen, met of zonder vlag',
      markRead: 'als gelezen',
      markUnread: 'als ongelezen',
      markFlag: 'om op te volgen',
      markUnflag: 'niet meer om op te volgen',
      mailAttachments: 'de bijlagen van een bericht als bestanden bewaren; een bestand dat er al is, wordt niet overschreven',
      attachmentTo: 'de map waar ze heen gaan (anders: de huidige)',
    },
    noPassword: 'Er is geen wachtwoord gegeven: “mailroom accounts password NAAM” neemt er een aan.',
    passwordKept: (name) => `Het wachtwoord van “${name}” is bewaard.`,
    passwordMissing: 'Er is geen wachtwoord gegeven. Typ het, of: echo \'{"incoming":"…"}\' | mailroom accounts password NAAM --secrets-stdin',
    settingHeadings: ['Naam', 'Is', 'Kan zijn'],
    settingUnknown: (name, all) => `Er is geen instelling “${name}”. Er zijn: ${all}.`,
    settingValue: (value, name, possible) => `“${value}” kan niet bij “${name}”. Mogelijk zijn: ${possible}.`,
    settingNow: (name, value) => `${name} is ${value}.`,
    markWhat: 'Zeg hoe: --read of --unread, --flag of --unflag.',
    marked: (count) => `Gemarkeerd: ${count}`,
    deleted: (count) => `Verwijderd: ${count}. “mailroom mail restore” maakt het ongedaan tot de server het is verteld.`,
    restored: (count) => `Teruggehaald: ${count}`,
    again: (count) => `Komt terug met de volgende keer ophalen, als de server het nog heeft: ${count}`,
    noAttachments: 'Dit bericht heeft geen bijlagen.',
    notSaved: (name) => `${name} is er al en blijft zoals het is.`,
  },
}
