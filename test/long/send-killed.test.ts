import { expect, test } from 'vitest'
import { runForAWhile, runUntilKilled } from '../crash/run-until-killed.ts'
import { checkQueue, withQueue } from '../crash/sent-at-most-once.ts'
import { recordingSink } from '../fakes/recording-sink.ts'

const script = 'send-to-sink.ts'
const [mails, kills, killsOfTwo, mailsInAll] = [500, 200, 60, 12]

test(`killed at ${kills} random moments while ${mails} mails go out, each arrives at most once, and says truly how far it got`, async () => {
  let killed = 0
  const unknown: number[] = []
  while (killed < kills) {
    const sink = await recordingSink()
    await withQueue(mails, async (root) => {
      for (let isOver = false; !isOver && killed < kills; ) {
        const { killed: wasKilled } = await runForAWhile(script, root, Math.random() * 250, [String(sink.port), String(Math.round((Math.random() - 0.5) * 10_000))])
        const counts = await checkQueue(root, sink, `after kill ${killed}`)
        killed += Number(wasKilled)
        isOver = (counts.ready ?? 0) === 0
        if (isOver) unknown.push(counts.unknown ?? 0)
      }
      await runUntilKilled(script, root, null, [String(sink.port)])
      const counts = await checkQueue(root, sink, 'at the end')
      expect((counts.sent ?? 0) + (counts.unknown ?? 0)).toBe(mails)
    })
    await sink.close()
  }
  console.log(`${killed} kills; outcomes left unknown in each queue of ${mails}: ${unknown.join(', ')}`)
})

test(`two processes on one folder, which nothing but the mails' own marks keeps apart, killed ${killsOfTwo} times while ${mails} mails go out: each arrives at most once`, async () => {
  let killed = 0
  while (killed < killsOfTwo) {
    const sink = await recordingSink()
    await withQueue(mails, async (root) => {
      const away = () => runForAWhile(script, root, Math.random() * 250, [String(sink.port)])
      for (let isOver = false; !isOver; ) {
        const both = await Promise.all([away(), away()])
        killed += both.filter((one) => one.killed).length
        isOver = ((await checkQueue(root, sink, `after kill ${killed}`)).ready ?? 0) === 0
      }
    })
    await sink.close()
  }
})

test(`killed before every step of sending ${mailsInAll} mails, each arrives at most once, and says truly how far it got`, async () => {
  let steps = 0
  for (let step = 1, wasKilled = true; wasKilled; step += 1) {
    const sink = await recordingSink()
    await withQueue(mailsInAll, async (root) => {
      wasKilled = (await runUntilKilled(script, root, step, [String(sink.port)])).killed
      await checkQueue(root, sink, `killed before step ${step}`)
    })
    await sink.close()
    steps = step
  }
  console.log(`killed before each of ${steps - 1} steps`)
})
