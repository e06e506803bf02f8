import { describe, expect, test } from 'vitest'
import { recordingSink, type SinkMoment } from '../fakes/recording-sink.ts'
import { runForAWhile, runUntilKilled } from './run-until-killed.ts'
import { sendHere } from './send-here.ts'
import { checkQueue, withQueue } from './sent-at-most-once.ts'

const script = 'send-to-sink.ts'

describe('a mail arrives at most once, and says truly how far it got,', () => {
  test('when the program is killed at any moment, again and again, with clocks that jump', async () => {
    const sink = await recordingSink()
    await withQueue(60, async (root) => {
      for (const [index, hours] of [0, 240, -240, 24 * 365].entries()) {
        await runForAWhile(script, root, Math.random() * 60, [String(sink.port), String(hours)])
        await checkQueue(root, sink, `after kill ${index + 1}`)
      }
      await runUntilKilled(script, root, null, [String(sink.port)])
      const counts = await checkQueue(root, sink, 'at the end')
      expect((counts.sent ?? 0) + (counts.unknown ?? 0)).toBe(60)
    })
    await sink.close()
  })

  test('when two processes share the folder', async () => {
    const sink = await recordingSink()
    await withQueue(60, async (root) => {
      await Promise.all([runUntilKilled(script, root, null, [String(sink.port)]), runUntilKilled(script, root, null, [String(sink.port)])])
      await checkQueue(root, sink, 'both have ended')
    })
    await sink.close()
  })

  const commands: readonly SinkMoment['command'][] = ['connect', 'EHLO', 'MAIL', 'RCPT', 'DATA', '.']
  const misdeeds = [
    ...commands.map((command) => [command, 'cut'] as const),
    ['.', 'take-and-cut'] as const,
    ...commands.flatMap((command) => ['421 4.3.0 going down', '451 4.3.0 later', '554 5.3.0 never', 'what?'].map((reply) => [command, reply] as const)),
  ]

  test('when the server answers any command badly, or not at all', async () => {
    /** All that any of the servers took. */
    const taken = new Map<string, number>()
    await withQueue(misdeeds.length * 6, async (root) => {
      for (const [command, odd] of misdeeds) {
        // Mostly the fourth time: something has gone well before.
        const turn = command === 'connect' || command === 'EHLO' ? 0 : 3
        const sink = await recordingSink((moment) => (moment.before === turn + 4 ? 'cut' : moment.command === command && moment.before === turn ? odd : null))
        await sendHere(root, sink.port)
        for (const [id, times] of sink.taken) taken.set(id, (taken.get(id) ?? 0) + times)
        await checkQueue(root, { ...sink, taken }, `${odd} to ${command}`)
        await sink.close()
      }
    })
  })
})
