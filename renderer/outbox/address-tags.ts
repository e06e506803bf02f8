/**
 * Turns what people type or paste into an address line into tags: `a@b.nl`, `Jan <a@b.nl>`, `"Smit, Jan" <a@b.nl>`,
 * separated by commas, semicolons (as in Outlook) or line breaks. What is not an address stays a tag that says so, so that
 * nothing typed is lost.
 */
import { isMailAddress } from '../../shared/model/text-field.ts'

export interface AddressTag {
  readonly name: string
  readonly address: string
  readonly problem: 'not-an-address' | 'line-break' | 'too-long' | null
}

const longestName = 200

/** Groups (RFC 5322 section 3.4) and comments are not taken apart: nobody types them. */
export function tagsFrom(typed: string): readonly AddressTag[] {
  return cut(typed).map((piece) => piece.trim()).filter((piece) => piece !== '').map(tagOf)
}

/** Cuts at separators that are outside quotes and angle brackets. A quote that is never closed is an ordinary letter. */
function cut(typed: string): readonly string[] {
  const pieces: string[] = []
  let piece = ''
  let within: 'nothing' | 'quotes' | 'brackets' = 'nothing'
  for (let at = 0; at < typed.length; at += 1) {
    const letter = typed.charAt(at)
    if (within === 'nothing' && /[,;\n\r]/.test(letter)) {
      pieces.push(piece)
      piece = ''
      continue
    }
    if (letter === '"' && within === 'nothing' && typed.includes('"', at + 1)) within = 'quotes'
    else if (letter === '"' && within === 'quotes') within = 'nothing'
    else if (letter === '<' && within === 'nothing' && typed.includes('>', at + 1)) within = 'brackets'
    else if (letter === '>' && within === 'brackets') within = 'nothing'
    piece += letter
  }
  return [...pieces, piece]
}

function tagOf(piece: string): AddressTag {
  const named = /^(.*)<([^<>]*)>$/su.exec(piece)
  const name = (named?.[1] ?? '').trim().replace(/^"(.*)"$/su, '$1').replace(/\\(.)/gu, '$1').trim()
  const address = (named?.[2] ?? piece).trim().replace(/^mailto:/i, '')
  return { name, address, problem: problemOf(name, address) }
}

function problemOf(name: string, address: string): AddressTag['problem'] {
  if (!isMailAddress(address)) return 'not-an-address'
  if (name.length > longestName) return 'too-long'
  // oxlint-disable-next-line no-control-regex -- a control character in a name would end up in a header
  return /[\u0000-\u001f\u007f\u0085\u2028\u2029]/.test(name) ? 'line-break' : null
}

/** Adds tags, each address once, whatever its case. */
export function joined(present: readonly AddressTag[], added: readonly AddressTag[]): readonly AddressTag[] {
  const seen = new Set(present.map((tag) => tag.address.toLowerCase()))
  return [...present, ...added.filter((tag) => !seen.has(tag.address.toLowerCase()) && seen.add(tag.address.toLowerCase()))]
}

/** The tag as it would be typed, for editing it again. */
export function typedForm(tag: Pick<AddressTag, 'name' | 'address'>): string {
  if (tag.name === '') return tag.address
  const name = /[",;<>\\]/.test(tag.name) ? `"${tag.name.replace(/["\\]/g, '\\$&')}"` : tag.name
  return `${name} <${tag.address}>`
}
