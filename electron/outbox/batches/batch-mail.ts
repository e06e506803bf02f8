/** One row of a table as a mail: who gets it, what it says, which file it carries; or everything that is wrong with it. */
import { createHash } from 'node:crypto'
import { comparable, type SentDocument } from './sent-documents.ts'
import { mailProblem, type MailProblem, type MergedMail, type TemplateText } from '../../../shared/model/template.ts'
import { isMailAddress } from '../../../shared/model/text-field.ts'
import type { ReadyTemplate } from '../templates/template-engine.ts'
import { type DocumentFile, findFile, type PlaceOfFile } from './document-files.ts'
import { fileNameBy } from './file-rule.ts'
import type { ReadRow } from './row-fields.ts'

/** What all mails of a batch have in common. */
export interface BatchPlan {
  readonly template: ReadyTemplate
  readonly documentType: TemplateText['documentType']
  readonly sender: Readonly<Record<string, string>>
  readonly today: string
  readonly readRow: ReadRow
  /** null = no files. */
  readonly files: { readonly rule: string; readonly placeOf: PlaceOfFile } | null
}

export interface Party {
  readonly name: string
  readonly address: string
}

/** Without its file: that has to be looked for. */
export interface RowMail {
  readonly to: readonly Party[]
  readonly cc: readonly Party[]
  readonly mail: MergedMail | null
  readonly number: string | null
  /** What its file should be called; null = it carries none, or the name cannot be made. */
  readonly fileName: string | null
  readonly problems: readonly MailProblem[]
}

const mostAddresses = 20

export function rowMail({ template, sender, today, readRow, files }: BatchPlan, cells: readonly string[]): RowMail {
  const fields = readRow(cells)
  const { recipient, document } = fields
  const to = parties(recipient['address'] ?? '', recipient['name'] ?? '')
  const cc = parties(recipient['cc'] ?? '', '')
  const merged = template.merge({ ...fields, sender, today })
  const file = files === null ? null : fileNameBy(files.rule, fields)
  const number = (document['number'] ?? '').trim()
  return {
    to, cc,
    mail: 'mail' in merged ? merged.mail : null,
    number: number === '' ? null : number,
    fileName: file !== null && 'name' in file ? file.name : null,
    problems: [
      ...addressProblems(to, cc),
      ...('problem' in merged ? [merged.problem] : []),
      ...(file !== null && 'problem' in file ? [file.problem] : []),
    ],
  }
}

/** Several with ; or , between them; `Anna <anna@example.nl>` too. The name is the first one's. */
function parties(cell: string, name: string): readonly Party[] {
  const pieces = cell.split(/[;,\n]/).map((piece) => piece.trim()).filter((piece) => piece !== '')
  return pieces.map((piece, index) => {
    const both = /^"?([^"<>]*)"?\s*<([^<>]*)>$/.exec(piece)
    const own = index === 0 ? oneLine(name) : ''
    return both === null ? { name: own, address: piece } : { name: own === '' ? oneLine(both[1] ?? '') : own, address: (both[2] ?? '').trim() }
  })
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim().slice(0, 200).toWellFormed()
}

function addressProblems(to: readonly Party[], cc: readonly Party[]): readonly MailProblem[] {
  if (to.length === 0) return [mailProblem('no-address', { field: 'recipient.address' })]
  if (to.length + cc.length > mostAddresses) return [mailProblem('too-many-addresses')]
  const wrong = [...to, ...cc].find(({ address }) => !isMailAddress(address))
  return wrong === undefined ? [] : [mailProblem('not-an-address', { value: wrong.address })]
}

export interface FoundMail extends RowMail {
  readonly file: DocumentFile | null
}

/** The same with its file looked at. */
export async function withFile(mail: RowMail, plan: BatchPlan, buffer: Buffer): Promise<FoundMail> {
  if (mail.fileName === null || plan.files === null) return { ...mail, file: null }
  const found = await findFile(mail.fileName, plan.files.placeOf, buffer)
  return 'file' in found ? { ...mail, file: found.file } : { ...mail, file: null, problems: [...mail.problems, found.problem] }
}

/** What this mail is remembered by; null = it cannot be made. */
export function documentOf({ to, cc, mail, number, file }: FoundMail, documentType: string): SentDocument | null {
  if (mail === null) return null
  const content = file?.hash ?? createHash('sha256').update(`${mail.subject}\0${mail.text}\0${mail.html ?? ''}`).digest('hex')
  return { documentType, number, content, recipients: [...to, ...cc].map(({ address }) => address) }
}

/** How a person asks for it by name. */
export function namesOf({ number, fileName }: Pick<RowMail, 'number' | 'fileName'>): readonly string[] {
  return [number, fileName].filter((name) => name !== null).map(comparable)
}

/** Finds the rows of one table that are the same document for the same recipient. */
export class SeenDocuments {
  readonly #rows = new Map<string, number>()

  /** The row that has it already; null = this is the first. */
  note({ documentType, number, content, recipients }: SentDocument, row: number): number | null {
    let before: number | null = null
    for (const recipient of recipients) {
      for (const key of [`#${content}`, ...(number === null ? [] : [`${documentType}:${comparable(number)}`])]) {
        const place = `${recipient.toLowerCase()} ${key}`
        const found = this.#rows.get(place)
        if (found === undefined) this.#rows.set(place, row)
        else if (found !== row) before ??= found
      }
    }
    return before
  }
}
