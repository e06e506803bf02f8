/** The mailboxes of an account (RFC 8621 section 2) as folders with readable paths: one for each, whatever they are called. */
import { z } from 'zod'
import { type FolderUse, inboxPath } from '../../../shared/model/folder.ts'
import type { ServerFolder } from '../../../shared/model/server-folder.ts'
import { withUsesByName } from '../imap/special-use.ts'
import type { Call } from './jmap-client.ts'
import { idSchema } from './session-resource.ts'

const mailboxSchema = z.object({
  id: idSchema,
  name: z.string().max(1000),
  parentId: idSchema.nullish(),
  role: z.string().max(100).nullish(),
  totalEmails: z.number().int().nonnegative().default(0),
  myRights: z.object({ mayReadItems: z.boolean().default(true) }).nullish(),
})
type Mailbox = z.infer<typeof mailboxSchema>

export const mailboxesSchema = z.object({ list: z.array(mailboxSchema).max(20_000) })

export const askForMailboxes: Call = { method: 'Mailbox/get', with: { ids: null, properties: ['id', 'name', 'parentId', 'role', 'totalEmails', 'myRights'] }, as: 'mailboxes' }

export interface MailboxFolder extends ServerFolder {
  readonly id: string
}

/** What the names in a path are parted by here; JMAP itself has none. */
const delimiter = '/'
/** Deeper than any server allows; one that goes round in circles has no end. */
const deepest = 50

/** RFC 8621 section 2, the registry of RFC 8457 and 6154: those that mean something here. */
const roles: ReadonlySet<string> = new Set<FolderUse>(['inbox', 'drafts', 'sent', 'archive', 'junk', 'trash', 'all', 'flagged'])

function useOf(role: string): FolderUse | null {
  return roles.has(role) ? (role as FolderUse) : null
}

/** `status`: of all of them, as what tells that nothing happened; null = not known. */
export function foldersOf(mailboxes: readonly Mailbox[], status: string | null): readonly MailboxFolder[] {
  const byId = new Map(mailboxes.map((mailbox) => [mailbox.id, mailbox]))
  const inbox = mailboxes.find(({ role }) => role === 'inbox') ?? mailboxes.find(({ name, parentId }) => parentId == null && name.toLowerCase() === 'inbox')
  const taken = new Set<string>()
  const folders = mailboxes.map((mailbox): MailboxFolder => {
    const isInbox = mailbox === inbox
    const plain = pathOf(mailbox)
    // Two of one path, and one that looks like the inbox and is not, are told apart by what the server calls them.
    const path = !isInbox && (taken.has(plain) || plain === inboxPath) ? `${plain} (${mailbox.id})` : plain
    taken.add(path)
    const use = isInbox ? 'inbox' : useOf(mailbox.role ?? '')
    return { id: mailbox.id, path, delimiter, use: use === 'inbox' && !isInbox ? null : use, holdsMessages: mailbox.myRights?.mayReadItems !== false, status, messages: mailbox.totalEmails }
  })
  return withUsesByName(folders)

  function pathOf(mailbox: Mailbox): string {
    const parts: string[] = []
    for (let one: Mailbox | undefined = mailbox; one !== undefined && parts.length < deepest; one = byId.get(one.parentId ?? '')) {
      parts.unshift(one === inbox ? inboxPath : shown(one.name))
    }
    return parts.join(delimiter).slice(0, 2000)
  }
}

/** A name may have the delimiter in it, which would make it two. */
function shown(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').replaceAll(delimiter, '∕').trim() || '?'
}

/** The other way round, for a new one. */
export function partsOf(path: string): { readonly parent: string | null; readonly name: string } {
  const cut = path.lastIndexOf(delimiter)
  return { parent: cut > 0 ? path.slice(0, cut) : null, name: path.slice(cut + 1).replaceAll('∕', delimiter) }
}
