/**
 * Dates and amounts as they stand in a table, in anybody's way of writing them. What can be read in two ways is not guessed from
 * one cell: the whole table tells (`conventionsOf`), and where it does not, the mail is refused. A wrong amount on a thousand
 * invoices is worse than a question.
 */

/** How this table writes; null = it never shows. */
export interface Conventions {
  readonly decimal: '.' | ',' | null
  readonly dayFirst: boolean | null
}

export const noConventions: Conventions = { decimal: null, dayFirst: null }

export type ReadAmount = { readonly is: 'amount'; readonly value: number } | { readonly is: 'unclear' } | { readonly is: 'none' }
/** `at` is midnight UTC of that day. */
export type ReadDate = { readonly is: 'date'; readonly at: Date } | { readonly is: 'unclear' } | { readonly is: 'none' }

/** A currency before or after, and spaces between thousands, say nothing about the number. */
const around = /^(?:[A-Z]{3}|[€$£¥])\s*|\s*(?:[A-Z]{3}|[€$£¥])$/g
const amountShape = /^[-+]?(?:\d+|\d{1,3}(?:[.,'\s\u00a0\u202f]\d{3})+)(?:[.,]\d+)?$/u

export function readAmount(text: string, { decimal }: Conventions): ReadAmount {
  const plain = text.trim().replace(around, '').replace(/,[-–]$/, '')
  if (!amountShape.test(plain)) return { is: 'none' }
  const digits = plain.replace(/['\s\u00a0\u202f]/gu, '')
  const separator = decimalIn(digits)
  if (separator === 'unclear' && decimal === null) return { is: 'unclear' }
  const used = separator === 'unclear' ? decimal : separator
  const normal = used === null ? digits.replace(/[.,]/g, '') : digits.replaceAll(used === ',' ? '.' : ',', '').replace(used, '.')
  const value = Number(normal)
  return Number.isFinite(value) ? { is: 'amount', value } : { is: 'none' }
}

/** The decimal separator of one number; null = it has none. `1.234` may be a thousand or one and a bit. */
function decimalIn(digits: string): '.' | ',' | 'unclear' | null {
  const marks = [...digits.matchAll(/[.,]/g)].map(([mark]) => mark as '.' | ',')
  const last = marks.at(-1)
  if (last === undefined) return null
  if (marks.includes(last === '.' ? ',' : '.')) return last
  if (marks.length > 1) return null
  return /^[-+]?\d{1,3}[.,]\d{3}$/.test(digits) && !/^[-+]?0/.test(digits) ? 'unclear' : last
}

const ymd = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/
const parts = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})$/

export function readDate(text: string, { dayFirst }: Conventions): ReadDate {
  const iso = ymd.exec(text.trim())
  if (iso !== null) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const other = parts.exec(text.trim())
  if (other === null) return { is: 'none' }
  const [first, second, year] = [Number(other[1]), Number(other[3]), Number(other[4])]
  // Only those who write with a slash put the month first.
  if (other[2] !== '/' || first > 12 || first === second) return day(year, second, first)
  if (second > 12) return day(year, first, second)
  if (dayFirst === null) return { is: 'unclear' }
  return dayFirst ? day(year, second, first) : day(year, first, second)
}

function day(year: number, month: number, date: number): ReadDate {
  const at = new Date(Date.UTC(year, month - 1, date))
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === date && year >= 1900 ? { is: 'date', at } : { is: 'none' }
}

/** What the cells of a table that can be read in one way only tell about the others. Cells that contradict each other tell nothing. */
export function conventionsOf(cells: Iterable<string>): Conventions {
  const decimals = new Set<'.' | ','>()
  const orders = new Set<boolean>()
  for (const cell of cells) {
    if (cell.length > 40 || !/\d/.test(cell)) continue
    const plain = cell.trim().replace(around, '')
    const decimal = amountShape.test(plain) ? decimalIn(plain.replace(/['\s\u00a0\u202f]/gu, '')) : null
    if (decimal === '.' || decimal === ',') decimals.add(decimal)
    const date = parts.exec(plain)
    if (date?.[2] === '/' && Number(date[1]) > 12) orders.add(true)
    if (date?.[2] === '/' && Number(date[3]) > 12) orders.add(false)
  }
  const [decimal = null] = decimals
  const [dayFirst = null] = orders
  return { decimal: decimals.size === 1 ? decimal : null, dayFirst: orders.size === 1 ? dayFirst : null }
}
