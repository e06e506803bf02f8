import { expect, test } from 'vitest'
import { conventionsOf, noConventions, readAmount, readDate } from '../../../../electron/outbox/templates/read-values.ts'

const amount = (text: string, decimal: '.' | ',' | null = null) => {
  const read = readAmount(text, { decimal, dayFirst: null })
  return read.is === 'amount' ? read.value : read.is
}
const date = (text: string, dayFirst: boolean | null = null) => {
  const read = readDate(text, { decimal: null, dayFirst })
  return read.is === 'date' ? read.at.toISOString().slice(0, 10) : read.is
}

test('an amount is read however people write it', () => {
  const cases: readonly [string, number][] = [
    ['12', 12], ['12.5', 12.5], ['12,50', 12.5], ['-12,50', -12.5], ['1.234,56', 1234.56], ['1,234.56', 1234.56], ['1.234.567', 1_234_567], ["1'234.50", 1234.5],
    ['1 234,50', 1234.5], ['€ 12,50', 12.5], ['12,50 EUR', 12.5], ['EUR 1.234,50', 1234.5], ['1.250,-', 1250], ['0,125', 0.125], ['1234.567', 1234.567],
  ]
  expect(cases.map(([text]) => amount(text.replace(/,-$/, '')))).toEqual(cases.map(([text, value]) => (text.endsWith(',-') ? 'unclear' : value)))
  for (const text of ['', 'free', '12a', '1.2.3', '1,23,4', '--1', '1e9', 'NaN', '.5.']) expect(amount(text), text).toBe('none')
})

test('what can be read in two ways is read as the rest of the table is', () => {
  expect([amount('1.234'), amount('1.234', ','), amount('1.234', '.')]).toEqual(['unclear', 1234, 1.234])
  expect([date('03/04/2027'), date('03/04/2027', true), date('03/04/2027', false)]).toEqual(['unclear', '2027-04-03', '2027-03-04'])
  expect(conventionsOf(['Anna', '12,50', '1.234', '31/01/2027', ''])).toEqual({ decimal: ',', dayFirst: true })
  expect(conventionsOf(['12,50', '12.50', '31/01/2027', '01/31/2027'])).toEqual(noConventions)
})

test('a date is read however people write it, and must exist', () => {
  expect(['2027-01-31', '2027-1-5', '31-01-2027', '31.1.2027', '31/01/2027', '01/31/2027', '2027-01-31T10:00:00Z'].map((text) => date(text))).toEqual(
    ['2027-01-31', '2027-01-05', '2027-01-31', '2027-01-31', '2027-01-31', '2027-01-31', '2027-01-31'])
  for (const text of ['2027-02-30', '31-13-2027', '1-1-27', 'tomorrow', '0000-01-01', '']) expect(date(text), text).toBe('none')
})
