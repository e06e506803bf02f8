import { expect, test } from 'vitest'
import { capConnections } from '../../../electron/jobs/cap-connections.ts'
import { failure } from '../../../shared/failures/failure.ts'
import { FakeInbox } from '../../fakes/fake-inbox.ts'
import { FakeSubmission } from '../../fakes/fake-submission.ts'
import { settle } from '../../fakes/turned-clock.ts'

const credentials = { userName: 'office', secret: 'not-a-secret', method: 'password' } as const
const target = (host = 'imap.shop.example', signal = new AbortController().signal) => ({ host, port: 993, security: 'tls', trustedCertificate: null, timeoutSeconds: 10, signal }) as const

function capped(limit: number) {
  const [inbox, server] = [new FakeInbox(), new FakeSubmission()]
  return { inbox, server, ...capConnections({ openInbox: inbox.open, openSubmission: server.open }, limit) }
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
