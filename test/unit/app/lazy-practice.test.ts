import { afterEach, expect, test } from 'vitest'
import { createLazyPractice, type LazyPractice } from '../../../electron/app/lazy-practice.ts'
import { openInbox } from '../../../electron/protocols/open-inbox.ts'
import { done } from '../../../shared/failures/failure.ts'
import type { Account, AccountDraft } from '../../../shared/model/account.ts'

const opened: LazyPractice[] = []
function practice(): LazyPractice {
  const lazy = createLazyPractice()
  opened.push(lazy)
  return lazy
}
afterEach(() => Promise.all(opened.splice(0).map((lazy) => lazy.stop())))

async function inboxOf({ incoming }: AccountDraft, secret: string): Promise<readonly string[]> {
  if (incoming?.protocol !== 'pop3') throw new Error('not POP3')
  const session = await openInbox(
    'pop3',
    { host: incoming.host, port: incoming.port!, security: 'none', trustedCertificate: null, timeoutSeconds: 10, signal: new AbortController().signal },
    { userName: incoming.signIn.userName, secret, method: 'password' },
  )
  if (!session.ok) throw new Error(session.failure.code)
  const listed = await session.value.list()
  await session.value.close()
  if (!listed.ok) throw new Error(listed.failure.code)
  return listed.value.map(({ serverId }) => serverId)
}

test('a saved practice account finds its server and its mail again after a restart, with a new password in memory', async () => {
  const first = practice()
  const started = await first.start()
  if (!started.ok) throw new Error(started.failure.code)
  const { draft, secrets } = started.value
  const before = await inboxOf(draft, secrets.incoming!)
  await first.stop()

  const account: Account = { ...draft, id: 'saved' }
  const written: { readonly id: string; readonly secret: string; readonly remember: boolean }[] = []
  await practice().resume({ list: () => [account] }, {
    write: async (id, _direction, secret, remember) => {
      written.push({ id, secret, remember })
      return done(undefined)
    },
  })
  expect(written).toEqual([{ id: 'saved', secret: expect.any(String) as string, remember: false }])
  expect(before.length).toBeGreaterThan(3)
  expect(await inboxOf(account, written[0]!.secret)).toEqual(before)
})

test('an account that only looks like practice starts nothing', async () => {
  const account = { id: 'x', user: { address: 'practice@mailroom.example' }, incoming: null, outgoing: null } as never as Account
  const written: string[] = []
  await practice().resume({ list: () => [account] }, { write: async (id) => { written.push(id); return done(undefined) } })
  expect(written).toEqual([])
})
