/** Can the editor show all of this HTML, so that nothing of it is lost when it is changed there? Somebody's tables and pictures can't. */
import { readHtml, type Attributes } from '../../shared/html/read-html.ts'
import { textOfHtml } from '../../shared/html/text-of-html.ts'
import { readStyle } from './text-style.ts'

const plain: ReadonlySet<string> = new Set(['div', 'p', 'br', 'b', 'strong', 'i', 'em', 'u', 's', 'ul', 'li'])
const withAttributes: Readonly<Record<string, readonly string[]>> = { a: ['href'], span: ['style'], blockquote: ['style'], ol: ['start'] }

export function editorKeeps(html: string): boolean {
  // A template's commands inside a tag are none of the text.
  if (/<!doctype|<[a-z][^<>]*\{[{%](?![^<>]*\}\}"[^<>]*>)/i.test(html)) return false
  for (const piece of readHtml(html)) {
    if (piece.is === 'styles') return false
    if (piece.is !== 'open') continue
    const allowed = withAttributes[piece.name] ?? (plain.has(piece.name) ? [] : null)
    if (allowed === null || [...piece.attributes.keys()].some((name) => !allowed.includes(name))) return false
    if (piece.name === 'span' && !keepsStyle(piece.attributes)) return false
  }
  return true
}

/** Nothing of these words is lost in the editor: neither of the HTML nor of a text that somebody wrote beside it. */
export function isFromEditor(text: string, html: string): boolean {
  const bare = (words: string) => words.replaceAll(/\s+/g, ' ').trim()
  return editorKeeps(html) && (text.trim() === '' || bare(text) === bare(textOfHtml(html)))
}

function keepsStyle(attributes: Attributes): boolean {
  const declarations = (attributes.get('style') ?? '').split(';').filter((one) => one.trim() !== '')
  return declarations.every((one) => {
    const { size, colour } = readStyle(one)
    return size !== null || colour !== null
  })
}
