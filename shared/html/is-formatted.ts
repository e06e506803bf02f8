/** Does this HTML say more than its text? Lines, and addresses that are links to themselves, need no HTML. */
import { readHtml } from './read-html.ts'
import { textOfHtml } from './text-of-html.ts'

export function isFormatted(html: string): boolean {
  let goes: string | null = null
  let shown = ''
  for (const piece of readHtml(html)) {
    if (piece.is === 'text') shown += piece.text
    else if (piece.is === 'open' && piece.name === 'a') [goes, shown] = [piece.attributes.get('href') ?? '', '']
    else if (piece.is === 'close' && piece.name === 'a') {
      if (goes !== null && goes !== shown) return true
      goes = null
    } else if (piece.is === 'styles' || (piece.is === 'open' && (!lines.has(piece.name) || piece.attributes.size > 0))) return true
  }
  return false
}

const lines: ReadonlySet<string> = new Set(['div', 'p', 'br'])

/** A text as it is written → as it is kept: with HTML only where it is formatted. */
export function keptWords(html: string): { readonly text: string; readonly html: string | null } {
  return { text: textOfHtml(html), html: isFormatted(html) ? html : null }
}
