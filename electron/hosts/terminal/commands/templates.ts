/** `mailroom templates …` */
import { mailProblemWords } from '../../../../shared/failures/mail-problems.ts'
import { done, failed, type Outcome, refused } from '../../../../shared/failures/failure.ts'
import type { Language } from '../../../../shared/model/preferences.ts'
import type { Template, TemplateDraft } from '../../../../shared/model/template.ts'
import { exitCodes } from '../exit-codes.ts'
import { table } from '../format.ts'
import { handOverFile } from '../hand-over-file.ts'
import { parseJson, readText } from '../read-input.ts'
import { senderAccount } from '../sender-account.ts'
import { type Command, ok, type Session } from '../session.ts'

export const listTemplates: Command = async ({ caller, output, words, format }) => {
  const listed = await caller.call('templates.list', {})
  if (!listed.ok) return listed
  output.document(listed.value)
  const rows = listed.value.templates.map(({ name, documentType, language, subject, changedAt }) => [name, words.templates.types[documentType] ?? documentType, language, format.date(changedAt), subject])
  output.line(rows.length === 0 ? words.templates.none : table(words.templates.headings, rows))
  return ok
}

/** With --json in the form that `templates add FILE` takes. */
export const showTemplate = (key: string): Command => async ({ caller, output, words }) => {
  const found = await caller.call('templates.find', { key })
  if (!found.ok) return found
  const { id: _id, changedAt: _changedAt, ...draft } = found.value
  output.document(draft)
  output.line(`${found.value.name} (${words.templates.types[draft.documentType] ?? draft.documentType}, ${draft.language})`)
  output.line(`${words.readBy.subject}: ${draft.subject}`)
  output.line('')
  output.line(draft.text)
  if (draft.html !== null) output.line(`\n${draft.html}`)
  return ok
}

export interface TemplateOptions {
  readonly type?: string
  readonly language?: Language
  readonly subject?: string
  readonly text?: string
  readonly textFile?: string
  readonly htmlFile?: string
}

/** From a JSON file (- = standard input), or from options; what an existing one has and is not named stays. */
export const saveTemplate = (key: string, file: string | null, options: TemplateOptions, isNew: boolean): Command => async (session) => {
  const before = isNew ? null : await session.caller.call('templates.find', { key })
  if (before !== null && !before.ok) return before
  const draft = file === null ? await draftFrom(session, key, before?.value ?? null, options) : await jsonFrom(session, file)
  if (!draft.ok) return draft
  const saved = await session.caller.call('templates.save', { id: before?.value.id ?? null, draft: draft.value as TemplateDraft })
  if (!saved.ok) return saved
  session.output.document(saved.value)
  session.output.line(session.words.templates.saved(saved.value.name))
  return ok
}

async function jsonFrom({ io }: Session, file: string): Promise<Outcome<unknown>> {
  const text = await readText(io, file)
  return text.ok ? parseJson(text.value, file) : text
}

async function draftFrom({ io, language }: Session, name: string, before: Template | null, options: TemplateOptions): Promise<Outcome<TemplateDraft>> {
  const text = options.textFile === undefined ? done(options.text ?? before?.text ?? '') : await readText(io, options.textFile)
  if (!text.ok) return text
  const html = options.htmlFile === undefined ? done(before?.html ?? null) : await readText(io, options.htmlFile)
  if (!html.ok) return html
  return done({
    name: before?.name ?? name, documentType: options.type ?? before?.documentType ?? 'letter', language: options.language ?? before?.language ?? language,
    subject: options.subject ?? before?.subject ?? '', text: text.value, html: html.value,
  })
}

export const removeTemplate = (key: string): Command => async ({ caller, output, words }) => {
  const found = await caller.call('templates.find', { key })
  if (!found.ok) return found
  const removed = await caller.call('templates.remove', { id: found.value.id })
  if (!removed.ok) return removed
  output.document({ removed: found.value.name })
  output.line(words.templates.removed(found.value.name))
  return ok
}

/** What it says: for made-up values, or for a row of a table. */
export const previewTemplate = (key: string, options: { readonly table?: string; readonly row?: number; readonly account?: string }): Command => async (session) => {
  const { caller, output, words, language, format } = session
  const found = await caller.call('templates.find', { key })
  if (!found.ok) return found
  const account = options.account === undefined ? null : await senderAccount(session, [options.account])
  if (account !== null && !account.ok) return account
  const handle = options.table === undefined ? null : await handOverFile(caller, options.table)
  if (handle !== null && !handle.ok) return handle
  const opened = handle === null ? null : await caller.call('batches.open', { handle: handle.value })
  if (handle !== null) await caller.call('files.discard', { handle: handle.value })
  if (opened !== null && !opened.ok) return opened
  const firstRow = opened?.value.firstRow ?? 1
  const row = opened === null ? null : { id: opened.value.id, index: Math.max(0, (options.row ?? firstRow) - firstRow) }
  const { subject, text, html, documentType } = found.value
  const said = await caller.call('templates.preview', { template: { language: found.value.language, documentType, subject, text, html }, accountId: account?.value.id ?? null, table: row })
  if (opened !== null) await caller.call('batches.close', { id: opened.value.id })
  if (!said.ok) return said
  output.document(said.value)
  if (said.value.faults.length > 0) return refused({ code: 'template.wrong', evidence: { name: found.value.name, faults: said.value.faults } })
  if (said.value.problem !== null) {
    output.note(mailProblemWords(said.value.problem, language, format.date))
    return done(exitCodes.badData)
  }
  if (said.value.mail === null) return failed('template.unknown', { name: key })
  output.line(`${words.readBy.to}: ${said.value.to}`)
  output.line(`${words.readBy.subject}: ${said.value.mail.subject}`)
  output.line('')
  output.line(said.value.mail.text)
  return ok
}

