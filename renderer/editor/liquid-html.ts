/**
 * A template's HTML ↔ HTML that any reader of HTML can take: inside `{{ … }}` and `{% … %}` stands Liquid, which knows no `&lt;`, and
 * outside of them stands HTML, which knows no bare `<`.
 */
import { decodeEntities } from '../../shared/html/decode-entities.ts'
import { escapeHtml } from '../../shared/html/html-of-text.ts'

/** As Liquid finds them: on one line, to the first end. */
export const liquidPieces = /\{\{[^\n]*?\}\}|\{%[^\n]*?%\}/g

export function withoutLiquidMarks(template: string): string {
  return template.replaceAll(liquidPieces, (piece) => escapeHtml(piece))
}

export function withLiquidMarks(html: string): string {
  return html.replaceAll(liquidPieces, (piece) => decodeEntities(piece).replaceAll('\u00a0', ' '))
}
