/** The columns of the exported sending log, in every language. */
import type { Language } from '../model/preferences.ts'

export const logColumns = [
  'queued', 'sent', 'state', 'account', 'from', 'kind', 'name', 'address', 'subject', 'attachments', 'result', 'code', 'answer', 'cameBack', 'cameBackAt', 'why', 'words', 'batch', 'messageId', 'id',
] as const
export type LogColumn = (typeof logColumns)[number]

export interface LogWords {
  readonly columns: Readonly<Record<LogColumn, string>>
  readonly kinds: Readonly<Record<'to' | 'cc' | 'bcc', string>>
  /** As spreadsheets in this language expect it. */
  readonly separator: ',' | ';'
  /** Name of the file, without its ending. */
  readonly file: string
}

export const logWords: Readonly<Record<Language, LogWords>> = {
  en: {
    columns: {
      queued: 'Put in the outbox', sent: 'Sent', state: 'State', account: 'Account', from: 'From', kind: 'Kind', name: 'Name', address: 'Address', subject: 'Subject', attachments: 'Attachments', result: 'Result',
      code: 'Reply code', answer: 'The server’s answer', cameBack: 'What came back', cameBackAt: 'When it came back', why: 'Why', words: 'In their words', batch: 'Batch', messageId: 'Message-ID', id: 'Id',
    },
    kinds: { to: 'To', cc: 'Cc', bcc: 'Bcc' },
    separator: ',',
    file: 'sending-log',
  },
  nl: {
    columns: {
      queued: 'In het postvak uit', sent: 'Verzonden', state: 'Status', account: 'Account', from: 'Van', kind: 'Soort', name: 'Naam', address: 'Adres', subject: 'Onderwerp', attachments: 'Bijlagen', result: 'Resultaat',
      code: 'Antwoordcode', answer: 'Antwoord van de server', cameBack: 'Wat er terugkwam', cameBackAt: 'Wanneer het terugkwam', why: 'Waarom', words: 'In hun woorden', batch: 'Batch', messageId: 'Message-ID', id: 'Id',
    },
    kinds: { to: 'Aan', cc: 'Cc', bcc: 'Bcc' },
    separator: ';',
    file: 'verzendlogboek',
  },
}
