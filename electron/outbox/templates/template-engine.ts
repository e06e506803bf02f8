/**
 * Templates in Liquid, which shops and accounting programs speak too. Strict: a filter or tag that does not exist is found when
 * the template is parsed, and a field without a value when it is printed. A template reads no file, sees nothing but the fields it
 * is given, and has its work counted: steps, not seconds, so that a slow moment of the machine refuses no mail.
 *
 * HTML is escaped unless the template says `| raw`.
 */
import { Context, Liquid, type Template as Node } from 'liquidjs'
import type { MergedMail, MailProblem, TemplateFault, TemplatePart, TemplateText } from '../../../shared/model/template.ts'
import { mailProblem } from '../../../shared/model/template.ts'
import type { Language } from '../../../shared/model/preferences.ts'
import { type Conventions, noConventions } from './read-values.ts'
import { addFilters, ValueError } from './template-filters.ts'
import { faultOf, missingField } from './template-errors.ts'

export const templateLimits = { parsed: 500_000, steps: 20_000, objects: 2_000_000, subject: 998, text: 1_000_000, html: 2_000_000 } as const

/** Nothing that reads another file: there is none. */
const otherFiles = ['include', 'render', 'layout', 'block']
/** What a field may begin with. */
const roots = new Set(['sender', 'recipient', 'document', 'today'])

export interface MergeFields {
  readonly sender: Readonly<Record<string, string>>
  readonly recipient: Readonly<Record<string, string>>
  readonly document: Readonly<Record<string, string>>
  /** YYYY-MM-DD. */
  readonly today: string
}

export interface ReadyTemplate {
  /** Every field it names, such as `document.number`. */
  readonly fields: readonly string[]
  merge(fields: MergeFields): { readonly mail: MergedMail } | { readonly problem: MailProblem }
}

export type PreparedTemplate = { readonly ok: true; readonly template: ReadyTemplate } | { readonly ok: false; readonly faults: readonly TemplateFault[] }

export function prepareTemplate(text: TemplateText, conventions: Conventions = noConventions): PreparedTemplate {
  const plain = liquid(text.language, conventions, false)
  const escaping = liquid(text.language, conventions, true)
  const parts = [parsePart(plain, 'subject', text.subject), parsePart(plain, 'text', text.text), ...(text.html === null ? [] : [parsePart(escaping, 'html', text.html)])]
  const faults = parts.flatMap((part) => part.faults)
  if (faults.length > 0) return { ok: false, faults }
  const [subject, body, html] = parts.map(({ nodes }) => nodes)
  return {
    ok: true,
    template: {
      fields: [...new Set(parts.flatMap((part) => part.fields))],
      merge(fields) {
        const scope = { sender: given(fields.sender), recipient: given(fields.recipient), document: given(fields.document), today: fields.today }
        try {
          const mail = {
            subject: render(plain, subject ?? [], scope).replace(/\s+/g, ' ').trim(),
            text: render(plain, body ?? [], scope),
            html: html === undefined ? null : render(escaping, html, scope),
          }
          const long = (['subject', 'text', 'html'] as const).find((part) => (mail[part]?.length ?? 0) > templateLimits[part])
          if (long !== undefined) return { problem: mailProblem('too-long', { field: long }) }
          return mail.subject === '' ? { problem: mailProblem('field-missing', { field: 'subject' }) } : { mail }
        } catch (error) {
          return { problem: problemOf(error) }
        }
      },
    },
  }
}

/** The library looks at its clock before each step: here it is a counter. */
class StepLimit {
  #left: number = templateLimits.steps

  check(): void {
    this.#left -= 1
    if (this.#left < 0) throw new Error('step limit exceeded')
  }

  use(): void {
    this.check()
  }
}

function render(engine: Liquid, nodes: Node[], scope: object): string {
  const limits = { renderLimit: new StepLimit() } as unknown as ConstructorParameters<typeof Context>[3]
  return String(engine.renderSync(nodes, new Context(scope, engine.options, { sync: true }, limits)))
}

/** An empty field is a missing one: strictness then finds both. */
function given(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== ''))
}

function liquid(language: Language, conventions: Conventions, escaping: boolean): Liquid {
  const engine = new Liquid({
    strictVariables: true, strictFilters: true, lenientIf: true, ownPropertyOnly: true,
    parseLimit: templateLimits.parsed, memoryLimit: templateLimits.objects, templates: {}, ...(escaping ? { outputEscape: 'escape' as const } : {}),
  })
  for (const tag of otherFiles) delete engine.tags[tag]
  addFilters(engine, language, conventions)
  return engine
}

interface ParsedPart {
  readonly nodes: Node[]
  readonly faults: readonly TemplateFault[]
  readonly fields: readonly string[]
}

function parsePart(engine: Liquid, part: TemplatePart, text: string): ParsedPart {
  try {
    const nodes = engine.parse(text)
    const { globals } = engine.analyzeSync(nodes, { partials: false })
    const uses = Object.values(globals).flat()
    const strangers = uses.filter(({ segments }) => !roots.has(String(segments[0])))
    const faults = strangers.map(({ segments, location: { row, col } }): TemplateFault => ({ part, code: 'unknown-field', line: row, column: col, name: segments.map(String).join('.') }))
    return { nodes, faults, fields: uses.filter(({ segments }) => segments.every((segment) => typeof segment === 'string')).map(({ segments }) => segments.join('.')) }
  } catch (error) {
    return { nodes: [], faults: [faultOf(error, part)], fields: [] }
  }
}

function problemOf(error: unknown): MailProblem {
  const original = (error as { originalError?: unknown }).originalError
  if (original instanceof ValueError) return mailProblem(original.code, { value: original.value })
  const field = missingField(error)
  if (field !== null) return mailProblem('field-missing', { field })
  return mailProblem(/limit exceeded/.test((error as Error).message) ? 'too-much-work' : 'template-wrong')
}
