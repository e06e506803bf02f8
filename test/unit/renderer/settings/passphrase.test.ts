import { expect, test } from 'vitest'
import { passphraseProblems } from '../../../../renderer/settings/passphrase.ts'

test('a passphrase must be long enough and typed the same twice', () => {
  expect(passphraseProblems({ first: 'short', second: 'short' })).toEqual({ first: 'passphrase-short' })
  expect(passphraseProblems({ first: 'a'.repeat(1025), second: '' })).toEqual({ first: 'too-long' })
  expect(passphraseProblems({ first: 'long enough phrase', second: 'long enough phrasE' })).toEqual({ second: 'differs' })
  expect(passphraseProblems({ first: 'long enough phrase', second: 'long enough phrase' })).toEqual({})
})
