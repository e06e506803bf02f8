import { afterEach, beforeEach, expect, test } from 'vitest'
import { outboxHandlers } from '../../../electron/ipc/handlers/outbox.ts'
import { createOutbox } from '../../../electron/outbox/create-outbox.ts'
import type { Outbox } from '../../../electron/outbox/outbox.ts'
import { type Failure, failure } from '../../../shared/failures/failure.ts'
import type { Job } from '../../../shared/model/job.ts'
import { composedMailSchema } from '../../../shared/model/outgoing-mail.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'
import { mailsInHand } from '../../fakes/mails-in-hand.ts'
import { draftOf, oneAccount } from '../../fakes/one-account.ts'

let place: ReturnType<typeof freshDataFolder>
let outbox: Outbox
let last: Failure | null
let paused: Failure | null
let open: readonly Partial<Job>[]
const nextAt = new Date('2026-11-22T10:05:00Z')
const noConnection = failure('connect.refused', { host: 'smtp.shop.example', port: 465 })

beforeEach(() => {
  place = freshDataFolder()
  outbox = createOutbox(place)
  last = null
  paused = null
  open = []
})
afterEach(() => place.remove())

async function queue(): Promise<string> {
  const queued = await outbox.queue({ id: 'office', ...draftOf() }, composedMailSchema.parse({ accountId: 'office', to: [{ address: 'anna@buyer.example' }], subject: 'Invoice' }), [])
  if (!queued.ok) throw new Error(queued.failure.code)
  return queued.value.id
}
const heldUp = () => outboxHandlers({
  outbox, accounts: oneAccount(), jobs: { open: () => open, last: () => ({ failure: last }) }, pauses: { of: () => paused }, schedule: { nextSend: () => (paused === null ? nextAt : null) },
} as unknown as Parameters<typeof outboxHandlers>[0])['outbox.heldUp']({})

test('a whole queue that waits for one reason says so, with how many and until when; not while it is tried, and not when nothing waits', async () => {
  last = noConnection
  expect(heldUp()).toEqual({ ok: true, value: { queues: [] } })
  await queue()
  await queue()
  expect(heldUp()).toEqual({ ok: true, value: { queues: [{ accountId: 'office', waiting: 2, failure: noConnection, nextAt: nextAt.toISOString() }] } })
  open = [{ kind: 'send-mail', accountId: 'office' }]
  expect(heldUp()).toEqual({ ok: true, value: { queues: [] } })
  open = []
  paused = failure('signin.rejected')
  expect(heldUp()).toMatchObject({ value: { queues: [{ failure: paused, nextAt: null }] } })
  paused = null
  last = null
  expect(heldUp()).toEqual({ ok: true, value: { queues: [] } })
})

test('mail of an account that was removed is told of: nothing sends it by itself any more', async () => {
  const queued = await outbox.queue({ id: 'removed', ...draftOf() }, composedMailSchema.parse({ accountId: 'removed', to: [{ address: 'anna@buyer.example' }], subject: 'Invoice' }), [])
  expect(queued.ok).toBe(true)
  expect(heldUp()).toEqual({ ok: true, value: { queues: [{ accountId: 'removed', waiting: 1, failure: failure('account.unknown'), nextAt: null }] } })
})

test('the mail that was to go first does not bear what is wrong with all of them; its story has it', async () => {
  const id = await queue()
  const mail = mailsInHand(outbox).take(place.clock.at)!
  await outbox.giveBack(mail, noConnection, null)
  expect(outbox.get(id)).toMatchObject({ value: { state: 'ready', failure: null, attempts: 0 } })
  const view = outbox.get(id)
  expect(view.ok && view.value.history.at(-1)?.failure).toEqual(noConnection)
})
