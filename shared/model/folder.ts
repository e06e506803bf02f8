/**
 * A folder of an account as the server has it (RFC 9051 section 5.1), or had it: what was stored from it stays here. POP3 knows
 * one folder, INBOX.
 */
import { z } from 'zod'
import { accountIdSchema } from './account.ts'

/**
 * What a folder is for (RFC 6154), whatever it is called. `not-on-server` is no folder of the server's: it shows the messages
 * that somebody took away there and that are kept here.
 */
export const folderUseSchema = z.enum(['inbox', 'drafts', 'sent', 'archive', 'junk', 'trash', 'all', 'flagged', 'not-on-server'])
export type FolderUse = z.infer<typeof folderUseSchema>

/** The one name that every server has for it (RFC 9051 section 5.1). */
export const inboxPath = 'INBOX'

/** The path that stands for `not-on-server`: no server can have a folder of that name. */
export const notOnServerPath = ''

export const folderPathSchema = z.string().max(2000)

export const folderSchema = z.object({
  accountId: accountIdSchema,
  /** The whole name, readable, with its parents; what `mail.list` and a message's `folder` go by. */
  path: folderPathSchema,
  /** The last part of the path. */
  name: z.string(),
  /** Path of the folder it stands in; null = in none. */
  parent: folderPathSchema.nullable(),
  use: folderUseSchema.nullable(),
  /** False = it only holds other folders. */
  holdsMessages: z.boolean(),
  /** False = the server has it no more, and messages from it are here. */
  onServer: z.boolean(),
  messages: z.number().int().nonnegative(),
  unseen: z.number().int().nonnegative(),
})
export type Folder = z.infer<typeof folderSchema>

/** What a person can have the server do with its folders; paths with their parents, as `folder.path`. */
const newPathSchema = folderPathSchema.min(1).max(500).regex(/^[^\p{Cc}*%]*$/u)
export const folderChangeSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('create'), path: newPathSchema }),
  z.object({ do: z.literal('rename'), path: folderPathSchema.min(1), to: newPathSchema }),
  z.object({ do: z.literal('delete'), path: folderPathSchema.min(1) }),
])
export type FolderChange = z.infer<typeof folderChangeSchema>

/** As people look for them: first what has a use, then by name; a folder always before those that stand in it. */
const order: readonly (FolderUse | null)[] = ['inbox', 'flagged', 'drafts', 'sent', 'archive', null, 'all', 'junk', 'trash', 'not-on-server']

export function compareFolders(one: Pick<Folder, 'use' | 'path'>, other: Pick<Folder, 'use' | 'path'>): number {
  return order.indexOf(one.use) - order.indexOf(other.use) || one.path.localeCompare(other.path)
}
