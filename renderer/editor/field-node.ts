/**
 * A merge field or command of a template, `{{ … }}` or `{% … %}`, as one piece: it is formatted and deleted as a whole, so that no
 * formatting can get between its letters. What it says is never changed.
 */
import { $applyNodeReplacement, type EditorConfig, TextNode } from 'lexical'
import { liquidPieces } from './liquid-html.ts'

export class FieldNode extends TextNode {
  override $config() {
    return this.config('field', { extends: TextNode })
  }

  override createDOM(config: EditorConfig): HTMLElement {
    const element = super.createDOM(config)
    const theme: unknown = config.theme['field']
    if (typeof theme === 'string') element.classList.add(...theme.split(' '))
    return element
  }

  override canInsertTextBefore(): boolean {
    return false
  }

  override canInsertTextAfter(): boolean {
    return false
  }
}

function $createFieldNode(text: string): FieldNode {
  return $applyNodeReplacement(new FieldNode(text).setMode('token'))
}

/** A text with fields in it → the same text in pieces. For the editor, after every change. */
export function $splitFields(node: TextNode): void {
  if (node instanceof FieldNode || !node.isSimpleText()) return
  const [found] = node.getTextContent().matchAll(liquidPieces)
  if (found === undefined) return
  const end = found.index + found[0].length
  const pieces = node.splitText(...(found.index === 0 ? [end] : [found.index, end]))
  const piece = pieces[found.index === 0 ? 0 : 1]
  if (piece === undefined) return
  const field = $createFieldNode(found[0]).setFormat(piece.getFormat()).setStyle(piece.getStyle())
  const wasSelected = piece.isSelected()
  piece.replace(field)
  if (wasSelected) field.selectEnd()
}
