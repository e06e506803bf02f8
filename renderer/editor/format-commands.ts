/** What the buttons and keys do to what is chosen in the editor. All are called inside the editor's `update`. */
import { $createLinkNode, $isLinkNode, $toggleLink, type LinkNode } from '@lexical/link'
import { $createQuoteNode, $isQuoteNode } from '@lexical/rich-text'
import { $createParagraphNode, $createTextNode, $findMatchingParent, $getSelection, $isRangeSelection, $isTextNode, type ElementNode, type LexicalNode } from 'lexical'
import { readStyle, shownStyle, type TextStyle } from './text-style.ts'

export function $setStyle(change: Partial<TextStyle>): void {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return
  const changed = (css: string) => shownStyle({ ...readStyle(css), ...change })
  if (selection.isCollapsed()) selection.setStyle(changed(selection.style))
  else for (const node of selection.extract()) if ($isTextNode(node)) node.setStyle(changed(node.getStyle()))
}

export function $clearFormats(): void {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return
  if (selection.isCollapsed()) {
    selection.setFormat(0)
    selection.setStyle('')
  } else for (const node of selection.extract()) if ($isTextNode(node)) node.setFormat(0).setStyle('')
}

export function $quoteAround(node: LexicalNode) {
  return $findMatchingParent(node, $isQuoteNode)
}

/** Lines become a quote; a quote becomes lines. */
export function $toggleQuote(): void {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return
  const quote = $quoteAround(selection.anchor.getNode())
  if (quote !== null) {
    for (const child of quote.getChildren()) quote.insertBefore(child)
    return quote.remove()
  }
  const chosen = [...new Map([selection.anchor.getNode(), ...selection.getNodes()].flatMap((node) => {
    const block = node.getTopLevelElement()
    return block === null ? [] : [[block.getKey(), block]]
  })).values()]
  const [first] = chosen
  if (first === undefined) return
  const made = $createQuoteNode({ shadowRoot: true })
  first.insertBefore(made)
  made.append(...chosen.filter((block) => !$isQuoteNode(block)))
}

/** Enter on an empty line of a quote: the quote ends there, and goes on below what is written. False = this is no such line. */
export function $leaveQuote(): boolean {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return false
  const block: ElementNode | null = selection.anchor.getNode().getTopLevelElement()
  const quote = block?.getParent() ?? null
  if (block === null || !block.isEmpty() || !$isQuoteNode(quote)) return false
  const rest = block.getNextSiblings()
  const line = $createParagraphNode()
  quote.insertAfter(line)
  if (rest.length > 0) line.insertAfter($createQuoteNode({ shadowRoot: true }).append(...rest))
  block.remove()
  if (quote.isEmpty()) quote.remove()
  line.select()
  return true
}

export function $linkAround(node: LexicalNode): LinkNode | null {
  return $findMatchingParent(node, $isLinkNode)
}

/** `words` count where nothing is chosen. */
export function $setLink(address: string, words: string): void {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return
  const around = $linkAround(selection.anchor.getNode())
  if (around !== null && selection.isCollapsed()) around.setURL(address)
  else if (selection.isCollapsed()) selection.insertNodes([$createLinkNode(address).append($createTextNode(words))])
  else $toggleLink(address)
}

export function $removeLink(): void {
  const selection = $getSelection()
  const around = $isRangeSelection(selection) ? $linkAround(selection.anchor.getNode()) : null
  if (around === null) return
  for (const child of around.getChildren()) around.insertBefore(child)
  around.remove()
}
