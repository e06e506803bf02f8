/**
 * What templates can do with dates and amounts, in the template's language:
 *
 *   {{ document.date | date }}            3 January 2027; also "full", "medium", "short", "iso"
 *   {{ document.amount | amount: "EUR" }} € 1,234.50; without a currency 1,234.50
 *   {{ document.hours | number }}         37.5
 *
 * Days are days: they have no time zone, and never become the day before.
 */
import type { Liquid } from 'liquidjs'
import type { MailProblem } from '../../../shared/model/template.ts'
import type { Language } from '../../../shared/model/preferences.ts'
import { type Conventions, readAmount, readDate } from './read-values.ts'

/** A value that is not what a filter needs. */
export class ValueError extends Error {
  readonly code: MailProblem['code']
  readonly value: string

  constructor(code: MailProblem['code'], value: string) {
    super(code)
    this.code = code
    this.value = value
  }
}

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', nl: 'nl-NL' }
const styles = ['full', 'long', 'medium', 'short'] as const

export function addFilters(engine: Liquid, language: Language, conventions: Conventions): void {
  const locale = locales[language]
  const dates = Object.fromEntries(styles.map((style) => [style, new Intl.DateTimeFormat(locale, { dateStyle: style, timeZone: 'UTC' })]))
  const plain = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 })
  const currencies = new Map<string, Intl.NumberFormat>()

  function amountOf(value: unknown): number {
    if (typeof value === 'number') return value
    const read = readAmount(String(value), conventions)
    if (read.is === 'amount') return read.value
    throw new ValueError(read.is === 'unclear' ? 'unclear-amount' : 'not-an-amount', String(value))
  }

  function inCurrency(code: string): Intl.NumberFormat {
    const known = currencies.get(code)
    if (known !== undefined) return known
    if (!/^[A-Z]{3}$/.test(code)) throw new ValueError('not-a-currency', code)
    const made = new Intl.NumberFormat(locale, { style: 'currency', currency: code })
    currencies.set(code, made)
    return made
  }

  engine.registerFilter('date', (value: unknown, style: unknown = 'long') => {
    if (isNothing(value)) return ''
    const read = readDate(String(value), conventions)
    if (read.is !== 'date') throw new ValueError(read.is === 'unclear' ? 'unclear-date' : 'not-a-date', String(value))
    if (style === 'iso') return read.at.toISOString().slice(0, 10)
    const format = dates[String(style)]
    if (format === undefined) throw new ValueError('unknown-style', String(style))
    return format.format(read.at)
  })
  engine.registerFilter('amount', (value: unknown, currency: unknown) => {
    if (isNothing(value)) return ''
    return (isNothing(currency) ? plain : inCurrency(String(currency).trim().toUpperCase())).format(amountOf(value))
  })
  engine.registerFilter('number', (value: unknown) => (isNothing(value) ? '' : number.format(amountOf(value))))
}

/** Where a template allows a field to be empty, it stays empty. */
function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === ''
}
