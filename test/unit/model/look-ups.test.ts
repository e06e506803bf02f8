import { expect, test } from 'vitest'
import { lookUpNames, preferencesChangeSchema, preferencesSchema } from '../../../shared/model/preferences.ts'

test('preferences from before a look-up was known keep what was switched off, and have the new one switched on', () => {
  const old = preferencesSchema.parse({ lookUps: { 'provider-table': true, guess: false } })
  expect(old.lookUps).toEqual({ ...Object.fromEntries(lookUpNames.map((name) => [name, true])), guess: false })
  expect(old.tellAddress).toBe(false)
})

test('a change of the look-ups names them all: none is switched on again by being left out', () => {
  expect(preferencesChangeSchema.safeParse({ lookUps: { guess: false } }).success).toBe(false)
  expect(preferencesChangeSchema.parse({ tellAddress: true })).toEqual({ tellAddress: true })
})
