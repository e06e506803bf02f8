/** The words of an HTML message as plain text, for quoting it in an answer. Needs a browser's DOM; runs nothing of it. */
import { longestHtml, safeHtml } from './safe-html.ts'

export function textOfHtml(html: string): string {
  const { body } = safeHtml(html.slice(0, longestHtml), window)
  const broken = body.replace(/<br[^>]*>/gi, '\n').replace(/<\/(?:p|h[1-6]|blockquote|table|ul|ol)>/gi, '\n\n').replace(/<\/(?:div|tr|li)>/gi, '\n')
  const words = new DOMParser().parseFromString(broken, 'text/html').body.textContent
  return words.replace(/[ \t\u00a0]+/g, ' ').replace(/ ?\n ?/g, '\n').replace(/\n{3,}/g, '\n\n').trim()
}
