/**
 * Ten minutes of made-up input, new each time, for every reader of what strangers write: nothing is thrown, nothing is believed, nothing
 * takes for ever, and memory stays where it was. MAILROOM_FUZZ_SEED=… says it all again, MAILROOM_FUZZ_MINUTES=… for longer.
 */
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { documentTargets } from '../fakes/fuzz/document-targets.ts'
import { outgoingTargets } from '../fakes/fuzz/outgoing-targets.ts'
import { protocolTargets } from '../fakes/fuzz/protocol-targets.ts'

const targets = [...protocolTargets, ...documentTargets, ...outgoingTargets]
const minutes = Number(process.env['MAILROOM_FUZZ_MINUTES'] ?? 10)
const seed = Number(process.env['MAILROOM_FUZZ_SEED'] ?? Date.now() & 0x7fffffff)
console.info(`fuzzing: MAILROOM_FUZZ_SEED=${seed}`)

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/**
 * Bytes that are still held when everything that can go has gone: what the process has of the system rises and falls as the collector likes.
 * Millions of cases run without the event loop ever turning: what is let go of at its next turn only (WeakRef, streams) gets its turns first.
 */
async function held(): Promise<number> {
  for (let turn = 0; turn < 3; turn += 1) {
    await setImmediate()
    collect()
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

test.each(targets)('$name', async ({ run }) => {
  const before = await held()
  await expect(run({ seed, numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: (minutes * 60_000) / targets.length, markInterruptAsFailure: false })).resolves.toBeUndefined()
  expect((await held()) - before).toBeLessThan(64 * 1024 * 1024)
})
