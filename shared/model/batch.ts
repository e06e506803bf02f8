/**
 * Many mails from one table and one template (PRODUCT D9):
 *
 *   open (the table is read fully) ─▶ check (every row: address, fields, file, sent before?) ─▶ preview of every mail
 *                                                        └─▶ queue: checked again, then all of them in one transaction, or none
 */
import { z } from 'zod'
import { accountIdSchema } from './account.ts'
import { mailProblemSchema, mergedMailSchema, templateIdSchema } from './template.ts'

// oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
const controls = /[\u0000-\u0008\u000b-\u000c\u000e-\u001f\u007f-\u009f]/

/** A table that was opened; it is kept until the program ends, or several others were opened. */
export const openedTableIdSchema = z.string().min(1).max(64)

/** A batch that was queued. */
export const batchRowSchema = z.object({
  id: z.string(),
  /** The table's file. */
  name: z.string(),
  templateName: z.string(),
  accountId: accountIdSchema,
  createdAt: z.string(),
  mails: z.number().int(),
})
export type BatchRow = z.infer<typeof batchRowSchema>

/** What can be done to all mails of a batch that are not sent yet. */
export const batchMoveSchema = z.enum(['pause', 'continue', 'cancel'])
export type BatchMove = z.infer<typeof batchMoveSchema>

/** Where the mails of a batch stand, and to how many of them each move would do something. */
export const batchStandingSchema = z.object({
  pause: z.number().int(),
  /** On hold, for whatever reason but doubt. */
  continue: z.number().int(),
  cancel: z.number().int(),
  /** In a run's hands this moment: they go out, or follow when they come back. */
  underWay: z.number().int(),
  /** On hold because they may have been sent already: each is a person's own decision. */
  doubted: z.number().int(),
  sent: z.number().int(),
  /** An error, or an outcome nobody knows. */
  needsPerson: z.number().int(),
})
export type BatchStanding = z.infer<typeof batchStandingSchema>

/** Field, such as `document.number` → the column that has it. */
const columnsOfFieldsSchema = z.record(z.string().regex(/^(?:recipient|document)\.[\p{L}\p{N}_]{1,60}$/u), z.string().max(500))

export const openedTableSchema = z.object({
  id: openedTableIdSchema,
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.number().int(),
  /** What people call the first row. */
  firstRow: z.number().int(),
  sample: z.array(z.array(z.string())),
  mapping: columnsOfFieldsSchema,
  /** How each row's PDF is called, where the table tells. */
  fileRule: z.string().nullable(),
})
export type OpenedTable = z.infer<typeof openedTableSchema>

/** Files are read from where they are, or were handed over by a window, which knows no paths. */
const fileSourceSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('folder'), path: z.string().min(1).max(4096) }),
  z.object({ is: z.literal('handed'), handles: z.array(z.string()).max(100_000) }),
])
export type FileSource = z.infer<typeof fileSourceSchema>

/** Another value for one cell of the table: the file stays as it is. */
const cellCorrectionSchema = z.strictObject({
  index: z.number().int().nonnegative(),
  column: z.string().max(500),
  /** Controls but tab and line ends are in no cell; the table is read by the same rule. */
  value: z.string().max(32_767).trim().refine((text) => !controls.test(text), 'wrong-type'),
})
export type CellCorrection = z.infer<typeof cellCorrectionSchema>

export const batchOrderSchema = z.strictObject({
  accountId: accountIdSchema,
  templateId: templateIdSchema,
  mapping: columnsOfFieldsSchema,
  /** null = no file. `rule` is a pattern such as `{invoice}.pdf`. */
  files: z.strictObject({ rule: z.string().trim().min(1, 'empty').max(300, 'too-long'), from: fileSourceSchema }).nullable().default(null),
  /** Numbers, or names of files, of documents that go out although they were queued before. */
  again: z.array(z.string().min(1).max(300)).max(10_000).default([]),
  /** Rows that are left out, by their index. */
  without: z.array(z.number().int().nonnegative()).max(100_000).default([]),
  /** Of several for the same cell the last counts. */
  corrections: z.array(cellCorrectionSchema).max(20_000).default([]),
  /** Rows whose document was queued for the same recipient before are left out, instead of being a problem. */
  skipQueued: z.boolean().default(false),
  /** Every mail is held until somebody releases it. */
  hold: z.boolean().default(false),
  /** None is sent before then; null = as soon as possible. */
  notBefore: z.iso.datetime().nullable().default(null),
})
export type BatchOrder = z.infer<typeof batchOrderSchema>

/** One mail to be, in short. `index` counts from 0, `row` as people count in the table. */
export const batchMailRowSchema = z.object({
  index: z.number().int(),
  row: z.number().int(),
  to: z.string(),
  subject: z.string(),
  file: z.string().nullable(),
  problems: z.array(mailProblemSchema),
  leftOut: z.boolean(),
  /** Something in it is not as the table's file has it. */
  corrected: z.boolean(),
})
export type BatchMailRow = z.infer<typeof batchMailRowSchema>

/** One mail to be, as its recipient will see it. */
export const batchMailSchema = batchMailRowSchema.extend({
  from: z.object({ name: z.string(), address: z.string() }),
  cc: z.string(),
  mail: mergedMailSchema.nullable(),
  /** What the program would ask for with `again`. */
  number: z.string().nullable(),
  fileSize: z.number().nullable(),
  /** The row as it was checked, cell by cell; `inFile` is what stands in the file. */
  cells: z.array(z.object({ column: z.string(), value: z.string(), inFile: z.string() })),
})
export type BatchMail = z.infer<typeof batchMailSchema>
