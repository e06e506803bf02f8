import { expect, test } from 'vitest'
import { stateOf } from '../../../../renderer/accounts/account-state.ts'
import { waitingOf } from '../../../../renderer/shell/waiting.ts'
import { compare } from '../../../../renderer/ui/compare-fingerprints.ts'
import { sliderOf, timeoutOf, timeoutSteps } from '../../../../renderer/wizard/more-settings/timeout-steps.ts'
import { failure } from '../../../../shared/failures/failure.ts'
import { officeAccounts } from '../../../fakes/caller/office.ts'
import { fakeNow } from '../../../fakes/caller/world.ts'

const [emma, support] = officeAccounts(fakeNow)

test('an account says the worst that is known about it', () => {
  expect(stateOf(emma!)).toBe('ready')
  expect(stateOf(support!)).toBe('paused')
  expect(stateOf({ ...emma!, secrets: { incoming: 'missing', outgoing: 'not-needed' } })).toBe('passwordMissing')
  expect(stateOf({ ...emma!, account: { ...emma!.account, outgoing: { ...emma!.account.outgoing!, enabled: false } } })).toBe('sendingOff')
})

test('an old failure is forgotten once a later run went well', () => {
  const early = '2026-11-20T08:00:00.000Z'
  const late = '2026-11-21T08:00:00.000Z'
  const refused = failure('connect.refused')
  expect(stateOf({ ...emma!, lastCheck: { at: early, failure: refused }, lastFetch: { at: late, failure: null } })).toBe('ready')
  expect(stateOf({ ...emma!, lastCheck: { at: late, failure: refused }, lastFetch: { at: early, failure: null } })).toBe('problem')
})

test('the rail counts unread, waiting and troubled over all accounts', () => {
  expect(waitingOf([emma!, support!], { bounced: ['a'], failed: 2, unknown: 1 })).toEqual({ unread: 10, toSend: 2, mailsInTrouble: 4, accountsInTrouble: 1 })
})

test('fingerprints are the same however they are written, and nothing else is', () => {
  const fingerprint = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
  const colons = fingerprint.toUpperCase().match(/../g)!.join(':')
  expect(compare(fingerprint, fingerprint)).toBe('same')
  expect(compare(`SHA-256: ${colons}`, fingerprint)).toBe('same')
  expect(compare(`sha256 Fingerprint=${colons}`, fingerprint)).toBe('same')
  expect(compare(fingerprint.replace('9f', '9e'), fingerprint)).toBe('different')
  expect(compare(colons.slice(0, 40), fingerprint)).toBe('incomplete')
  expect(compare('  ', fingerprint)).toBe('empty')
})

test('the timeout slider goes from ten seconds to ten minutes and stands nearest to any value', () => {
  expect(timeoutOf(0)).toBe(10)
  expect(timeoutOf(timeoutSteps.length - 1)).toBe(600)
  expect(timeoutOf(99)).toBe(600)
  expect(timeoutOf(sliderOf(58))).toBe(60)
})
