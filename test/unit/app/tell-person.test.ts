import { expect, test } from 'vitest'
import { tellPerson } from '../../../electron/app/tell-person.ts'
import { done, failure, type Failure } from '../../../shared/failures/failure.ts'
import type { Job } from '../../../shared/model/job.ts'
import { fetchDetail } from '../../fakes/fetch-detail.ts'

function set(options: { readonly wanted?: boolean } = {}) {
  const said: string[] = []
  const badges: number[] = []
  let unseen = 2
  let pause: Failure | null = null
  let bounced: readonly { readonly number: number; readonly id: string }[] = [{ number: 3, id: '11' }]
  const listeners: { outbox: () => void; looked: () => void; mail: () => void; job: (job: Job) => void; pause: (id: string) => void } = { outbox: () => {}, looked: () => {}, mail: () => {}, job: () => {}, pause: () => {} }
  const account = { id: 'a', name: 'Sales' } as never
  const stop = tellPerson({
    host: { notify: (title, body) => said.push(`${title}: ${body}`), badge: (count) => badges.push(count) },
    accounts: { list: () => [account], get: () => done(account), onChange: () => () => {} },
    mail: { counts: () => ({ messages: 9, unseen }), onChange: (listener) => { listeners.mail = () => listener(null); return () => {} } },
    outbox: { get: (id) => done({ subject: `Invoice ${id}`, recipients: [{ address: 'ben@buyer.example', returned: null }, { address: 'anna@buyer.example', returned: { outcome: 'bounced' } }] } as never), onChange: (listener) => { listeners.outbox = () => listener([]); return () => {} } },
    bounces: { unlooked: () => bounced, unlookedCount: () => bounced.length, onChange: (listener) => { listeners.looked = listener; return () => {} } },
    jobs: { onChange: (listener) => { listeners.job = listener; return () => {} } },
    pauses: { of: () => pause, onChange: (listener) => { listeners.pause = listener; return () => {} } },
    language: () => 'en',
    wanted: () => options.wanted ?? true,
  })
  return { said, badges, listeners, stop, unread: (count: number) => { unseen = count }, cameBack: (...news: typeof bounced) => { bounced = news }, paused: (reason: Failure | null) => { pause = reason } }
}

const fetched = (cause: Job['cause'], count: number, state: Job['state'] = 'done'): Job => ({
  id: 'j', kind: 'fetch-mail', accountId: 'a', state, cause, createdAt: '', startedAt: null, endedAt: null,
  progress: { done: count, total: count }, failure: null,
  detail: fetchDetail({ fetched: count }),
})

test('mail that came by itself is told, mail that was asked for is not', () => {
  const { said, listeners } = set()
  listeners.job(fetched('schedule', 3))
  listeners.job(fetched('start', 1))
  listeners.job(fetched('person', 5))
  listeners.job(fetched('schedule', 0))
  listeners.job(fetched('schedule', 4, 'running'))
  expect(said).toEqual(['3 new messages: For Sales.', 'One new message: For Sales.'])
})

test('of what came, only what a person waits for is told', () => {
  const { said, listeners } = set()
  listeners.job({ ...fetched('server', 5), detail: fetchDetail({ fetched: 5, arrived: 0 }) })
  listeners.job({ ...fetched('server', 5), detail: fetchDetail({ fetched: 5, arrived: 2 }) })
  expect(said).toEqual(['2 new messages: For Sales.'])
})

test('an account that had to be paused is told with what to do, and a resumed one is not', () => {
  const { said, listeners, paused } = set()
  paused(failure('signin.rejected'))
  listeners.pause('a')
  paused(null)
  listeners.pause('a')
  expect(said).toHaveLength(1)
  expect(said[0]).toMatch(/^Sales is paused: .{10,}/)
})

test('nothing is told to who switched notifications off, but the count stays on the icon', () => {
  const { said, badges, listeners, unread } = set({ wanted: false })
  listeners.job(fetched('schedule', 3))
  unread(5)
  listeners.mail()
  expect(said).toEqual([])
  expect(badges).toEqual([3, 6])
})

test('a mail that came back is told once, by its subject and address, and counts on the icon until somebody looks at it', () => {
  const { said, badges, listeners, cameBack } = set()
  listeners.outbox()
  cameBack({ number: 3, id: '11' }, { number: 4, id: '12' })
  listeners.outbox()
  listeners.outbox()
  cameBack({ number: 4, id: '12' }, { number: 5, id: '13' }, { number: 6, id: '14' })
  listeners.outbox()
  cameBack()
  listeners.looked()
  expect(said).toEqual(['A mail came back: “Invoice 12” did not reach anna@buyer.example.', '2 mails came back: “Invoice 14” did not reach anna@buyer.example.'])
  expect(badges).toEqual([3, 4, 5, 2])
})
