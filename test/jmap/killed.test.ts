/** A short round; test/long/fetch-killed.test.ts kills at every step, and at 150 random moments. */
import { expect, test } from 'vitest'
import { killedAtRandom, killedBefore, stepsOf } from '../crash/fetch-killed.ts'

test('killed before any of its steps, nothing is lost, and the next run brings every message exactly once', async () => {
  const steps = (await stepsOf('jmap')).length
  const stride = Math.floor(steps / 2)
  const first = 1 + Math.floor(Math.random() * stride)
  for (let round = 0; round < 2; round += 1) await killedBefore('jmap', first + round * stride)
  expect(steps).toBeGreaterThan(40)
})

test('killed at any moment while mail keeps coming, nothing is lost and nothing doubled', async () => {
  await killedAtRandom('jmap', 1)
})
