/**
 * What leaves the server, and what never does (PRODUCT C2), asked of each server alike: every delivery option, over messages of every age,
 * deleted here or not, with a clock that is turned. What is right is said once more here, in plain words, and not taken from the
 * ledger's own condition.
 */
import { expect, test } from 'vitest'
import { fetchMail } from '../../electron/jobs/kinds/fetch-mail.ts'
import type { AccountDraftInput, Delivery } from '../../shared/model/account.ts'
import { lab } from '../servers/lab.ts'
import { openParts, type RunningParts } from './running-parts.ts'

export interface RemovalPlace {
  readonly draft: (user: string) => AccountDraftInput
  /** Into the inbox, in this order; a name is another for each. */
  readonly deliver: (user: string, messages: readonly { readonly name: string; readonly bytes: Buffer }[]) => unknown
  /** All that is in the inbox. */
  readonly onServer: (user: string) => readonly Buffer[] | Promise<readonly Buffer[]>
}

const day = 24 * 60 * 60 * 1000
const today = Date.parse('2026-11-22T09:00:00.000Z')
const removeAfter = 14

/** Ages at the moment of the run, in milliseconds since the message was stored here: around the limit, and far from it. */
const ages = {
  'long ago': 40 * day,
  'a moment over the days': removeAfter * day + 1,
  'exactly the days': removeAfter * day,
  'a moment under the days': removeAfter * day - 1,
  'just now': 0,
} as const
type Age = keyof typeof ages
const oldestFirst = Object.keys(ages) as Age[]

const options: readonly Delivery[] = [true, false].flatMap((leaveCopy) =>
  [null, removeAfter].flatMap((removeAfterDays) => [false, true].map((removeWhenDeleted) => ({ leaveCopy, removeAfterDays, removeWhenDeleted }))),
)

/** Each age twice: one of the two is deleted here. */
const messages = oldestFirst.flatMap((age) => [false, true].map((deleted) => ({ age, deleted, subject: `${age}${deleted ? ', deleted here' : ''}` })))
type Message = (typeof messages)[number]

/** The promise of each option, in the words of the person who chooses it. */
function goes({ age, deleted }: Message, { leaveCopy, removeAfterDays, removeWhenDeleted }: Delivery): boolean {
  if (!leaveCopy) return true
  if (removeWhenDeleted && deleted) return true
  return removeAfterDays !== null && ages[age] >= removeAfterDays * day
}

const named = ({ leaveCopy, removeAfterDays, removeWhenDeleted }: Delivery) =>
  [leaveCopy ? 'leave a copy' : 'leave no copy', ...(removeAfterDays === null ? [] : [`remove after ${String(removeAfterDays)} days`]), ...(removeWhenDeleted ? ['remove when deleted here'] : [])].join(', ')

const bytesOf = ({ subject }: Pick<Message, 'subject'>) => `From: a@shop.example\r\nTo: b@shop.example\r\nMessage-ID: <${subject.replaceAll(/[ ,]+/g, '-')}@shop.example>\r\nSubject: ${subject}\r\n\r\nHello\r\n`

const subjectsOf = (files: readonly Buffer[]) => files.map((bytes) => /^Subject: (.*)\r$/m.exec(bytes.toString('latin1'))?.[1] ?? '').toSorted()

async function run(parts: RunningParts, account = parts.account) {
  const job = await parts.jobs.finished(parts.jobs.start(fetchMail({ ...parts, accounts: { ...parts.accounts, get: () => ({ ok: true, value: account }) } }, 'office'), 'person'))
  expect(parts.bugs).toEqual([])
  expect(job).toMatchObject({ state: 'done', failure: null })
  return job
}

/** Every message was stored when it was so old, by a run that leaves everything; then half of them are deleted here. */
async function prepared(place: RemovalPlace, delivery: Delivery) {
  const user = lab.freshUser('retention')
  const clock = { at: today }
  const parts = openParts({ ...place.draft(user), delivery }, () => lab.password, { now: () => new Date(clock.at) })
  const leaving = { ...parts.account, delivery: { leaveCopy: true, removeAfterDays: null, removeWhenDeleted: false } }
  for (const age of oldestFirst) {
    clock.at = today - ages[age]
    const arriving = messages.filter((message) => message.age === age)
    await place.deliver(user, arriving.map((message) => ({ name: `${String(oldestFirst.indexOf(age))}${message.deleted ? 'd' : 'k'}.retention`, bytes: Buffer.from(bytesOf(message)) })))
    await run(parts, leaving)
  }
  const rows = parts.mail.list({ accountId: 'office', search: '', offset: 0, limit: 50 }).messages
  expect(rows).toHaveLength(messages.length)
  const deleted = rows.filter(({ subject }) => subject.endsWith('deleted here')).map(({ id }) => id)
  expect(await parts.mail.delete(deleted)).toMatchObject({ ok: true })
  return { user, parts, deleted, clock }
}

