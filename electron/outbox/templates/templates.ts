/** Templates for the mails that carry documents (PRODUCT D8), kept until somebody removes them. */
import type { Outcome } from '../../../shared/failures/failure.ts'
import type { Template, TemplateDraft, TemplateId, TemplateRow } from '../../../shared/model/template.ts'

export interface Templates {
  /** By name. */
  list(): readonly TemplateRow[]
  get(id: TemplateId): Outcome<Template>
  /** By name, whatever its case, or by number. */
  find(key: string): Outcome<Template>
  /** `id` null = a new one. `template.wrong` says where; `input.invalid` where the name is taken. Durable when it answers. */
  save(id: TemplateId | null, draft: TemplateDraft): Promise<Outcome<Template>>
  /** `template.in-use` while a watched folder needs it. */
  remove(id: TemplateId): Outcome<void>
  onChange(listener: () => void): () => void
}
