/** The words a person would see of an HTML text: one pass, linear whatever the bytes are. For searching, not for showing. */
import { decodeEntities } from '../../shared/html/decode-entities.ts'

/** What stands inside is never seen. */
const hidden: ReadonlySet<string> = new Set(['script', 'style', 'template'])
/** These stand in the middle of words; every other element ends one. */
const inline: ReadonlySet<string> = new Set(['a', 'abbr', 'b', 'big', 'em', 'font', 'i', 'ins', 'mark', 's', 'small', 'span', 'strong', 'sub', 'sup', 'u', 'wbr'])

export function htmlWords(html: string): string {
  // Not toLowerCase of all: that makes two characters of some letters.
  const lower = html.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
  let text = ''
  let at = 0
  while (at < html.length) {
    const open = html.indexOf('<', at)
    if (open < 0) return decodeEntities(text + html.slice(at))
    text += html.slice(at, open)
    const end = endOfTag(lower, open)
    if (end === 'never') return decodeEntities(text)
    if (end === 'no-tag') text += '<'
    else if (!end.inline) text += ' '
    at = end === 'no-tag' ? open + 1 : end.after
  }
  return decodeEntities(text)
}

function endOfTag(lower: string, open: number): { readonly after: number; readonly inline: boolean } | 'no-tag' | 'never' {
  if (lower.startsWith('<!--', open)) return after(lower.indexOf('-->', open + 4), 3, false)
  const [, slash, name = ''] = /^<(\/?)([a-z][a-z\d]{0,20})/.exec(lower.slice(open, open + 24)) ?? []
  if (name === '' && !'!?/'.includes(lower[open + 1] ?? ' ')) return 'no-tag'
  const close = slash === '' && hidden.has(name) ? lower.indexOf(`</${name}`, open) : open
  return close < 0 ? 'never' : after(lower.indexOf('>', close), 1, inline.has(name))
}

function after(index: number, length: number, isInline: boolean) {
  return index < 0 ? 'never' : { after: index + length, inline: isInline }
}
