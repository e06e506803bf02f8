/** A short round; test/long/fetch-killed.test.ts kills at every step, and at 200 random moments. */
import { describe, expect, test } from 'vitest'
import { killedAtRandom, killedBefore, stepsOf } from './fetch-killed.ts'

const some = 6

describe.each(['pop3', 'imap'] as const)('fetching over %s', (protocol) => {
  test('killed before any of its steps, nothing is lost, and the next run brings every message exactly once', async () => {
    const steps = (await stepsOf(protocol)).length
    const stride = Math.floor(steps / some)
    const first = 1 + Math.floor(Math.random() * stride)
    for (let round = 0; round < some; round += 1) await killedBefore(protocol, first + round * stride)
    expect(steps).toBeGreaterThan(40)
  })

  test('killed at any moment while mail keeps coming, nothing is lost and nothing doubled', async () => {
    await killedAtRandom(protocol, 4)
  })
})

test('the server is asked to remove a message only after its file, its folder and its row are durable', async () => {
  const steps = await stepsOf('pop3')
  const first = (what: RegExp) => steps.findIndex((step) => what.test(step))
  const rows = first(/^INSERT INTO message/)
  expect(first(/^write .*\.eml$/)).toBeGreaterThan(first(/^say RETR/))
  expect(first(/^fsync .*\.eml$/)).toBeGreaterThan(first(/^write .*\.eml$/))
  expect(rows).toBeGreaterThan(steps.findLastIndex((step) => /^fsync .*\.eml$/.test(step)))
  expect(first(/^say DELE/)).toBeGreaterThan(steps.indexOf('COMMIT', rows))
  expect(first(/^say QUIT/)).toBeGreaterThan(first(/^say DELE/))
  expect(steps.findLastIndex((step) => step.startsWith('UPDATE ledger SET removed_at'))).toBeGreaterThan(first(/^hear \+OK Logging out/))
})
