/**
 * Lines of the sending log as CSV (RFC 4180), for spreadsheets: UTF-8 with a mark that says so, dates by this machine's clock. A cell that
 * a spreadsheet would take for a formula is made text: subjects and servers' words are written by strangers.
 */
import { stringify } from 'csv-stringify/sync'
import type { Language } from '../../../shared/model/preferences.ts'
import { returnWords, whyReturned } from '../../../shared/words/mail-returns.ts'
import { outgoingWords } from '../../../shared/words/outgoing-mail.ts'
import { logColumns, logWords, type LogColumn } from '../../../shared/words/sending-log.ts'
import type { LogLine } from './sending-log.ts'

export interface CsvOptions {
  readonly language: Language
  /** What an account is called; its id where it is gone. */
  readonly accountName: (id: string) => string
  /** At the beginning of the file. */
  readonly heading: boolean
}

export function logCsv(lines: readonly LogLine[], { language, accountName, heading }: CsvOptions): string {
  const said = { mail: outgoingWords[language], returns: returnWords[language], log: logWords[language] }
  const cells = ({ returned, ...line }: LogLine): Readonly<Record<LogColumn, string>> => ({
    queued: localTime(line.queuedAt),
    sent: line.sentAt === null ? '' : localTime(line.sentAt),
    state: said.mail.states[line.state],
    account: accountName(line.accountId),
    from: line.from,
    kind: said.log.kinds[line.kind],
    name: line.name,
    address: line.address,
    subject: line.subject,
    attachments: line.attachmentNames.join('; '),
    result: said.mail.recipients[line.result],
    code: line.replyCode === null ? '' : String(line.replyCode),
    answer: line.words ?? '',
    cameBack: returned === null ? '' : said.returns.outcomes[returned.outcome],
    cameBackAt: returned === null ? '' : localTime(new Date(returned.at)),
    why: returned === null ? '' : (whyReturned(returned, said.returns) ?? ''),
    words: returned?.words ?? '',
    batch: line.batchId ?? '',
    messageId: line.messageId,
    id: line.id,
  })
  const rows = lines.map((line) => { const made = cells(line); return logColumns.map((column) => made[column]) })
  const head = heading ? [logColumns.map((column) => said.log.columns[column])] : []
  return stringify([...head, ...rows], { delimiter: said.log.separator, record_delimiter: 'windows', escape_formulas: true, bom: heading })
}

/** `2026-11-23 09:05:07`: read as a date by spreadsheets in every language. */
function localTime(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}
