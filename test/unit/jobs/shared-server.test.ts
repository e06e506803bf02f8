/** Several accounts send through one server at once: its connections are shared in turn. */
import { expect, test } from 'vitest'
import { capConnections } from '../../../electron/jobs/cap-connections.ts'
import { sendMail } from '../../../electron/jobs/kinds/send-mail.ts'
import { createServerTurns } from '../../../electron/jobs/server-turns.ts'
import { FakeInbox } from '../../fakes/fake-inbox.ts'
import { FakeOutbox, FakeSubmission } from '../../fakes/fake-submission.ts'
import { oneAccount } from '../../fakes/one-account.ts'
import { createTurnedClock } from '../../fakes/turned-clock.ts'

/** Sends so many mails of each account; all but the first begin when so many mails have gone out. Answers with the accounts in the order their mails went out, and the most connections that were open at a time. */
async function sendAtOnce(queues: Readonly<Record<string, number>>, perServer: number, headStart = 0) {
  const clock = createTurnedClock()
  const server = new FakeSubmission()
  const most = { open: 0 }
  const order: string[] = []
  server.onSubmit = ({ file }) => {
    order.push(file.split('-')[0] ?? '')
    most.open = Math.max(most.open, server.opened - server.closed)
    if (order.length >= headStart) begin.resolve()
  }
  const begin = Promise.withResolvers<void>()
  if (headStart === 0) begin.resolve()
  const { openSubmission } = capConnections({ openInbox: new FakeInbox().open, openSubmission: server.open }, createServerTurns({ perServer, inAll: 16 }, async () => []))
  const ended = await Promise.all(Object.entries(queues).map(async ([name, mails], index) => {
    if (index > 0) await begin.promise
    const outbox = new FakeOutbox(clock.now)
    outbox.add(...Array.from({ length: mails }, (_, index) => `${name}-${String(index)}`))
    const paces = { of: () => ({ gap: 0, connections: null, rest: null }), taken: () => {}, slowed: () => clock.now() }
    const parts = { accounts: oneAccount(), outbox: outbox.port, openSubmission, pauses: { note: () => {} }, paces, connections: 5, now: clock.now, random: () => 0.5, timers: clock.timers }
    return sendMail(parts, name).run({ id: name, signal: new AbortController().signal, report: () => {} })
  }))
  expect(ended.every(({ ok }) => ok)).toBe(true)
  expect(order).toHaveLength(Object.values(queues).reduce((sum, mails) => sum + mails, 0))
  return { order, most: most.open, opened: server.opened }
}

test('a long queue keeps no other account waiting: a short one is sent while the long one goes on', async () => {
  const { order, most } = await sendAtOnce({ newsletter: 500, office: 10 }, 5, 20)
  expect(order.lastIndexOf('office')).toBeLessThan(100)
  expect(most).toBeLessThanOrEqual(5)
})

test('more accounts than connections have their turns, and nobody dials for every mail', async () => {
  const many = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`office${String(index)}`, 100]))
  const { order, opened } = await sendAtOnce(many, 3)
  for (const name of Object.keys(many)) expect(order.indexOf(name), name).toBeLessThan(300)
  expect(opened).toBeLessThanOrEqual(8 * (100 / 20) + 3 * 8)
})

test('an account that is alone keeps its connections to the end', async () => {
  expect((await sendAtOnce({ newsletter: 500 }, 5)).opened).toBe(5)
})
