import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDrafts } from '../../../electron/outbox/create-drafts.ts'
import { createOutbox } from '../../../electron/outbox/create-outbox.ts'
import type { Drafts } from '../../../electron/outbox/drafts.ts'
import type { Outbox } from '../../../electron/outbox/outbox.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import { draftMailSchema, type DraftMail } from '../../../shared/model/draft-mail.ts'
import { composedMailSchema } from '../../../shared/model/outgoing-mail.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'
import { draftOf } from '../../fakes/one-account.ts'

let place: ReturnType<typeof freshDataFolder>
let outbox: Outbox
let drafts: Drafts
const account = { id: 'office', ...draftOf() }

beforeEach(() => {
  place = freshDataFolder()
  outbox = createOutbox(place)
  drafts = createDrafts(place)
})
afterEach(() => place.remove())

const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
  return outcome.value
}
const line = { finished: [], typing: '' }
const draft = (change: Partial<DraftMail> = {}): DraftMail =>
  draftMailSchema.parse({ accountId: 'office', to: { finished: [{ name: 'Jan', address: 'jan@' }], typing: 'an' }, cc: line, bcc: line, subject: 'Hal', text: 'Beste', inReplyTo: null, when: 'now', later: '', private: null, readReceipt: null, deliveryReport: null, ...change })
const listed = () => outbox.list({ states: null, accountId: null, batchId: null, offset: 0, limit: 100 }).mails
function fileNamed(name: string) {
  const path = join(place.folder.root, name)
  writeFileSync(path, `bytes of ${name}`)
  return { name, path }
}
const filesOf = (id: string) => (existsSync(join(place.folder.drafts, id)) ? readdirSync(join(place.folder.drafts, id)) : [])
const composed = (draftId: string | null) => composedMailSchema.parse({ accountId: 'office', to: [{ address: 'jan@customer.example' }], subject: 'Hallo', draftId })

test('what is typed, finished or not, is kept and listed as a draft, and comes back as it was after a restart', async () => {
  const pdf = fileNamed('invoice.pdf')
  const id = value(await drafts.save(null, account, draft(), [pdf]))
  rmSync(pdf.path)
  value(await drafts.save(id, account, draft({ subject: 'Hallo', text: 'Beste Jan', html: '<div>Beste <b>Jan</b></div>' }), value(drafts.open(id)).files))
  expect(listed()).toMatchObject([{ id, state: 'draft', subject: 'Hallo', recipients: [{ kind: 'to', name: 'Jan', address: 'jan@' }], attachmentNames: ['invoice.pdf'] }])
  const again = value(createDrafts(place).open(id))
  expect(again.draft).toEqual(draft({ subject: 'Hallo', text: 'Beste Jan', html: '<div>Beste <b>Jan</b></div>' }))
  expect(again.files.map(({ name, path }) => [name, readFileSync(path, 'utf8')])).toEqual([['invoice.pdf', 'bytes of invoice.pdf']])
  expect(value(outbox.get(id)).history.map(({ state }) => state)).toEqual(['draft'])
})

test('a file that was taken out goes with the next save, and one that is still there is not copied again', async () => {
  const id = value(await drafts.save(null, account, draft(), [fileNamed('a'), fileNamed('b')]))
  const [, kept] = value(drafts.open(id)).files
  const before = filesOf(id)
  value(await drafts.save(id, account, draft(), [kept!]))
  expect(filesOf(id)).toHaveLength(1)
  expect(before).toContain(filesOf(id)[0])
})

test('in the queue it is no draft any more: never both, and never neither', async () => {
  const id = value(await drafts.save(null, account, draft(), [fileNamed('a')]))
  const withoutFile = await outbox.queue(account, composed(id), [{ name: 'gone', path: join(place.folder.root, 'gone') }])
  expect(withoutFile.ok).toBe(false)
  expect(listed().map(({ state }) => state)).toEqual(['draft'])
  const queued = value(await outbox.queue(account, composed(id), value(drafts.open(id)).files))
  expect(listed().map((mail) => [mail.id, mail.state])).toEqual([[queued.id, 'ready']])
  expect(await drafts.save(id, account, draft(), [])).toMatchObject({ ok: false, failure: { code: 'outbox.unknown' } })
  expect(drafts.open(id)).toMatchObject({ ok: false })
  await drafts.tidy(id)
  expect(filesOf(id)).toEqual([])
})

test('a draft is never taken for sending, and discarding takes a draft only', async () => {
  const id = value(await drafts.save(null, account, draft(), []))
  expect(outbox.accountsReady(place.clock.at)).toEqual([])
  expect(outbox.take('office', place.clock.at, 10)).toMatchObject({ ok: true, value: [] })
  const queued = value(await outbox.queue(account, composed(null), []))
  await drafts.discard(queued.id)
  await drafts.discard(id)
  expect(listed().map((mail) => mail.id)).toEqual([queued.id])
})

test('a start removes files of drafts whose row was never written, and no others', async () => {
  const id = value(await drafts.save(null, account, draft(), [fileNamed('a')]))
  mkdirSync(join(place.folder.drafts, 'crashed'))
  writeFileSync(join(place.folder.drafts, 'crashed', 'half'), 'x')
  writeFileSync(join(place.folder.drafts, id, 'half'), 'x')
  await createDrafts(place).sweep()
  expect(readdirSync(place.folder.drafts)).toEqual([id])
  expect(value(drafts.open(id)).files.map(({ path }) => readFileSync(path, 'utf8'))).toEqual(['bytes of a'])
  expect(filesOf(id)).toHaveLength(1)
})

test('a file that cannot be read leaves the draft as it was, and says so', async () => {
  const id = value(await drafts.save(null, account, draft(), []))
  expect(await drafts.save(id, account, draft({ text: 'new' }), [{ name: 'gone', path: join(place.folder.root, 'gone') }])).toMatchObject({ ok: false, failure: { code: 'storage.failed' } })
  expect(value(drafts.open(id)).draft.text).toBe('Beste')
})
