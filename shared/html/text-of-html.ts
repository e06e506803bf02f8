/**
 * HTML as plain text: the only function that makes it, so that the text beside a formatted mail is the same wherever it is made.
 * Lines and paragraphs stay, lists get their marks, quotes their ">" (RFC 3676 section 4.5), and a link says where it goes.
 */
import { readHtml, voidElements, type Attributes } from './read-html.ts'

/** With an empty line before and after. */
const paragraphs: ReadonlySet<string> = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'dl', 'blockquote', 'table', 'pre', 'hr', 'figure'])
/** On lines of their own. */
const blocks: ReadonlySet<string> = new Set(['div', 'li', 'tr', 'section', 'article', 'header', 'footer', 'main', 'nav', 'aside', 'address', 'center', 'caption', 'dt', 'dd', 'body', 'html', 'figcaption', 'thead', 'tbody', 'tfoot', 'fieldset', 'form'])

interface List {
  readonly ordered: boolean
  next: number
}

export function textOfHtml(html: string): string {
  const page = new TextPage()
  const links: { readonly goes: string; text: string }[] = []
  /** An element that is not shown, and how many of its name are open inside it. */
  let hidden: { readonly name: string; depth: number } | null = null
  for (const piece of readHtml(html)) {
    if (piece.is === 'styles') continue
    if (hidden !== null) {
      if (piece.is !== 'text' && piece.name === hidden.name) hidden.depth += piece.is === 'open' ? 1 : -1
      if (hidden.depth === 0) hidden = null
      continue
    }
    if (piece.is === 'text') {
      page.write(piece.text)
      const link = links.at(-1)
      if (link !== undefined && link.text.length < 3000) link.text += piece.text
    } else if (piece.is === 'open') {
      if (!voidElements.has(piece.name) && isHidden(piece.attributes)) hidden = { name: piece.name, depth: 1 }
      else if (piece.name === 'a') links.push({ goes: piece.attributes.get('href')?.trim() ?? '', text: '' })
      else page.open(piece.name, piece.attributes)
    } else if (piece.name === 'a') {
      const link = links.pop()
      if (link !== undefined && !saysWhere(link.text, link.goes)) page.write(` <${link.goes}>`)
    } else page.close(piece.name)
  }
  return page.whole()
}

/** True also where there is nowhere worth saying. */
function saysWhere(text: string, goes: string): boolean {
  if (!/^(?:https?:\/\/|mailto:|tel:)/i.test(goes)) return true
  const bare = (address: string) => address.trim().toLowerCase().replace(/^(?:https?:\/\/|mailto:|tel:)/, '').replace(/\/$/, '')
  const shown = bare(text)
  return shown === '' || shown === bare(goes) || shown === bare(goes.replace(/\?.*$/s, ''))
}

function isHidden(attributes: Attributes): boolean {
  return attributes.has('hidden') || /display\s*:\s*none/i.test(styleOf(attributes))
}

const styleOf = (attributes: Attributes) => attributes.get('style') ?? ''

/** No room between this paragraph and the next: Outlook's, and those that say so. */
function isClose(attributes: Attributes): boolean {
  return /^Mso(?:Normal|NoSpacing|ListParagraph|PlainText)/.test(attributes.get('class') ?? '') || /(?:^|;)\s*margin(?:-bottom)?\s*:\s*0/i.test(styleOf(attributes))
}

class TextPage {
  readonly #lines: string[] = []
  #line = ''
  /** The line ends with a space. Asking the line itself would copy it each time. */
  #spaced = false
  /** The line is there, even if nothing stands on it. */
  #begun = false
  #wantsGap = false
  #quotes = 0
  #quotesBefore = 0
  readonly #lists: List[] = []
  #mark: string | null = null
  /** Inside text whose spaces and lines count. */
  #kept = 0
  #closeParagraph = false

