/** The editor without a window: what is put in, and what comes out. */
import { LinkNode } from '@lexical/link'
import { ListItemNode, ListNode } from '@lexical/list'
import { QuoteNode } from '@lexical/rich-text'
import { $getRoot, $nodesOfType, createEditor, TextNode } from 'lexical'
import { $exportHtml } from '../../../../renderer/editor/export-html.ts'
import { $splitFields, FieldNode } from '../../../../renderer/editor/field-node.ts'
import { $importHtml } from '../../../../renderer/editor/import-html.ts'

export function throughEditor(html: string, { change = () => undefined }: { readonly change?: () => void } = {}): string {
  const editor = createEditor({ nodes: [LinkNode, ListNode, ListItemNode, QuoteNode, FieldNode], onError: (error) => { throw error } })
  let out = ''
  editor.update(() => {
    $getRoot().clear().append(...$importHtml(html))
    const all = () => [...$nodesOfType(TextNode)]
    for (let before = -1; before !== all().length;) {
      before = all().length
      all().forEach($splitFields)
    }
    change()
    out = $exportHtml()
  }, { discrete: true })
  return out
}
