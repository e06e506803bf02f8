/**
 * HTML, piece by piece: what is text, and which element begins or ends where. No tree and no browser: it reads whatever bytes it is
 * given in one pass, in time that grows with their number only. What nobody sees (comments, scripts) is left out; the text of style
 * sheets comes as a piece of its own.
 */
import { decodeEntities } from './decode-entities.ts'

export type Attributes = ReadonlyMap<string, string>

export type HtmlPiece =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'open'; readonly name: string; readonly attributes: Attributes }
  | { readonly is: 'close'; readonly name: string }
  | { readonly is: 'styles'; readonly text: string }

/** Elements without an end. */
export const voidElements: ReadonlySet<string> = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'param', 'source', 'track', 'wbr'])

/** What stands inside is no HTML (HTML Living Standard, 13.2.5.1 to 5), or is never shown. */
const opaque: ReadonlySet<string> = new Set(['script', 'style', 'template', 'title', 'textarea', 'xmp', 'iframe', 'noembed', 'noframes', 'noscript', 'object', 'svg', 'math', 'select'])

const attribute = /[\s/]*([^\s"'<>/=][^\s"'<>/=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/y

export function* readHtml(html: string): Generator<HtmlPiece> {
  let at = 0
  let lower: string | null = null
  while (at < html.length) {
    const open = html.indexOf('<', at)
    const text = html.slice(at, open < 0 ? html.length : open)
    if (text !== '') yield { is: 'text', text: decodeEntities(text) }
    if (open < 0) return
    if (html.startsWith('<!--', open)) {
      at = after(html, '-->', open + 2)
      continue
    }
    const name = /^<\/?([a-z][a-z\d:-]{0,40})/i.exec(html.slice(open, open + 44))?.[1]?.toLowerCase()
    if (name === undefined) {
      const isMarkup = '!?/'.includes(html[open + 1] ?? ' ')
      if (!isMarkup) yield { is: 'text', text: '<' }
      at = isMarkup ? after(html, '>', open) : open + 1
      continue
    }
    if (html[open + 1] === '/') {
      at = after(html, '>', open)
      yield { is: 'close', name }
      continue
    }
    const { attributes, end } = attributesFrom(html, open + 1 + name.length)
    at = end
    if (!opaque.has(name)) {
      yield { is: 'open', name, attributes }
      continue
    }
    // Not toLowerCase of all: that makes two characters of some letters.
    lower ??= html.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
    const close = lower.indexOf(`</${name}`, end)
    if (name === 'style') yield { is: 'styles', text: html.slice(end, close < 0 ? html.length : close) }
    if (close < 0) return
    at = after(html, '>', close)
  }
}

function attributesFrom(html: string, from: number): { readonly attributes: Attributes; readonly end: number } {
  const attributes = new Map<string, string>()
  let at = from
  for (;;) {
    attribute.lastIndex = at
    const found = attribute.exec(html)
    if (found === null) break
    at = attribute.lastIndex
    const name = (found[1] ?? '').toLowerCase()
    // The first one counts, as in a browser.
    if (!attributes.has(name) && attributes.size < 100) attributes.set(name, decodeEntities(found[2] ?? found[3] ?? found[4] ?? ''))
  }
  // What is left of the tag makes no attribute.
  return { attributes, end: after(html, '>', at) }
}

function after(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from)
  return found < 0 ? html.length : found + mark.length
}
