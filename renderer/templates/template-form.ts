/** A template being written: what was typed, and whether anything of it is not saved. */
import type { Template, TemplateDraft, TemplateText } from '../../shared/model/template.ts'

export function newTemplate(name: string, language: TemplateDraft['language']): TemplateDraft {
  return { name, documentType: 'letter', language, subject: '{{ document.description }}', text: '', html: null }
}

export function draftOf({ id: _id, changedAt: _changedAt, ...draft }: Template): TemplateDraft {
  return draft
}

export function textOf({ language, documentType, subject, text, html }: TemplateDraft): TemplateText {
  return { language, documentType: documentType.slice(0, 40), subject: subject.slice(0, 5000), text: text.slice(0, 500_000), html: html === null ? null : html.slice(0, 1_000_000) }
}

export function differs(one: TemplateDraft, other: TemplateDraft): boolean {
  return JSON.stringify(one) !== JSON.stringify(other)
}

/** A field put where the cursor is. */
export function inserted(text: string, from: number, to: number, field: string): string {
  return text.slice(0, from) + field + text.slice(to)
}
