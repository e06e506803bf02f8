/**
 * Templates in the database: they may be long, a watched folder refers to one, and the settings file is written whole at every
 * change (docs/decisions/templates.md). A folder that never had a template begins with those of `starter-templates.ts`; whoever
 * removes them does not get them back.
 */
import { z } from 'zod'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import { type Template, type TemplateDraft, type TemplateId, type TemplateRow, templateRowSchema, templateSchema } from '../../../shared/model/template.ts'
import { type Database, transaction } from '../../storage/database.ts'
import type { Templates } from './templates.ts'

export interface TemplatesOptions {
  readonly database: Database
  readonly starters: readonly TemplateDraft[]
  readonly now?: () => Date
}

const columns = z.object({ id: z.number(), name: z.string(), document_type: z.string(), language: z.string(), subject: z.string(), changed_at: z.number() })
const texts = z.object({ text: z.string(), html: z.string().nullable() })

export function createTemplates({ database, starters, now = () => new Date() }: TemplatesOptions): Templates {
  const insert = database.prepare('INSERT INTO template (name, document_type, language, subject, text, html, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)')
  const update = database.prepare('UPDATE template SET name = ?, document_type = ?, language = ?, subject = ?, text = ?, html = ?, changed_at = ? WHERE id = ?')
  const all = database.prepare('SELECT id, name, document_type, language, subject, changed_at FROM template ORDER BY name')
  const byId = database.prepare('SELECT * FROM template WHERE id = ?')
  const byName = database.prepare('SELECT * FROM template WHERE name = ?')
  const remove = database.prepare('DELETE FROM template WHERE id = ?')
  const inUse = database.prepare('SELECT path FROM watched_folder WHERE template_id = ?')
  const listeners = new Set<() => void>()

  const valuesOf = (draft: TemplateDraft) => [draft.name, draft.documentType, draft.language, draft.subject, draft.text, draft.html, now().getTime()] as const

  const everHadAny = database.prepare("SELECT 1 FROM sqlite_sequence WHERE name = 'template'").get() !== undefined
  if (!everHadAny) transaction(database, () => starters.forEach((draft) => insert.run(...valuesOf(draft))))

  function changed(): void {
    listeners.forEach((listener) => listener())
  }

  function get(id: TemplateId): Outcome<Template> {
    const row = byId.get(id)
    return row === undefined ? failed('template.unknown', { name: String(id) }) : done(wholeOf(row))
  }

  async function save(id: TemplateId | null, draft: TemplateDraft): Promise<Outcome<Template>> {
    // Brings the language along: only who writes a template waits for it.
    const { prepareTemplate } = await import('./template-engine.ts')
    const prepared = prepareTemplate({ ...draft })
    if (!prepared.ok) return failed('template.wrong', { name: draft.name, faults: [...prepared.faults] })
    const other = byName.get(draft.name)
    if (other !== undefined && other['id'] !== id) return failed('input.invalid', { fields: [{ path: 'name', problem: 'name-taken' }] })
    if (id !== null && byId.get(id) === undefined) return failed('template.unknown', { name: String(id) })
    const saved = id === null ? Number(insert.run(...valuesOf(draft)).lastInsertRowid) : id
    if (id !== null) update.run(...valuesOf(draft), id)
    changed()
    return get(saved)
  }

  return {
    list: () => all.all().map(rowOf),
    get,
    find(key) {
      const row = byName.get(key.trim()) ?? (/^\d{1,15}$/.test(key) ? byId.get(Number(key)) : undefined)
      return row === undefined ? failed('template.unknown', { name: key }) : done(wholeOf(row))
    },
    save,
    remove(id) {
      const folder = inUse.get(id)
      if (folder !== undefined) return failed('template.in-use', { name: String(folder['path']) })
      if (Number(remove.run(id).changes) === 0) return failed('template.unknown', { name: String(id) })
      changed()
      return done(undefined)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function rowOf(raw: Record<string, unknown>): TemplateRow {
  const { document_type: documentType, changed_at: changedAt, ...row } = columns.parse(raw)
  return templateRowSchema.parse({ ...row, documentType, changedAt: new Date(changedAt).toISOString() })
}

function wholeOf(raw: Record<string, unknown>): Template {
  return templateSchema.parse({ ...rowOf(raw), ...texts.parse(raw) })
}
