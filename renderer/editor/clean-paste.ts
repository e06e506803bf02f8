/**
 * What the clipboard holds of another program (Word, Outlook, a web page), put right by a real HTML parser and without anything that
 * runs or loads. Second line: `import-html.ts` makes only what it knows. Needs a browser's DOM.
 */
import createDOMPurify, { type WindowLike } from 'dompurify'

/** Longer ones would hold up the window; their plain text is pasted instead. */
export const longestPaste = 2_000_000

const known = ['a', 'b', 'strong', 'i', 'em', 'u', 'ins', 's', 'strike', 'del', 'cite', 'font', 'span', 'br', 'p', 'div', 'ul', 'ol', 'li', 'blockquote', 'pre', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'tbody', 'thead', 'tfoot', 'tr', 'td', 'th', 'hr', 'dl', 'dt', 'dd', 'section', 'article', 'header', 'footer']

export function cleanPaste(unsafe: string, page: WindowLike): string {
  const purify = createDOMPurify(page)
  // Office puts what it wants pasted between these marks.
  const [, fragment = unsafe] = /<!--StartFragment-->([\s\S]*)<!--EndFragment-->/i.exec(unsafe) ?? []
  // The window's policy reports every style attribute that its parser meets.
  const aside = fragment.replaceAll(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/(\s)style(\s*=)/i, '$1data-style$2'))
  return purify.sanitize(aside, { ALLOWED_TAGS: known, ALLOWED_ATTR: ['href', 'class', 'data-style', 'color', 'start'], ALLOW_DATA_ATTR: false, ADD_URI_SAFE_ATTR: ['data-style'], FORBID_CONTENTS: ['style', 'script', 'title', 'xml'], KEEP_CONTENT: true })
}
