/**
 * What stands in the editor → HTML that every mail program shows the same: lines as `<div>`, as Outlook and Gmail write them, and
 * only elements and styles that `import-html.ts` reads. Call inside the editor's `read` or `update`.
 */
import { $isLinkNode } from '@lexical/link'
import { $isListItemNode, $isListNode } from '@lexical/list'
import { $isQuoteNode } from '@lexical/rich-text'
import { $getRoot, $isElementNode, $isLineBreakNode, $isTextNode, type ElementNode, type LexicalNode, type TextNode } from 'lexical'
import { escapeHtml, quoteStyle } from '../../shared/html/html-of-text.ts'
import { readStyle, writeStyle } from './text-style.ts'

export function $exportHtml(): string {
  return blocks($getRoot())
}

function blocks(parent: ElementNode): string {
  return parent.getChildren().map(block).join('\n')
}

function block(node: LexicalNode): string {
  if ($isListNode(node)) {
    const tag = node.getListType() === 'number' ? 'ol' : 'ul'
    const start = tag === 'ol' && node.getStart() !== 1 ? ` start="${node.getStart()}"` : ''
    return `<${tag}${start}>${items(node)}</${tag}>`
  }
  if ($isQuoteNode(node)) return `<blockquote style="${quoteStyle}">${node.isShadowRoot() ? blocks(node) : `<div>${inline(node)}</div>`}</blockquote>`
  return $isElementNode(node) ? `<div>${inline(node) || '<br>'}</div>` : ''
}

/** A list in a list stands in an item of its own in the editor, and in the item before it in HTML. */
function items(list: ElementNode): string {
  const made: string[] = []
  for (const item of list.getChildren()) {
    if (!$isListItemNode(item)) continue
    const first = item.getFirstChild()
    if (!$isListNode(first)) made.push(inline(item) || '<br>')
    else if (made.length === 0) made.push(block(first))
    else made[made.length - 1] += block(first)
  }
  return made.map((words) => `<li>${words}</li>`).join('')
}

function inline(element: ElementNode): string {
  // A space at the beginning of a line, at its end or after another one would not be seen.
  const spaces = { spaced: true }
  const made = pieces(element, spaces)
  return spaces.spaced ? made.replace(/ (?=(?:<\/[a-z]+>)*$)/, '&nbsp;') : made
}

function pieces(element: ElementNode, spaces: { spaced: boolean }): string {
  return element.getChildren().map((node): string => {
    if ($isLineBreakNode(node)) {
      spaces.spaced = true
      return '<br>'
    }
    if ($isTextNode(node)) return words(node, spaces)
    if ($isLinkNode(node)) return `<a href="${escapeHtml(node.getURL())}">${pieces(node, spaces)}</a>`
    return $isElementNode(node) ? pieces(node, spaces) : ''
  }).join('')
}

const marks = [['bold', 'b'], ['italic', 'i'], ['underline', 'u'], ['strikethrough', 's']] as const

function words(node: TextNode, spaces: { spaced: boolean }): string {
  const text = node.getTextContent().replaceAll('\t', '    ')
  if (text === '') return ''
  const isField = node.getType() === 'field'
  const kept = isField ? text : text.replaceAll(/ +/g, (run, at: number) => {
    const hidden = at === 0 && spaces.spaced ? run.length : run.length - 1
    return '\u00a0'.repeat(hidden) + ' '.repeat(run.length - hidden)
  })
  spaces.spaced = text.endsWith(' ')
  const style = writeStyle(readStyle(node.getStyle()))
  const escaped = isField || node.getParent()?.getType() === 'link' ? escapeText(kept) : linked(kept)
  const styled = style === '' ? escaped : `<span style="${style}">${escaped}</span>`
  return marks.reduce((made, [format, tag]) => (node.hasFormat(format) ? `<${tag}>${made}</${tag}>` : made), styled)
}

/** Dictated and inserted text may have lines in one piece. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\u00a0', '&nbsp;').replaceAll('\n', '<br>')
}

/** An address that was only typed is a link for the reader, too. */
function linked(text: string): string {
  const pieces = text.split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/)
  return pieces.map((piece, index) => (index % 2 === 1 ? `<a href="${escapeHtml(piece)}">${escapeText(piece)}</a>` : escapeText(piece))).join('')
}
