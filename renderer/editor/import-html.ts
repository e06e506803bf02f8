/**
 * HTML from anywhere → what the editor can hold: lines, lists, quotes, links, and text with its few formats. Everything else becomes
 * its words. Nothing is loaded and nothing runs: only the pieces named here are ever made. Call inside the editor's `update`.
 */
import { $createLinkNode, type LinkNode } from '@lexical/link'
import { $createListItemNode, $createListNode, type ListItemNode, type ListNode } from '@lexical/list'
import { $createQuoteNode, type QuoteNode } from '@lexical/rich-text'
import { $createLineBreakNode, $createParagraphNode, $createTextNode, type ElementNode, IS_BOLD, IS_ITALIC, IS_STRIKETHROUGH, IS_UNDERLINE, type LexicalNode } from 'lexical'
import { readHtml, voidElements, type Attributes } from '../../shared/html/read-html.ts'
import { noStyle, readStyle, shownStyle, type TextStyle } from './text-style.ts'

interface Frame extends TextStyle {
  readonly name: string
  readonly format: number
  readonly goes: string | null
  readonly spacesKept: boolean
  readonly hidden: boolean
}

const marks: Readonly<Record<string, number>> = {
  b: IS_BOLD, strong: IS_BOLD, th: IS_BOLD, h1: IS_BOLD, h2: IS_BOLD, h3: IS_BOLD, h4: IS_BOLD, h5: IS_BOLD, h6: IS_BOLD,
  i: IS_ITALIC, em: IS_ITALIC, cite: IS_ITALIC, u: IS_UNDERLINE, ins: IS_UNDERLINE, s: IS_STRIKETHROUGH, strike: IS_STRIKETHROUGH, del: IS_STRIKETHROUGH,
}
const large: Readonly<Record<string, number>> = { h1: 28, h2: 20, h3: 20 }
/** With room before and after, which is an empty line here. */
const paragraphs: ReadonlySet<string> = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'pre', 'dl', 'figure'])
const lines: ReadonlySet<string> = new Set(['div', 'tr', 'section', 'article', 'header', 'footer', 'main', 'nav', 'aside', 'address', 'center', 'caption', 'dt', 'dd', 'body', 'figcaption', 'hr', 'form', 'fieldset'])
const goesSomewhere = /^(?:https?:\/\/|mailto:|tel:|\{\{)/i

export function $importHtml(html: string): LexicalNode[] {
  const page = new $Page()
  const frames: Frame[] = []
  for (const piece of readHtml(html)) {
    const frame = frames.at(-1) ?? top
    if (piece.is === 'text') {
      if (!frame.hidden) page.write(piece.text, frame)
    } else if (piece.is === 'open') {
      if (!voidElements.has(piece.name)) frames.push(frameOf(piece.name, piece.attributes, frame))
      if (!frame.hidden) page.open(piece.name, piece.attributes)
    } else if (piece.is === 'close') {
      const at = frames.findLastIndex(({ name }) => name === piece.name)
      if (at < 0) continue
      const isHidden = frames[at]?.hidden === true
      frames.length = at
      if (!isHidden || !(frames.at(-1) ?? top).hidden) page.close(piece.name)
    }
  }
  return page.whole()
}

const top: Frame = { ...noStyle, name: '', format: 0, goes: null, spacesKept: false, hidden: false }

function frameOf(name: string, attributes: Attributes, around: Frame): Frame {
  // The window sets style attributes aside before it reads HTML of others, see `clean-paste.ts`.
  const css = attributes.get('style') ?? attributes.get('data-style') ?? ''
  const { size, colour } = readStyle(name === 'font' ? `color:${attributes.get('color') ?? ''};${css}` : css)
  const href = name === 'a' ? (attributes.get('href')?.trim() ?? '') : ''
  let format = around.format | (marks[name] ?? 0)
  if (/font-weight\s*:\s*(?:bold|[6-9]00)/i.test(css)) format |= IS_BOLD
  if (/font-weight\s*:\s*(?:normal|[1-4]00)/i.test(css)) format &= ~IS_BOLD
  if (/font-style\s*:\s*italic/i.test(css)) format |= IS_ITALIC
  if (/text-decoration[a-z-]*\s*:[^;]*underline/i.test(css) && name !== 'a') format |= IS_UNDERLINE
  if (/text-decoration[a-z-]*\s*:[^;]*line-through/i.test(css)) format |= IS_STRIKETHROUGH
  return {
    name, format,
    goes: goesSomewhere.test(href) ? href : around.goes,
    size: size ?? large[name] ?? around.size,
    colour: name === 'a' ? null : (colour ?? around.colour),
    spacesKept: around.spacesKept || name === 'pre' || /white-space\s*:\s*pre/i.test(css),
    // Word writes the bullet of a list as words, too.
    hidden: around.hidden || /display\s*:\s*none|mso-list\s*:\s*ignore/i.test(css),
  }
}

/** Word's lists are paragraphs that say so. */
function isWordsItem(attributes: Attributes): boolean {
  return /mso-list\s*:\s*l\d/i.test(attributes.get('style') ?? attributes.get('data-style') ?? '')
}

function isClose(attributes: Attributes): boolean {
  return (attributes.get('class') ?? '').startsWith('Mso') || /(?:^|;)\s*margin(?:-bottom)?\s*:\s*0/i.test(attributes.get('style') ?? attributes.get('data-style') ?? '')
}

class $Page {
  readonly #nodes: LexicalNode[] = []
  readonly #quotes: QuoteNode[] = []
  readonly #lists: ListNode[] = []
  #block: ElementNode | null = null
  #link: LinkNode | null = null
  #spaced = true
  #wantsGap = false
  #pendingBreak = false
  #closeParagraph = false
  #wordList: ListNode | null = null

  write(text: string, frame: Frame): void {
    const { spacesKept, format, goes } = frame
    for (const [index, line] of (spacesKept ? text.replaceAll(/\r\n?/g, '\n').split('\n') : [text.replaceAll(/[ \t\n\r\f]+/g, ' ')]).entries()) {
      if (index > 0) this.#break()
      const shown = spacesKept || !this.#spaced ? line : line.replace(/^ +/, '')
      if (shown === '') continue
      const block = this.#begin()
      this.#spaced = shown.endsWith(' ')
      const node = $createTextNode(shown.replaceAll('\u00a0', ' ')).setFormat(format).setStyle(shownStyle(frame))
      if (goes === null) this.#link = null
      else if (this.#link?.getURL() !== goes) {
        this.#link = $createLinkNode(goes)
        block.append(this.#link)
      }
      ;(this.#link ?? block).append(node)
    }
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'br') return this.#break()
    if (name === 'img') return this.write(attributes.get('alt') ?? '', top)
    if ((name === 'td' || name === 'th') && this.#block !== null && !this.#block.isEmpty()) return this.write('\u00a0\u00a0', top)
    if (name === 'p' && isWordsItem(attributes)) return this.#wordItem()
    if (paragraphs.has(name)) {
      this.#closeParagraph = isClose(attributes)
      this.#end(!this.#closeParagraph)
    } else if (name === 'blockquote') {
      this.#end(false)
      const quote = $createQuoteNode({ shadowRoot: true })
      this.#append(quote)
      this.#quotes.push(quote)
    } else if (name === 'ul' || name === 'ol') {
      this.#end(false)
      this.#openList($createListNode(name === 'ol' ? 'number' : 'bullet', Number.parseInt(attributes.get('start') ?? '1', 10) || 1))
    } else if (name === 'li') {
      this.#end(false)
      this.#openItem()
    } else if (lines.has(name)) this.#end(false)
  }

  close(name: string): void {
    if (paragraphs.has(name)) this.#end(!(name === 'p' && this.#closeParagraph))
    else if (lines.has(name)) this.#end(false)
    else if (name === 'blockquote') {
      this.#end(false)
      const quote = this.#quotes.pop()
      if (quote?.isEmpty() === true) quote.append($createParagraphNode())
    } else if (name === 'li') this.#end(false, true)
    else if (name === 'ul' || name === 'ol') {
      this.#end(false, true)
      this.#lists.pop()
    }
  }

  whole(): LexicalNode[] {
    this.#end(false, true)
    return this.#nodes
  }

  #openList(list: ListNode): void {
    const around = this.#lists.at(-1)
    if (around === undefined) this.#append(list)
    // In the editor, a list in a list stands in an item of its own.
    else around.append($createListItemNode().append(list))
    this.#lists.push(list)
  }

  #openItem(): void {
    if (this.#lists.length === 0) this.#openList($createListNode('bullet'))
    const item = $createListItemNode()
    this.#lists.at(-1)?.append(item)
    this.#start(item)
  }

  #wordItem(): void {
    const list = this.#wordList ?? $createListNode('bullet')
    this.#end(false)
    if (this.#wordList === null) this.#append(list)
    this.#wordList = list
    const item = $createListItemNode()
    list.append(item)
    this.#start(item)
    this.#closeParagraph = true
  }

  #append(node: ElementNode): void {
    this.#gap()
    const quote = this.#quotes.at(-1)
    if (quote === undefined) this.#nodes.push(node)
    else quote.append(node)
  }

  #gap(): void {
    const isFirst = (this.#quotes.at(-1)?.getChildrenSize() ?? this.#nodes.length) === 0
    const wanted = this.#wantsGap && !isFirst
    this.#wantsGap = false
    if (wanted) this.#append($createParagraphNode())
  }

  #start(block: ElementNode): void {
    this.#block = block
    this.#link = null
    this.#spaced = true
    this.#pendingBreak = false
  }

  #begin(): ElementNode {
    if (this.#block === null) {
      this.#wordList = null
      const last = this.#lists.at(-1)?.getLastChild<ListItemNode>() ?? null
      // A second line in an item of a list.
      if (last !== null) {
        this.#start(last)
        if (!last.isEmpty()) last.append($createLineBreakNode())
      } else {
        const paragraph = $createParagraphNode()
        this.#append(paragraph)
        this.#start(paragraph)
      }
    } else if (this.#pendingBreak) {
      this.#block.append($createLineBreakNode())
      this.#link = null
    }
    this.#pendingBreak = false
    return this.#block as ElementNode
  }

  /** The last one on a line is only the line's end. */
  #break(): void {
    if (this.#block === null) this.#wantsGap = false
    this.#begin()
    this.#pendingBreak = true
    this.#spaced = true
  }

  #end(gap: boolean, leavesItem = false): void {
    const item = this.#block
    // A block inside an item ends a line of it, not the item.
    if (item !== null && !leavesItem && this.#lists.at(-1)?.getLastChild()?.is(item) === true && item.isEmpty()) return
    this.#block = null
    this.#link = null
    this.#pendingBreak = false
    this.#spaced = true
    if (this.#lists.length === 0) this.#wantsGap ||= gap
  }
}
