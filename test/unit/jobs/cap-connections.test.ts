import { expect, test } from 'vitest'
import { capConnections } from '../../../electron/jobs/cap-connections.ts'
import { createServerTurns } from '../../../electron/jobs/server-turns.ts'
import { failure } from '../../../shared/failures/failure.ts'
import { FakeInbox } from '../../fakes/fake-inbox.ts'
import { FakeSubmission } from '../../fakes/fake-submission.ts'
import { settle } from '../../fakes/turned-clock.ts'

const credentials = { userName: 'office', secret: 'not-a-secret', method: 'password' } as const
const target = (host = 'imap.shop.example', signal = new AbortController().signal) => ({ host, port: 993, security: 'tls', trustedCertificate: null, timeoutSeconds: 10, signal }) as const

function capped(perServer: number, inAll = 100, addresses: Readonly<Record<string, readonly string[]>> = {}) {
  const [inbox, server, asked] = [new FakeInbox(), new FakeSubmission(), [] as string[]]
  const turns = createServerTurns({ perServer, inAll }, async (host) => {
    asked.push(host)
    return addresses[host] ?? []
  })
  return { inbox, server, asked, ...capConnections({ openInbox: inbox.open, openSubmission: server.open }, turns) }
}

async function opened<S>(outcome: Promise<{ ok: true; value: S } | { ok: false; failure: { code: string } }>): Promise<S> {
  const answer = await outcome
  if (!answer.ok) throw new Error(answer.failure.code)
  return answer.value
}

test('no more connections than the cap are open to one server; the next waits until one is closed', async () => {
  const { inbox, openInbox } = capped(2)
  const first = await opened(openInbox('imap', target(), credentials))
  await opened(openInbox('imap', target('IMAP.shop.example'), credentials))
  const third = openInbox('imap', target(), credentials)
  await settle()
  expect(inbox.opened).toBe(2)
  await first.close()
  await first.close()
  await opened(third)
  expect(inbox.opened).toBe(3)
  const fourth = openInbox('imap', target(), credentials)
  await settle()
  expect(inbox.opened).toBe(3)
  await (await opened(third)).hangUp()
  await opened(fourth)
  expect(inbox.opened).toBe(4)
})

test('other servers do not wait', async () => {
  const { inbox, openInbox } = capped(1)
  await opened(openInbox('imap', target(), credentials))
  await opened(openInbox('imap', target('imap.other.example'), credentials))
  expect(inbox.opened).toBe(2)
})

test('a connection that could not be opened takes no place', async () => {
  const { server, openSubmission } = capped(1)
  server.openFailure = failure('signin.rejected')
  expect(await openSubmission(target(), credentials)).toMatchObject({ ok: false })
  server.openFailure = null
  const session = await opened(openSubmission(target(), credentials))
  await session.close()
  await opened(openSubmission(target(), credentials))
  expect(server.opened).toBe(2)
})

test('who is cancelled while waiting leaves the line, and the next one gets the place', async () => {
  const { inbox, openInbox } = capped(1)
  const first = await opened(openInbox('imap', target(), credentials))
  const abort = new AbortController()
  const cancelled = openInbox('imap', target(undefined, abort.signal), credentials)
  const next = openInbox('imap', target(), credentials)
  abort.abort()
  expect(await cancelled).toMatchObject({ failure: { code: 'job.cancelled' } })
  await first.close()
  await opened(next)
  expect(inbox.opened).toBe(2)
})

test('names that lead to one address are one server; the ports of a host are not', async () => {
  const { inbox, openInbox } = capped(1, 100, { 'imap.shop.example': ['192.0.2.1', '192.0.2.2'], 'mail.shop.example': ['192.0.2.2'], 'imap.other.example': ['192.0.2.9'] })
  const first = await opened(openInbox('imap', target(), credentials))
  const second = openInbox('imap', target('mail.shop.example'), credentials)
  await opened(openInbox('imap', target('imap.other.example'), credentials))
  await opened(openInbox('pop3', { ...target('mail.shop.example'), port: 995 }, credentials))
  await settle()
  expect(inbox.opened).toBe(3)
  await first.close()
  await opened(second)
  expect(inbox.opened).toBe(4)
})

test('a name whose addresses take turns is one server', async () => {
  let turn = 0
  const inbox = new FakeInbox()
  const turns = createServerTurns({ perServer: 1, inAll: 9 }, async () => [`192.0.2.${(turn += 1)}`])
  const { openInbox } = capConnections({ openInbox: inbox.open, openSubmission: new FakeSubmission().open }, turns)
  await opened(openInbox('imap', target(), credentials))
  void openInbox('imap', target(), credentials)
  await settle()
  expect(inbox.opened).toBe(1)
})

