/** What a template says while it is written: for a real row, or for made-up values that show what each field is. */
import type { Account } from '../../../shared/model/account.ts'
import type { MailProblem, MergedMail, TemplateFault, TemplateText } from '../../../shared/model/template.ts'
import { conventionsOf } from './read-values.ts'
import { senderFieldsOf } from './sender-fields.ts'
import { prepareTemplate } from './template-engine.ts'

export interface TemplatePreview {
  readonly faults: TemplateFault[]
  readonly problem: MailProblem | null
  readonly mail: MergedMail | null
  readonly to: string
  /** Fields it names. */
  readonly fields: string[]
}

interface Row {
  readonly recipient: Readonly<Record<string, string>>
  readonly document: Readonly<Record<string, string>>
}

export function previewTemplate(template: TemplateText, account: Account | null, row: Row | null, now: Date): TemplatePreview {
  const { recipient, document } = row ?? sampleFor(template, now)
  const prepared = prepareTemplate(template, conventionsOf(Object.values(document)))
  const to = [recipient['name'], recipient['address']].filter((part) => part !== undefined && part !== '').join(', ')
  if (!prepared.ok) return { faults: [...prepared.faults], problem: null, mail: null, to, fields: [] }
  const { template: ready } = prepared
  const sender = account === null ? sampleSender : senderFieldsOf(account)
  // A field that only this template has shows its own name.
  const own = row === null ? Object.fromEntries(ready.fields.filter((field) => field.startsWith('document.')).map((field) => [field.slice('document.'.length), `[${field.slice('document.'.length)}]`])) : {}
  const merged = ready.merge({ sender, recipient, document: { ...own, ...document }, today: now.toISOString().slice(0, 10) })
  return { faults: [], problem: 'problem' in merged ? merged.problem : null, mail: 'mail' in merged ? merged.mail : null, to, fields: [...ready.fields] }
}

const sampleSender = { name: 'Jo Jansen', address: 'jo@example.nl', organization: 'Example', job_title: '', telephone: '', reply_to_name: '', reply_to_address: '' }

function sampleFor({ language }: TemplateText, now: Date): Row {
  const day = (after: number) => new Date(now.getTime() + after * 86_400_000).toISOString().slice(0, 10)
  const month = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric' }).format(now)
  return {
    recipient: { name: 'Anna de Vries', address: 'anna@example.nl' },
    document: {
      number: `${now.getFullYear()}-001`, date: day(0), due_date: day(14), amount: '1234.50', currency: 'EUR', period: month,
      description: language === 'nl' ? 'uw contract' : 'your contract', reference: 'A-17',
    },
  }
}
