/**
 * Ten minutes of made-up input, new each time, for every reader of what strangers write: nothing is thrown, nothing is believed, nothing
 * takes for ever, and memory stays where it was. MAILROOM_FUZZ_SEED=… says it all again, MAILROOM_FUZZ_MINUTES=… for longer.
 */
import { expect, test } from 'vitest'
import { documentTargets } from '../fakes/fuzz/document-targets.ts'
import { outgoingTargets } from '../fakes/fuzz/outgoing-targets.ts'
import { protocolTargets } from '../fakes/fuzz/protocol-targets.ts'

const targets = [...protocolTargets, ...documentTargets, ...outgoingTargets]
const minutes = Number(process.env['MAILROOM_FUZZ_MINUTES'] ?? 10)
const seed = Number(process.env['MAILROOM_FUZZ_SEED'] ?? Date.now() & 0x7fffffff)
console.info(`fuzzing: MAILROOM_FUZZ_SEED=${seed}`)

test.each(targets)('$name', async ({ run }) => {
  const before = process.memoryUsage().rss
  await expect(run({ seed, numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: (minutes * 60_000) / targets.length, markInterruptAsFailure: false })).resolves.toBeUndefined()
  expect(process.memoryUsage().rss - before).toBeLessThan(512 * 1024 * 1024)
})
