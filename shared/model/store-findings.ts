/** Where the message files and the index disagree, as the doctor finds it and tells what became of it. */
import { z } from 'zod'

const storeFindingSchema = z.enum([
  /** A row whose file is not there, has another length, or cannot be read. */
  'file-missing', 'file-changed', 'file-unreadable',
  /** A message file no row knows. */
  'file-unknown',
  /** A message without words in the search index, words without a message, a search index that is broken. */
  'not-searchable', 'search-leftover', 'search-damaged',
  /** A message whose server id is not noted: it would be fetched a second time. */
  'not-in-ledger',
  /** A message that stands in no folder, so that no folder shows it. */
  'in-no-folder',
  /** A file with the same bytes as a message of that account, and one whose name Mailroom does not give: only named. */
  'double', 'strange-name',
])
export type StoreFinding = z.infer<typeof storeFindingSchema>

/** The order in which a person is told; what is only named comes last. */
export const storeFindings: readonly StoreFinding[] = storeFindingSchema.options

/** Nothing is wrong with these, and nothing is done about them. */
export function isRemark(finding: StoreFinding): boolean {
  return finding === 'double' || finding === 'strange-name'
}

export const storeReportSchema = z.object({
  /** Message files seen. */
  files: z.number(),
  found: z.partialRecord(storeFindingSchema, z.number()),
  /** Of what was found, without remarks: put right, and still there. */
  mended: z.number(),
  left: z.number(),
  /** The first of them that are about a file, by its path below the folder of all mail. */
  named: z.array(z.object({ finding: storeFindingSchema, file: z.string() })),
})
export type StoreReport = z.infer<typeof storeReportSchema>

/** So many are named; the counts tell of all. */
export const namedAtMost = 100

export const emptyStoreReport: StoreReport = { files: 0, found: {}, mended: 0, left: 0, named: [] }
