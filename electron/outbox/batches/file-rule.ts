/**
 * The name of a row's PDF: a pattern with columns or fields in braces, such as `{invoice}.pdf`. What comes out is a plain name in
 * one folder; whatever leads out of it, or is no name on some system, is refused.
 */
import { mailProblem, type MailProblem, fieldName } from '../../../shared/model/template.ts'
import type { RowFields } from './row-fields.ts'

export type FileName = { readonly name: string } | { readonly problem: MailProblem }

// oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
const notInNames = /[/\\:*?"<>|\u0000-\u001f\u007f]/

export function fileNameBy(rule: string, fields: RowFields): FileName {
  let missing: string | null = null
  const name = rule.replaceAll(/\{([^{}]*)\}/g, (_, key: string) => {
    const value = valueOf(key.trim(), fields)
    if (value === '') missing ??= key.trim()
    return value
  }).trim()
  if (missing !== null) return { problem: mailProblem('file-unnamed', { field: missing }) }
  if (name === '' || name.length > 200 || /^\.|\.$/.test(name) || notInNames.test(name) || !name.isWellFormed()) return { problem: mailProblem('file-name', { value: name }) }
  return { name }
}

function valueOf(key: string, { recipient, document }: RowFields): string {
  const [part, name = ''] = key.split('.')
  if (part === 'recipient') return recipient[name] ?? ''
  if (part === 'document') return document[name] ?? ''
  return document[fieldName(key)] ?? ''
}
