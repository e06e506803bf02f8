import { describe, expect, test } from 'vitest'
import { killedAtRandom, killedBefore, stepsOf } from '../crash/fetch-killed.ts'

describe.each(['pop3', 'imap', 'jmap'] as const)('fetching over %s', (protocol) => {
  test('killed before each of its steps, nothing is lost, and the next run brings every message exactly once', async () => {
    const steps = (await stepsOf(protocol)).length
    let killed = 0
    for (let step = 1; step <= steps; step += 1) killed += (await killedBefore(protocol, step)) ? 1 : 0
    // In how many pieces an answer comes is not always the same.
    expect(killed).toBeGreaterThan(steps * 0.9)
  })

  test('killed 150 times at random moments while mail keeps coming, nothing is lost and nothing doubled', async () => {
    await killedAtRandom(protocol, 150)
  })
})
