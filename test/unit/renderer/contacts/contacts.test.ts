import { expect, test } from 'vitest'
import { addressesIn, problemOf } from '../../../../renderer/contacts/contact-form.ts'
import { lastMonths } from '../../../../renderer/contacts/months.ts'
import { failure } from '../../../../shared/failures/failure.ts'

test('addresses are taken as people type and paste them, each once', () => {
  expect(addressesIn(' anna@example.nl\nAnna <ANNA@example.nl>; bram@example.nl,\n\n')).toEqual(['ANNA@example.nl', 'bram@example.nl'])
  expect(addressesIn('not an address')).toEqual(['not an address'])
})

test('what is wrong with one of several addresses stands beside their field', () => {
  const refused = failure('input.invalid', { fields: [{ path: 'draft.addresses.1', problem: 'not-an-address' }] })
  expect(problemOf(refused, 'addresses')).toBe('not-an-address')
  expect(problemOf(refused, 'name')).toBeNull()
  expect(problemOf(failure('contact.address-taken', { fields: [{ path: 'addresses.0', problem: 'address-taken' }] }), 'addresses')).toBe('address-taken')
})

test('a year of months is shown, also those without mail and over the turn of the year', () => {
  const months = lastMonths([{ month: '2027-01', received: 3, sent: 1 }, { month: '2026-03', received: 2, sent: 0 }, { month: '2020-01', received: 9, sent: 9 }], new Date('2027-01-31T23:30:00Z'))
  expect(months.map(({ at }) => at.slice(0, 7))).toEqual(['2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11', '2026-12', '2027-01'])
  expect(months.reduce((sum, { received }) => sum + received, 0)).toBe(5)
})
