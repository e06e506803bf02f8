/** "Receive from all accounts" against real servers: side by side, and never more connections than a server may be asked for. */
import { afterEach, expect, test } from 'vitest'
import { capConnections, connectionsPerServer } from '../../electron/jobs/cap-connections.ts'
import { fetchMail, type FetchParts } from '../../electron/jobs/kinds/fetch-mail.ts'
import { createServerTurns } from '../../electron/jobs/server-turns.ts'
import { addressesOf } from '../../electron/protocols/net/addresses-of.ts'
import { accountSchema } from '../../shared/model/account.ts'
import { lab } from '../servers/lab.ts'
import { digests, filledMailbox, servedTo } from './lab-mail.ts'
import { accountsOf, clearDraft, openParts, type RunningParts } from './running-parts.ts'

const open: RunningParts[] = []
afterEach(async () => {
  for (const parts of open.splice(0)) await parts.close()
})

test('twice as many accounts as a server may be asked for at once are all fetched, side by side, by whichever name the server goes', async () => {
  const users = Array.from({ length: connectionsPerServer * 2 }, () => filledMailbox(4, '4K'))
  const parts = openParts(clearDraft('imap', users[0] ?? '', lab.port('CLEAR_IMAP')))
  open.push(parts)
  let [now, most] = [0, 0]
  const counting: FetchParts['openInbox'] = async (...target) => {
    const opened = await parts.openInbox(...target)
    if (!opened.ok) return opened
    now += 1
    most = Math.max(most, now)
    const { value: session } = opened
    const left = <T>(ending: Promise<T>) => ending.finally(() => { now -= 1 })
    const [close, hangUp] = [session.close.bind(session), session.hangUp.bind(session)]
    return { ok: true, value: Object.assign(session, { close: () => left(close()), hangUp: () => left(hangUp()) }) }
  }
  const { openInbox } = capConnections({ ...parts, openInbox: counting }, createServerTurns({ perServer: connectionsPerServer, inAll: 100 }, addressesOf))

  const jobs = users.map((user, index) => {
    const draft = clearDraft('imap', user, lab.port('CLEAR_IMAP'))
    const host = index % 2 === 0 ? '127.0.0.1' : 'localhost'
    const account = accountSchema.parse({ id: `account-${String(index)}`, ...draft, incoming: { ...draft.incoming, host } })
    return parts.jobs.start(fetchMail({ ...parts, openInbox, accounts: accountsOf(account) }, account.id), 'person')
  })
  for (const id of jobs) expect(await parts.jobs.finished(id)).toMatchObject({ state: 'done', detail: { fetched: 4, skipped: [] } })
  expect(parts.bugs).toEqual([])
  expect(most).toBe(connectionsPerServer)
  expect(digests(parts.storedFiles())).toEqual(digests(users.flatMap((user) => servedTo(user))))
})