test('no more than the cap are open in all, and who waits for a busy server holds up nobody else', async () => {
  const { inbox, openInbox } = capped(1, 2)
  const first = await opened(openInbox('imap', target('a.example'), credentials))
  void openInbox('imap', target('a.example'), credentials)
  const other = await opened(openInbox('imap', target('b.example'), credentials))
  const third = openInbox('imap', target('c.example'), credentials)
  await settle()
  expect(inbox.opened).toBe(2)
  await other.close()
  await opened(third)
  expect(inbox.opened).toBe(3)
  await first.close()
  await settle()
  expect(inbox.opened).toBe(4)
})

test('a single account costs no look-up, and who is cancelled during one waits no longer', async () => {
  const { asked, openInbox } = capped(1)
  const first = await opened(openInbox('imap', target(), credentials))
  await first.close()
  await opened(openInbox('imap', target(), credentials))
  expect(asked).toEqual([])

  const inbox = new FakeInbox()
  const { openInbox: openLate } = capConnections({ openInbox: inbox.open, openSubmission: new FakeSubmission().open }, createServerTurns({ perServer: 1, inAll: 9 }, () => new Promise(() => {})))
  await opened(openLate('imap', target('a.example'), credentials))
  const abort = new AbortController()
  const cancelled = openLate('imap', target('b.example', abort.signal), credentials)
  await settle()
  abort.abort()
  expect(await cancelled).toMatchObject({ failure: { code: 'job.cancelled' } })
  expect(inbox.opened).toBe(1)
})

test.each([['while he waits', settle], ['while it is looked up', async () => {}]])('the name of who is cancelled (%s) is looked up anew the next time: it may lead elsewhere by then', async (_, begun) => {
  const { asked, openInbox } = capped(1, 1)
  await opened(openInbox('imap', target('a.example'), credentials))
  const cancelOne = async () => {
    const abort = new AbortController()
    const cancelled = openInbox('imap', target('b.example', abort.signal), credentials)
    await begun()
    abort.abort()
    expect(await cancelled).toMatchObject({ failure: { code: 'job.cancelled' } })
  }
  await cancelOne()
  await cancelOne()
  expect(asked.filter((name) => name === 'b.example')).toHaveLength(2)
})

/** A place for an account, and what became of it. */
function placesOf(perServer: number, inAll = 100) {
  const turns = createServerTurns({ perServer, inAll }, async () => [])
  const take = async (sharer: string, host = 'smtp.shop.example') => {
    const turn = await turns.take(host, 587, new AbortController().signal, sharer)
    if (turn === null) throw new Error('cancelled')
    return turn
  }
  return { take }
}

test('whoever holds fewest connections to a server is next, then whoever came first', async () => {
  const { take } = placesOf(3)
  const [first, second] = [await take('large'), await take('large'), await take('large')]
  const order: string[] = []
  for (const who of ['large', 'small', 'other', 'small']) void take(who).then(() => order.push(who))
  await settle()
  first.giveBack()
  await settle()
  second.giveBack()
  await settle()
  expect(order).toEqual(['small', 'other'])
})

test('an account that holds two more than one that waits is told so, one that holds one more only that it is a matter of turns', async () => {
  const { take } = placesOf(3)
  const places = [await take('large'), await take('large'), await take('large')]
  expect(places[0]?.claim()).toBe('none')
  void take('large')
  await settle()
  expect(places[0]?.claim()).toBe('none')
  const small = take('small')
  await settle()
  expect(places[0]?.claim()).toBe('more')
  places[0]?.giveBack()
  const got = await small
  void take('small')
  await settle()
  expect([places[1]?.claim(), got.claim()]).toEqual(['as-much', 'none'])
})

test('who waits for another server claims no place that would not help him, and one of any server where all places are taken', async () => {
  const tight = placesOf(1, 9)
  const place = await tight.take('large')
  await tight.take('other', 'smtp.other.example')
  void tight.take('small', 'smtp.other.example')
  await settle()
  expect(place.claim()).toBe('none')
  const full = placesOf(9, 2)
  const [one] = [await full.take('large'), await full.take('large')]
  void full.take('small', 'smtp.other.example')
  await settle()
  expect(one.claim()).toBe('more')
})
