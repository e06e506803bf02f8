/** The templates a new data folder begins with, to be used as they are or made one's own. A third language is four more here. */
import type { TemplateDraft } from '../model/template.ts'

const signedEn = '\n\nKind regards,\n\n{{ sender.name }}{% if sender.job_title %}\n{{ sender.job_title }}{% endif %}{% if sender.organization %}\n{{ sender.organization }}{% endif %}{% if sender.telephone %}\n{{ sender.telephone }}{% endif %}\n'
const signedNl = signedEn.replace('Kind regards', 'Met vriendelijke groet')
const greetingEn = 'Dear {{ recipient.name | default: "customer" }},\n\n'
const greetingNl = 'Geachte {{ recipient.name | default: "heer, mevrouw" }},\n\n'

export const starterTemplates: readonly TemplateDraft[] = [
  {
    name: 'Invoice', documentType: 'invoice', language: 'en', html: null,
    subject: 'Invoice {{ document.number }}{% if sender.organization %} from {{ sender.organization }}{% endif %}',
    text: `${greetingEn}Attached you find invoice {{ document.number }}{% if document.date %} of {{ document.date | date }}{% endif %}{% if document.amount %}{% assign currency = document.currency | default: "" %} for {{ document.amount | amount: currency }}{% endif %}.{% if document.due_date %}\n\nPlease pay it by {{ document.due_date | date }}.{% endif %}${signedEn}`,
  },
  {
    name: 'Statement', documentType: 'statement', language: 'en', html: null,
    subject: 'Your statement{% if document.period %} for {{ document.period }}{% endif %}',
    text: `${greetingEn}Attached you find your statement{% if document.period %} for {{ document.period }}{% endif %}.{% if document.amount %}{% assign currency = document.currency | default: "" %} The balance is {{ document.amount | amount: currency }}.{% endif %}${signedEn}`,
  },
  {
    name: 'Payslip', documentType: 'payslip', language: 'en', html: null,
    subject: 'Payslip {{ document.period }}',
    text: `Dear {{ recipient.name }},\n\nAttached you find your payslip for {{ document.period }}.${signedEn}`,
  },
  {
    name: 'Letter', documentType: 'letter', language: 'en', html: null,
    subject: '{{ document.description }}',
    text: `${greetingEn}Attached you find our letter about {{ document.description }}.${signedEn}`,
  },
  {
    name: 'Factuur', documentType: 'invoice', language: 'nl', html: null,
    subject: 'Factuur {{ document.number }}{% if sender.organization %} van {{ sender.organization }}{% endif %}',
    text: `${greetingNl}Bijgaand vindt u factuur {{ document.number }}{% if document.date %} van {{ document.date | date }}{% endif %}{% if document.amount %}{% assign currency = document.currency | default: "" %} ten bedrage van {{ document.amount | amount: currency }}{% endif %}.{% if document.due_date %}\n\nWilt u deze uiterlijk {{ document.due_date | date }} betalen?{% endif %}${signedNl}`,
  },
  {
    name: 'Rekeningoverzicht', documentType: 'statement', language: 'nl', html: null,
    subject: 'Uw rekeningoverzicht{% if document.period %} over {{ document.period }}{% endif %}',
    text: `${greetingNl}Bijgaand vindt u uw rekeningoverzicht{% if document.period %} over {{ document.period }}{% endif %}.{% if document.amount %}{% assign currency = document.currency | default: "" %} Het saldo is {{ document.amount | amount: currency }}.{% endif %}${signedNl}`,
  },
  {
    name: 'Loonstrook', documentType: 'payslip', language: 'nl', html: null,
    subject: 'Loonstrook {{ document.period }}',
    text: `Beste {{ recipient.name }},\n\nBijgaand vindt u uw loonstrook over {{ document.period }}.${signedNl}`,
  },
  {
    name: 'Brief', documentType: 'letter', language: 'nl', html: null,
    subject: '{{ document.description }}',
    text: `${greetingNl}Bijgaand vindt u onze brief over {{ document.description }}.${signedNl}`,
  },
]
