/**
 * The folder tree as a list of rows: accounts, and in each its folders, nested as the server has them. What a folder is for
 * decides its name and place, whatever the server calls it.
 */
import type { AccountId } from '../../shared/model/account.ts'
import type { Folder, FolderUse } from '../../shared/model/folder.ts'

/** What a list shows: of one account or all, one folder or all. */
export interface Place {
  readonly accountId: AccountId | null
  readonly folder: string | null
}

export type FolderIcon = FolderUse | 'folder' | 'personal' | 'team' | 'inboxes' | 'everything'

export interface FolderNode {
  readonly key: string
  /** null = it only holds others. */
  readonly place: Place | null
  readonly name: string
  readonly icon: FolderIcon
  /** 1 = the outermost. */
  readonly level: number
  readonly unseen: number
  /** Shown instead of the unread ones where all are of interest (drafts). */
  readonly counted: number | null
  /** The server has it no more. */
  readonly isGone: boolean
  readonly hasChildren: boolean
  readonly parent: string | null
  /** Among the nodes of one parent, from 1. */
  readonly position: number
  readonly siblings: number
}

export interface TreeWords {
  readonly allInboxes: string
  readonly everything: string
  readonly uses: Readonly<Record<FolderUse, string>>
}

export interface ReceivingAccount {
  readonly id: AccountId
  readonly name: string
  readonly kind: 'personal' | 'team'
}

interface Branch extends Omit<FolderNode, 'level' | 'hasChildren' | 'parent' | 'position' | 'siblings'> {
  readonly children: readonly Branch[]
}

const keyOf = ({ accountId, folder }: Place): string => JSON.stringify([accountId, folder])
export const samePlace = (one: Place, other: Place): boolean => one.accountId === other.accountId && one.folder === other.folder

/** Every node, also those inside collapsed ones, in the order in which they are shown. */
export function folderNodes(accounts: readonly ReceivingAccount[], folders: readonly Folder[], words: TreeWords): readonly FolderNode[] {
  return laidOut([...shared(accounts, folders, words), ...accounts.map((account) => branchOf(account, folders.filter(({ accountId }) => accountId === account.id), words))])
}

/** Those not inside a collapsed node. */
export function openNodes(nodes: readonly FolderNode[], collapsed: ReadonlySet<string>): readonly FolderNode[] {
  const hidden = new Set<string>()
  return nodes.filter(({ key, parent }) => {
    const isHidden = parent !== null && (hidden.has(parent) || collapsed.has(parent))
    if (isHidden) hidden.add(key)
    return !isHidden
  })
}

function shared(accounts: readonly ReceivingAccount[], folders: readonly Folder[], words: TreeWords): readonly Branch[] {
  const inboxes = folders.filter(({ use }) => use === 'inbox')
  const unseen = inboxes.reduce((sum, folder) => sum + folder.unseen, 0)
  const plain = { counted: null, isGone: false, children: [] }
  const everything = { ...plain, ...placed({ accountId: null, folder: null }), name: words.everything, icon: 'everything', unseen: 0 } as const
  const path = inboxes[0]?.path
  if (accounts.length < 2 || path === undefined) return [everything]
  return [{ ...plain, ...placed({ accountId: null, folder: path }), name: words.allInboxes, icon: 'inboxes', unseen }, everything]
}

function branchOf(account: ReceivingAccount, folders: readonly Folder[], words: TreeWords): Branch {
  const named = new Set<FolderUse>()
  const inside = (parent: string | null): readonly Branch[] =>
    folders.filter((folder) => parentOf(folder, folders) === parent).map((folder) => {
      // Where a server has two folders for one use, the second one goes by its own name.
      const use = folder.use === null || named.has(folder.use) ? null : folder.use
      if (use !== null) named.add(use)
      const place = { accountId: account.id, folder: folder.path }
      return {
        key: keyOf(place),
        place: folder.holdsMessages ? place : null,
        name: use === null ? folder.name : words.uses[use],
        icon: folder.use ?? 'folder',
        unseen: folder.use === 'drafts' ? 0 : folder.unseen,
        counted: folder.use === 'drafts' && folder.messages > 0 ? folder.messages : null,
        isGone: !folder.onServer && folder.use !== 'not-on-server',
        children: inside(folder.path),
      }
    })
  return { ...placed({ accountId: account.id, folder: null }), name: account.name, icon: account.kind, unseen: 0, counted: null, isGone: false, children: inside(null) }
}

/** Some servers keep every folder inside INBOX (RFC 2342 section 5): shown beside it, where people look for them. */
function parentOf({ use, parent }: Folder, folders: readonly Folder[]): string | null {
  if (parent === null || use === 'inbox') return null
  return folders.find(({ path }) => path === parent)?.use === 'inbox' ? null : parent
}

function placed(place: Place) {
  return { key: keyOf(place), place }
}

function laidOut(branches: readonly Branch[], level = 1, parent: string | null = null): readonly FolderNode[] {
  return branches.flatMap(({ children, ...branch }, at) => [
    { ...branch, level, parent, hasChildren: children.length > 0, position: at + 1, siblings: branches.length },
    ...laidOut(children, level + 1, branch.key),
  ])
}
