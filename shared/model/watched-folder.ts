/**
 * A folder in which other programs put tables and PDFs (PRODUCT D9):
 *
 *   a table beside its PDFs, nothing changed for a while ─▶ queued as a batch ─▶ all of it moved to done/
 *                                                       ├─▶ PDFs missing ────▶ waited for, for a minute after the last change
 *                                                       └─▶ not possible ─────▶ the table moved to failed/, with the reason in a file
 */
import { z } from 'zod'
import { accountIdSchema } from './account.ts'
import { templateIdSchema } from './template.ts'

export const watchedFolderIdSchema = z.number().int().positive()
export type WatchedFolderId = z.infer<typeof watchedFolderIdSchema>

export const watchedFolderDraftSchema = z.strictObject({
  /** From the root of the disk. */
  path: z.string().trim().min(1, 'empty').max(4096, 'too-long'),
  templateId: templateIdSchema,
  /** null = the default account. */
  accountId: accountIdSchema.nullable().default(null),
  /** How each row's PDF is called; null = as the table tells. */
  files: z.string().trim().min(1, 'empty').max(300, 'too-long').nullable().default(null),
  /** Network folders tell nobody of changes: look every few seconds. */
  polling: z.boolean().default(false),
  enabled: z.boolean().default(true),
})
export type WatchedFolderDraft = z.infer<typeof watchedFolderDraftSchema>

export const watchedFolderSchema = watchedFolderDraftSchema.extend({
  id: watchedFolderIdSchema,
  templateName: z.string(),
  /** What came of the last table found in it. */
  last: z.object({ at: z.string(), name: z.string(), outcome: z.enum(['queued', 'failed']) }).nullable(),
})
export type WatchedFolder = z.infer<typeof watchedFolderSchema>

/** Whether it can be read and written now. */
const folderReachSchema = z.enum(['ok', 'gone', 'no-permission'])
export type FolderReach = z.infer<typeof folderReachSchema>

export const watchedFolderViewSchema = watchedFolderSchema.extend({ reach: folderReachSchema })
export type WatchedFolderView = z.infer<typeof watchedFolderViewSchema>
