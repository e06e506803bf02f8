/**
 * Somebody's HTML made fit for a mail: known elements and attributes, written anew, and nothing that runs, asks for input or frames
 * another page. What comes out is balanced, so that it cannot end the page it is put into. It does not depend on where it came from:
 * the window, a template, a settings file.
 */
import { readHtml, voidElements, type Attributes } from './read-html.ts'

export interface CleanHtml {
  readonly body: string
  /** Its style sheets, for the head of a page. */
  readonly styles: string
}

const elements: ReadonlySet<string> = new Set([
  'a', 'abbr', 'address', 'article', 'aside', 'b', 'big', 'blockquote', 'br', 'caption', 'center', 'cite', 'code', 'col', 'colgroup', 'dd', 'del', 'div', 'dl', 'dt', 'em', 'figcaption', 'figure', 'font', 'footer',
  'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'main', 'mark', 'ol', 'p', 'pre', 'q', 's', 'samp', 'section', 'small', 'span', 'strike', 'strong', 'sub', 'sup',
  'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'tt', 'u', 'ul', 'var', 'wbr',
])
const plainAttributes: ReadonlySet<string> = new Set([
  'align', 'alt', 'bgcolor', 'border', 'cellpadding', 'cellspacing', 'class', 'color', 'colspan', 'dir', 'face', 'height', 'lang', 'role', 'rowspan', 'size', 'start', 'title', 'type', 'valign', 'width',
])
/** Whose end may be left out, and is when the source did (HTML Living Standard, 13.1.2.4): writing it would make an element more. */
const endsByItself: ReadonlySet<string> = new Set(['p', 'li', 'dt', 'dd', 'tr', 'td', 'th', 'thead', 'tbody', 'tfoot', 'colgroup', 'caption'])

export function cleanHtml(html: string): CleanHtml {
  let body = ''
  let styles = ''
  const open: string[] = []
  const openCounts = new Map<string, number>()
  const count = (name: string, by: number) => openCounts.set(name, (openCounts.get(name) ?? 0) + by)

  for (const piece of readHtml(html)) {
    if (piece.is === 'text') body += escaped(piece.text)
    else if (piece.is === 'styles') styles += cleanSheet(piece.text)
    else if (piece.is === 'open') {
      // A page's body keeps its colours as an element inside ours.
      const name = piece.name === 'body' ? 'div' : piece.name
      if (!elements.has(name)) continue
      body += `<${name}${cleanAttributes(name, piece.attributes)}>`
      if (voidElements.has(name)) continue
      open.push(name)
      count(name, 1)
    } else {
      const name = piece.name === 'body' ? 'div' : piece.name
      if ((openCounts.get(name) ?? 0) === 0) continue
      for (let last = open.pop(); last !== undefined; last = open.pop()) {
        count(last, -1)
        if (last === name || !endsByItself.has(last)) body += `</${last}>`
        if (last === name) break
      }
    }
  }
  for (const name of open.toReversed()) if (!endsByItself.has(name)) body += `</${name}>`
  return { body, styles }
}

function cleanAttributes(element: string, attributes: Attributes): string {
  let made = ''
  for (const [name, value] of attributes) {
    const clean = cleanAttribute(element, name, value)
    if (clean !== null && clean !== '') made += ` ${name}="${escaped(clean).replaceAll('"', '&quot;')}"`
    // Said to be nothing, not left out: a picture for the eye only.
    else if (name === 'alt') made += ' alt=""'
  }
  return made
}

function cleanAttribute(element: string, name: string, value: string): string | null {
  if (name === 'style') return cleanStyle(value)
  if (name === 'href' && element === 'a') return goesSomewhere.test(withoutSpaces(value)) ? value.trim() : null
  if (name === 'src' && element === 'img') return isPicture.test(withoutSpaces(value)) ? value.trim() : null
  return plainAttributes.has(name) ? value : null
}

const goesSomewhere = /^(?:https?:|mailto:|tel:|#)/i
const isPicture = /^(?:https?:|cid:|data:image\/(?:png|jpe?g|gif|webp)[;,])/i
/** Browsers leave these out of an address before they look at its scheme (WHATWG URL, 4.4). */
const withoutSpaces = (address: string) => address.replaceAll(/[\p{Cc}\s]+/gu, '')

/** Anything that could fetch, run or hide: old browsers ran what stood in some of these. */
const unwanted = /url\s*\(|expression|javascript:|behaviou?r\s*:|binding|@import|[<>\\]/i

function cleanStyle(style: string): string {
  return style.split(';').map((declaration) => declaration.trim()).filter((declaration) => declaration !== '' && !unwanted.test(declaration)).join('; ')
}

/** All of it or nothing: a style sheet with a piece cut out of it means something else. */
function cleanSheet(sheet: string): string {
  const bare = sheet.replaceAll(/<!--|-->/g, '').trim()
  return unwanted.test(bare.replaceAll('>', '')) ? '' : `${bare}\n`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\u00a0', '&nbsp;')
}
