/**
 * What is said in a mail that carries a document (PRODUCT D8): subject, text and perhaps HTML with merge fields, written in
 * Liquid. Fields are `sender.…` (the account's user information), `recipient.…` and `document.…` (what a table says about each
 * mail), and `today`. Every field that is printed must have a value, unless the template gives it one with `| default: "…"` or
 * asks for it with `{% if … %}`: a mail that lacks one is refused, and only that mail.
 */
import { z } from 'zod'
import { missingOr } from './field-problem.ts'
import { languageSchema } from './preferences.ts'
import { line, paragraph, requiredLine } from './text-field.ts'

/** Known by name; any other short name is a type of the user's own. */
export const documentTypes = ['invoice', 'statement', 'payslip', 'letter'] as const
export type DocumentType = (typeof documentTypes)[number]

export function isKnownType(type: string): type is DocumentType {
  return (documentTypes as readonly string[]).includes(type)
}

export const templateIdSchema = z.number().int().positive()
export type TemplateId = z.infer<typeof templateIdSchema>

const written = (max: number) => paragraph(max).refine((text) => text.trim() !== '', 'empty')

export const templateDraftSchema = z.strictObject({
  name: requiredLine(100),
  documentType: requiredLine(40),
  /** Dates and amounts are written as people of this language do. */
  language: languageSchema,
  subject: requiredLine(998),
  text: written(200_000),
  /** null = text only. */
  html: written(500_000).nullable().default(null),
}, { error: missingOr() })
export type TemplateDraft = z.infer<typeof templateDraftSchema>

export const templateSchema = templateDraftSchema.extend({ id: templateIdSchema, changedAt: z.string() })
export type Template = z.infer<typeof templateSchema>

export const templateRowSchema = templateSchema.pick({ id: true, name: true, documentType: true, language: true, subject: true, changedAt: true })
export type TemplateRow = z.infer<typeof templateRowSchema>

/** While it is written it may be wrong: what is checked and previewed is any text. */
export const templateTextSchema = z.strictObject({
  language: languageSchema,
  documentType: line(40).default('letter'),
  subject: z.string().max(5000),
  text: z.string().max(500_000),
  html: z.string().max(1_000_000).nullable().default(null),
})
export type TemplateText = z.infer<typeof templateTextSchema>

const templatePartSchema = z.enum(['subject', 'text', 'html'])
export type TemplatePart = z.infer<typeof templatePartSchema>

/** Where a template is wrong. Lines and columns count from 1; `name` is the filter, tag or field it is about. */
export const templateFaultSchema = z.object({
  part: templatePartSchema,
  code: z.enum(['unknown-filter', 'unknown-tag', 'not-closed', 'unknown-field', 'not-understood']),
  line: z.number().int().positive(),
  column: z.number().int().positive(),
  name: z.string(),
})
export type TemplateFault = z.infer<typeof templateFaultSchema>

/** Why one mail cannot be made or may not be queued. `field` is a field or a column, `value` what stands there. */
export const mailProblemSchema = z.object({
  code: z.enum([
    'field-missing', 'not-a-date', 'unclear-date', 'not-an-amount', 'unclear-amount', 'not-a-currency', 'unknown-style', 'too-long', 'too-much-work', 'template-wrong',
    'no-address', 'not-an-address', 'too-many-addresses',
    'file-unnamed', 'file-name', 'file-missing', 'file-not-regular', 'file-not-pdf', 'file-not-whole', 'file-too-large', 'file-changed',
    'twice-in-table', 'queued-before',
  ]),
  field: z.string().nullable(),
  value: z.string().nullable(),
  /** When the same document was queued for the same recipient, ISO 8601. */
  at: z.string().nullable(),
  /** The row that has the same, as people count them in the table. */
  row: z.number().nullable(),
})
export type MailProblem = z.infer<typeof mailProblemSchema>

export function mailProblem(code: MailProblem['code'], about: Partial<Omit<MailProblem, 'code'>> = {}): MailProblem {
  return { code, field: about.field ?? null, value: about.value?.slice(0, 300) ?? null, at: about.at ?? null, row: about.row ?? null }
}

/** Fields every template can use, by where they come from. Beside them every column of a table is `document.…` by its own name. */
export const recipientFields = ['address', 'name', 'cc'] as const
export const documentFields = ['number', 'date', 'due_date', 'amount', 'currency', 'period', 'description', 'reference'] as const

/** A heading as a field's name: `Invoice no.` is `invoice_no`. */
export function fieldName(heading: string): string {
  return heading.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_+|_+$/g, '')
}

/** What a mail made from a template says. */
export const mergedMailSchema = z.object({ subject: z.string(), text: z.string(), html: z.string().nullable() })
export type MergedMail = z.infer<typeof mergedMailSchema>
