/** What a key does in the folder tree (WAI-ARIA Authoring Practices, tree view pattern). */
import type { FolderNode } from './folder-nodes.ts'

export type TreeStep = { readonly is: 'go'; readonly key: string } | { readonly is: 'open' | 'close' | 'choose' }

/** `shown`: the nodes that are not inside a collapsed one. null = it is no key of the tree. */
export function stepInTree(key: string, from: FolderNode, shown: readonly FolderNode[], collapsed: ReadonlySet<string>): TreeStep | null {
  const at = shown.indexOf(from)
  const go = (node: FolderNode | undefined): TreeStep | null => (node === undefined ? null : { is: 'go', key: node.key })
  const isOpen = from.hasChildren && !collapsed.has(from.key)
  switch (key) {
    case 'ArrowDown':
      return go(shown[at + 1])
    case 'ArrowUp':
      return go(shown[at - 1])
    case 'Home':
      return go(shown[0])
    case 'End':
      return go(shown.at(-1))
    case 'ArrowRight':
      if (!from.hasChildren) return null
      return isOpen ? go(shown[at + 1]) : { is: 'open' }
    case 'ArrowLeft':
      return isOpen ? { is: 'close' } : go(shown.find((node) => node.key === from.parent))
    case 'Enter':
    case ' ':
      if (from.place !== null) return { is: 'choose' }
      return { is: isOpen ? 'close' : 'open' }
    default:
      return go(named(key, shown, at))
  }
}

/** The next node whose name begins with what was typed. `/` is not the tree's: it goes to the search field. */
function named(typed: string, shown: readonly FolderNode[], at: number): FolderNode | undefined {
  if (!/^[\p{L}\p{N}]$/u.test(typed)) return undefined
  const after = [...shown.slice(at + 1), ...shown.slice(0, at + 1)]
  return after.find(({ name }) => name.toLocaleLowerCase().startsWith(typed.toLocaleLowerCase()))
}
