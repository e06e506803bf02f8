import { expect, it } from 'vitest'
import { mostSecrets, redacted, Redaction } from '../../../electron/log/redaction.ts'

it('tokens that come by the hour for months do not pile up, and a password that is used meanwhile stays hidden', () => {
  const redaction = new Redaction()
  redaction.add('the-password')
  for (let hour = 0; hour < mostSecrets + 10; hour += 1) {
    redaction.add(`token-${hour}`)
    redaction.add('the-password')
  }
  expect(redaction.text(`the-password token-${mostSecrets + 9}`)).toBe(`${redacted} ${redacted}`)
  expect(redaction.text('token-0')).toBe('token-0')
})
