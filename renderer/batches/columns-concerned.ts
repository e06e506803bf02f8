/** Which columns of a table the problems of a row have to do with, so that they can be corrected first. */
import { fieldName, type MailProblem } from '../../shared/model/template.ts'

export interface TableAsMapped {
  readonly columns: readonly string[]
  readonly mapping: Readonly<Record<string, string>>
  /** How the row's file is called, such as `{invoice}.pdf`; '' = it has none. */
  readonly rule: string
}

export function columnsConcerned(problems: readonly MailProblem[], { columns, mapping, rule }: TableAsMapped): ReadonlySet<string> {
  const found = problems.flatMap(({ code, field }) => {
    if (code === 'no-address') return columnsOf('recipient.address')
    if (code === 'not-an-address' || code === 'too-many-addresses') return [...columnsOf('recipient.address'), ...columnsOf('recipient.cc')]
    if (code.startsWith('file-')) return [...rule.matchAll(/\{([^{}]*)\}/g)].flatMap(([, key = '']) => columnsOf(key.trim()))
    if (code === 'twice-in-table' || code === 'queued-before') return columnsOf('document.number')
    return field === null ? [] : columnsOf(field)
  })
  return new Set(found)

  /** A field's column is what it is mapped to; else the one of that name. */
  function columnsOf(field: string): readonly string[] {
    const mapped = mapping[field]
    if (mapped !== undefined) return [mapped]
    return columns.filter((column) => column === field || fieldName(column) === fieldName(field.replace(/^document\./, '')))
  }
}
