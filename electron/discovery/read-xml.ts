/**
 * Reads a small XML document that anybody may have written. No document type and no entities of its own, so nothing expands and
 * nothing is fetched (XML bombs, external entities); bounded in size, depth and number of elements; malformed is refused as a whole.
 */
import { done, failed, type Evidence, type Outcome } from '../../shared/failures/failure.ts'

/** Settings take some 5 KB. */
export const mostXmlBytes = 256 * 1024
const deepest = 20
const mostElements = 5000

/** Elements by name, each a text, an object with its children and its attributes (`@name`), or an array of those. */
export async function readXml(bytes: Uint8Array, where: Evidence): Promise<Outcome<Readonly<Record<string, unknown>>>> {
  const refused = (detail: string) => failed('server.protocol', { ...where, detail })
  if (bytes.length > mostXmlBytes) return failed('server.answer-too-long', where)
  const text = decoded(bytes)
  if (text === null) return refused('not the text it says it is')
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return refused('XML with a document type')
  if (countOf(text, '<') > 2 * mostElements) return refused('XML with too many elements')
  // Late: 120 KB that only a look-up needs.
  const { XMLParser, XMLValidator } = await import('fast-xml-parser')
  try {
    if (XMLValidator.validate(text) !== true) return refused('malformed XML')
    const parser = new XMLParser({
      ignoreAttributes: false, attributeNamePrefix: '@', removeNSPrefix: true, parseTagValue: false, parseAttributeValue: false, processEntities: false, maxNestedTags: deepest,
    })
    const tree: unknown = parser.parse(text)
    return isElement(tree) ? done(tree) : refused('no XML element')
  } catch (error) {
    return refused(error instanceof Error ? error.message.slice(0, 200) : 'malformed XML')
  }
}

/** Exactly one element of that name with children, or null. */
export function childOf(element: unknown, name: string): Readonly<Record<string, unknown>> | null {
  const child = listOf(element, name)[0]
  return isElement(child) ? child : null
}

/** All elements of that name, in the order of the document. */
export function listOf(element: unknown, name: string): readonly unknown[] {
  if (!isElement(element) || !Object.hasOwn(element, name)) return []
  const child = element[name]
  return Array.isArray(child) ? child : [child]
}

/** The text of the first element or attribute of that name, null where there is none. */
export function textIn(element: unknown, name: string): string | null {
  return textOf(listOf(element, name)[0])
}

export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return withReferences(value).trim()
  return isElement(value) && typeof value['#text'] === 'string' ? textOf(value['#text']) : null
}

const predefined: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The five references XML itself knows, and characters by number; others stay as they are. */
function withReferences(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,10}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return predefined[name.toLowerCase()] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole
  })
}

/** In the encoding of the byte order mark or of the declaration, otherwise UTF-8 (XML 1.0 section 4.3.3 and appendix F). */
function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const declared = /^<\?xml[^>]{0,80}\sencoding\s*=\s*["']([\w.-]{1,30})["']/.exec(Buffer.from(bytes.subarray(0, 150)).toString('latin1'))?.[1] ?? 'utf-8'
  // Readable one byte at a time: then it is not UTF-16, whatever an editor left in the declaration.
  return /^utf-?16/i.test(declared) ? 'utf-8' : declared
}

/** Does it look as if that element is in it? Many web servers answer every question with a page, which is no answer at all. */
export function mentions(bytes: Buffer, element: string): boolean {
  return new RegExp(`<(?:\\w+:)?${element}[\\s>]`).test(bytes.toString('latin1').replaceAll('\0', ''))
}

function countOf(text: string, part: string): number {
  let count = 0
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) count++
  return count
}

const isElement = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)
