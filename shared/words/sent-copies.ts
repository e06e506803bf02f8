/** What is said of the copy of a mail in the Sent folder, on the screen and on the command line, in every language. */
import type { Language } from '../model/preferences.ts'
import type { KeepSent, SentCopy } from '../model/sent-copy.ts'

export interface SentCopyWords {
  readonly added: (folder: string) => string
  readonly found: (folder: string) => string
  readonly waiting: string
  readonly serverKeeps: string
  readonly noFolder: string
  readonly failed: string
  readonly missing: (folder: string) => string
  /** The account's choice. */
  readonly keep: Readonly<Record<KeepSent, string>>
}

export const sentCopyWords: Readonly<Record<Language, SentCopyWords>> = {
  en: {
    added: (folder) => `Copy put into “${folder}” on the server`,
    found: (folder) => `Found in “${folder}” on the server`,
    waiting: 'A copy for the Sent folder on the server waits',
    serverKeeps: 'The mail server keeps a copy in the Sent folder by itself',
    noFolder: 'The mailbox has no Sent folder, so no copy is kept there',
    failed: 'No copy could be put into the Sent folder. The mail was sent all the same',
    missing: (folder) => `Looked for in the folder “${folder}”: not there. It may have been sent all the same`,
    keep: { auto: 'Where the server does not do it by itself', always: 'Always', never: 'Never' },
  },
  nl: {
    added: (folder) => `Kopie in “${folder}” op de server gezet`,
    found: (folder) => `Staat in “${folder}” op de server`,
    waiting: 'Een kopie voor de map Verzonden op de server wacht nog',
    serverKeeps: 'De mailserver bewaart zelf een kopie in de map Verzonden',
    noFolder: 'De mailbox heeft geen map Verzonden; er wordt daar geen kopie bewaard',
    failed: 'In de map Verzonden kon geen kopie gezet worden. De mail is wel verzonden',
    missing: (folder) => `Gezocht in de map “${folder}”: niet gevonden. Misschien is de mail toch verzonden`,
    keep: { auto: 'Als de server het niet zelf doet', always: 'Altijd', never: 'Nooit' },
  },
}

/** null = nothing worth a line of the mail's story. */
export function copySentence({ state, added, folder }: Pick<SentCopy, 'state' | 'added' | 'folder'>, words: SentCopyWords): string | null {
  switch (state) {
    case 'there':
      return added ? words.added(folder ?? '') : words.found(folder ?? '')
    case 'waiting':
    case 'adding':
      return words.waiting
    case 'server-keeps':
      return words.serverKeeps
    case 'no-folder':
      return words.noFolder
    case 'failed':
      return words.failed
    case 'missing':
      return words.missing(folder ?? '')
    case 'not-wanted':
      return null
  }
}