  write(text: string): void {
    const words = this.#kept > 0 ? text : text.replaceAll(/[ \t\n\r\f]+/g, ' ')
    for (const [index, line] of (this.#kept > 0 ? words.replaceAll(/\r\n?/g, '\n').split('\n') : [words]).entries()) {
      if (index > 0) this.#breakLine()
      // A space at the beginning of a line, or after another one, is not seen.
      const shown = this.#kept > 0 || (this.#begun && !this.#spaced) ? line : line.replace(/^ +/, '')
      if (shown === '') continue
      this.#begin()
      this.#line += shown
      this.#spaced = shown.endsWith(' ')
    }
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'br') return this.#breakLine()
    if (name === 'img') return this.write(attributes.get('alt') ?? '')
    if (name === 'td' || name === 'th') return this.#nextCell()
    if (paragraphs.has(name)) this.#end(!(name === 'p' && isClose(attributes)) && !(this.#lists.length > 0 && (name === 'ul' || name === 'ol')))
    else if (blocks.has(name)) this.#end(false)
    else return
    if (name === 'blockquote') this.#quotes += 1
    if (name === 'pre') this.#kept += 1
    if (name === 'ul' || name === 'ol') this.#lists.push({ ordered: name === 'ol', next: Number.parseInt(attributes.get('start') ?? '1', 10) || 1 })
    if (name === 'li') this.#mark = markOf(this.#lists.at(-1))
    if (name === 'hr') {
      this.write('----------')
      this.#end(true)
    }
    if (name === 'p') this.#closeParagraph = isClose(attributes)
  }

  close(name: string): void {
    if (paragraphs.has(name)) this.#end(!(name === 'p' && this.#closeParagraph) && !(this.#lists.length > 1 && (name === 'ul' || name === 'ol')))
    else if (blocks.has(name)) this.#end(false)
    if (name === 'blockquote') this.#quotes = Math.max(0, this.#quotes - 1)
    if (name === 'pre') this.#kept = Math.max(0, this.#kept - 1)
    if (name === 'ul' || name === 'ol') this.#lists.pop()
    if (name === 'li') this.#mark = null
  }

  whole(): string {
    this.#end(false)
    return this.#lines.join('\n').replaceAll('\u00a0', ' ').replace(/\n+$/, '').replace(/^\n+/, '')
  }

  #nextCell(): void {
    if (!this.#begun) return
    this.#line += this.#spaced ? ' ' : '  '
    this.#spaced = true
  }

  #begin(): void {
    if (this.#begun) return
    if (this.#wantsGap && this.#lines.length > 0) this.#lines.push('>'.repeat(Math.min(this.#quotes, this.#quotesBefore, deepest)))
    this.#wantsGap = false
    this.#begun = true
    const depth = Math.min(this.#lists.length - 1, deepest)
    const indent = this.#lists.length === 0 ? '' : '  '.repeat(depth)
    this.#line = `${quoteMark(this.#quotes)}${indent}${this.#mark ?? (this.#lists.length === 0 ? '' : '  ')}`
    this.#spaced = true
    this.#mark = null
  }

  #breakLine(): void {
    // An empty line after a paragraph is the one that would be there anyway.
    if (!this.#begun && this.#lines.length > 0) this.#wantsGap = false
    this.#begin()
    this.#push()
  }

  #end(gap: boolean): void {
    if (this.#begun) this.#push()
    this.#wantsGap ||= gap
  }

  #push(): void {
    this.#lines.push(this.#line.replace(/ +$/, ''))
    this.#quotesBefore = this.#quotes
    this.#line = ''
    this.#begun = false
  }
}

/** Deeper ones look like this one: nobody sees the difference, and a hostile mail makes no text of a size of its own. */
const deepest = 20

function quoteMark(depth: number): string {
  return depth === 0 ? '' : `${'>'.repeat(Math.min(depth, deepest))} `
}

function markOf(list: List | undefined): string {
  if (list === undefined || !list.ordered) return '- '
  const mark = `${list.next}. `
  list.next += 1
  return mark
}
