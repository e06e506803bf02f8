import { describe, expect, test } from 'vitest'
import { type MergeFields, prepareTemplate } from '../../../../electron/outbox/templates/template-engine.ts'
import { senderFieldsOf } from '../../../../electron/outbox/templates/sender-fields.ts'
import { starterTemplates } from '../../../../shared/words/starter-templates.ts'
import type { TemplateText } from '../../../../shared/model/template.ts'
import { draftOf } from '../../../fakes/one-account.ts'

const fields = (document: Record<string, string> = {}, recipient: Record<string, string> = { name: 'Anna', address: 'anna@customer.example' }): MergeFields => ({
  sender: { name: 'Office', organization: '' }, recipient, document, today: '2027-01-31',
})
const text = (change: Partial<TemplateText>): TemplateText => ({ language: 'en', documentType: 'invoice', subject: 'Hello', text: 'Hello', html: null, ...change })
function ready(change: Partial<TemplateText>, conventions?: Parameters<typeof prepareTemplate>[1]) {
  const prepared = prepareTemplate(text(change), conventions)
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.faults))
  return prepared.template
}
const faultsOf = (change: Partial<TemplateText>) => {
  const prepared = prepareTemplate(text(change))
  return prepared.ok ? [] : prepared.faults
}
const said = (body: string, document: Record<string, string> = {}, language: 'en' | 'nl' = 'en') => ready({ text: body, language }).merge(fields(document))

describe('a field that has no value', () => {
  test('refuses the mail and is named, whether it is missing or empty', () => {
    expect(said('Invoice {{ document.number }}')).toMatchObject({ problem: { code: 'field-missing', field: 'document.number' } })
    expect(said('Invoice {{ document.number }}', { number: '  ' })).toMatchObject({ problem: { code: 'field-missing', field: 'document.number' } })
    expect(said('{{ sender.organization }}')).toMatchObject({ problem: { code: 'field-missing', field: 'sender.organization' } })
  })
  test('is no matter where the template asks for it first, or says what to write instead', () => {
    expect(said('A{% if document.po %} PO {{ document.po }}{% endif %} {{ document.po | default: "-" }}')).toMatchObject({ mail: { text: 'A -' } })
  })
  test('is not found on the program instead', () => {
    for (const name of ['document.constructor', 'document.__proto__', 'recipient.toString']) expect(said(`{{ ${name} }}`)).toMatchObject({ problem: { code: 'field-missing' } })
  })
})

describe('a wrong template', () => {
  test('is told by part, line and column, each part for itself', () => {
    expect(faultsOf({ subject: '{{ document.number | amout }}', text: 'Dear\n{% if document.date %}x', html: '<p>{{ invoice.number }}</p>' })).toEqual([
      { part: 'subject', code: 'unknown-filter', line: 1, column: 1, name: 'amout' },
      { part: 'text', code: 'not-closed', line: 2, column: 1, name: 'if document.date' },
      { part: 'html', code: 'unknown-field', line: 1, column: 7, name: 'invoice.number' },
    ])
    expect(faultsOf({ text: 'a {{ document.number' })).toMatchObject([{ code: 'not-closed', line: 1, column: 3 }])
    expect(faultsOf({ text: '{{ }}' })).toMatchObject([{ code: 'not-understood', line: 1, column: 4 }])
  })
  test('reads no other file', () => {
    for (const tag of ['include "/etc/passwd"', 'render "x"', 'layout "x"']) expect(faultsOf({ text: `{% ${tag} %}` })).toMatchObject([{ code: 'unknown-tag' }])
  })
  test('does not work for ever, nor write a mail without end', () => {
    expect(said('{% for a in (1..100000000) %}x{% endfor %}')).toMatchObject({ problem: { code: 'too-much-work' } })
    expect(said('{% for a in (1..1000) %}{% for b in (1..1000) %}x{% endfor %}{% endfor %}')).toMatchObject({ problem: { code: 'too-much-work' } })
    expect(ready({ subject: '{{ document.long }}' }).merge(fields({ long: 'x'.repeat(999) }))).toMatchObject({ problem: { code: 'too-long', field: 'subject' } })
  })
})

describe('what a mail says', () => {
  test('is written in the language of the template', () => {
    const document = { date: '2027-01-03', amount: '1234.5', currency: 'EUR' }
    const body = '{{ document.date | date }}; {{ document.amount | amount: document.currency }}; {{ document.amount | amount }}'
    const plain = (outcome: ReturnType<typeof said>) => ('mail' in outcome ? outcome.mail.text.replaceAll('\u00a0', ' ') : outcome)
    expect(plain(said(body, document, 'en'))).toBe('3 January 2027; €1,234.50; 1,234.50')
    expect(plain(said(body, document, 'nl'))).toBe('3 januari 2027; € 1.234,50; 1.234,50')
  })
  test('escapes what a table says in HTML, and nothing in text', () => {
    const merged = ready({ subject: '{{ recipient.name }}', text: '{{ recipient.name }}', html: '<p>{{ recipient.name }}</p>' }).merge(fields({}, { name: 'A & <b>\n' }))
    expect(merged).toEqual({ mail: { subject: 'A & <b>', text: 'A & <b>\n', html: '<p>A &amp; &lt;b&gt;\n</p>' } })
  })
  test('refuses a date or an amount it cannot read, or could read in two ways', () => {
    expect(said('{{ document.date | date }}', { date: 'soon' })).toMatchObject({ problem: { code: 'not-a-date', value: 'soon' } })
    expect(said('{{ document.date | date }}', { date: '03/04/2027' })).toMatchObject({ problem: { code: 'unclear-date', value: '03/04/2027' } })
    expect(said('{{ document.amount | amount }}', { amount: '1.234' })).toMatchObject({ problem: { code: 'unclear-amount', value: '1.234' } })
    expect(said('{{ document.amount | amount: "EURO" }}', { amount: '1' })).toMatchObject({ problem: { code: 'not-a-currency' } })
    expect(ready({ text: '{{ document.amount | amount }}' }, { decimal: ',', dayFirst: null }).merge(fields({ amount: '1.234' }))).toMatchObject({ mail: { text: '1,234.00' } })
  })
  test('may say everything the account knows of its sender, own fields by number and by label', () => {
    const account = draftOf({ user: { displayName: 'Jo', address: 'jo@shop.example', jobTitle: 'Clerk', ownFields: [{ label: 'Cost centre', value: '42' }, { label: 'Name', value: 'not mine' }] } })
    const sender = senderFieldsOf(account)
    expect(sender).toMatchObject({ name: 'Jo', job_title: 'Clerk', field_1: '42', cost_centre: '42', field_2: 'not mine' })
  })
})

test('every template a new folder begins with can be used as it is', () => {
  const document = { number: '2027-001', date: '2027-01-03', due_date: '2027-02-03', amount: '12.50', currency: 'EUR', period: 'January 2027', description: 'your contract' }
  for (const starter of starterTemplates) {
    const merged = ready(starter).merge({ ...fields(document), sender: { name: 'Jo', organization: 'Shop' } })
    expect(merged, starter.name).toHaveProperty('mail')
    expect(JSON.stringify(merged), starter.name).not.toMatch(/\{[{%]|undefined/)
  }
})