const stored = (parts: RunningParts) => subjectsOf(parts.storedFiles())
const subjects = (some: readonly Message[]) => some.map(({ subject }) => subject).toSorted()

export function keepsItsRemovalPromises(place: RemovalPlace): void {
  const onServer = async (user: string) => subjectsOf(await place.onServer(user))

  test.concurrent.each(options.map((delivery) => [named(delivery), delivery] as const))('%s', async (_name, delivery) => {
    const { user, parts, deleted } = await prepared(place, delivery)
    try {
      const going = messages.filter((message) => goes(message, delivery))
      const staying = messages.filter((message) => !goes(message, delivery))

      // Chosen, but its preview was not agreed to: whatever it says, nothing goes.
      await run(parts)
      expect(await onServer(user)).toEqual(subjects(messages))

      // Changed to, after another one was agreed to that removes something else: the same.
      parts.mail.agreeToRemovals('office', { leaveCopy: true, removeAfterDays: 1, removeWhenDeleted: !delivery.removeWhenDeleted })
      await run(parts)
      expect(await onServer(user)).toEqual(subjects(messages))

      const preview = parts.mail.previewRemovals('office', delivery)
      expect(subjectsOf(preview.rows.filter(({ dueAt }) => dueAt === null).map(bytesOf).map((text) => Buffer.from(text)))).toEqual(subjects(going))
      expect(preview.due).toBe(going.length)

      parts.mail.agreeToRemovals('office', delivery)
      expect(await run(parts)).toMatchObject({ detail: { fetched: 0, removed: going.length } })
      expect(await onServer(user)).toEqual(subjects(staying))
      expect(subjectsOf(parts.mail.removals('office', 50).removals.map(bytesOf).map((text) => Buffer.from(text)))).toEqual(subjects(going))
      // What is here stays here, whatever became of the server's copy; what was deleted goes once the server has confirmed that its copy is gone.
      expect(stored(parts)).toEqual(subjects([...messages.filter((message) => !message.deleted), ...staying.filter((message) => message.deleted)]))

      // A deletion can be taken back where the server was not told, and nothing has to be fetched for it.
      const spared = staying.filter((message) => message.deleted)
      expect(parts.mail.undoDelete(deleted).undone).toHaveLength(spared.length)
      expect(parts.mail.list({ accountId: 'office', search: '', offset: 0, limit: 50 }).total).toBe(messages.filter((message) => !message.deleted).length + spared.length)
      expect(await run(parts)).toMatchObject({ detail: { fetched: 0, removed: 0 } })
      expect(stored(parts)).toEqual(subjects([...messages.filter((message) => !message.deleted), ...spared]))
      expect(await onServer(user)).toEqual(subjects(staying))
    } finally {
      await parts.close()
    }
  })

  test.concurrent('a message goes on the day its days are over, and not a moment before', async () => {
    const delivery = { leaveCopy: true, removeAfterDays: removeAfter, removeWhenDeleted: false }
    const { user, parts, clock } = await prepared(place, delivery)
    try {
      parts.mail.agreeToRemovals('office', delivery)
      const under = messages.filter(({ age }) => age === 'a moment under the days' || age === 'just now')
      await run(parts)
      expect(await onServer(user)).toEqual(subjects(under))
      clock.at = today + 1
      await run(parts)
      expect(await onServer(user)).toEqual(subjects(under.filter(({ age }) => age === 'just now')))
      clock.at = today + removeAfter * day - 1
      await run(parts)
      expect(await onServer(user)).toHaveLength(2)
      clock.at = today + removeAfter * day
      await run(parts)
      expect(await onServer(user)).toEqual([])
    } finally {
      await parts.close()
    }
  })
}
