/** The search index over a real store, with real threads. */
import { rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMailStore } from '../../../electron/mail/create-mail-store.ts'
import type { IndexNews } from '../../../electron/mail/index-waiting.ts'
import type { MailStore } from '../../../electron/mail/mail-store.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'

let place: ReturnType<typeof freshDataFolder>
let mail: MailStore

beforeEach(() => {
  place = freshDataFolder()
  mail = createMailStore(place)
})
afterEach(() => place.remove())

const poisoned = new URL('../../fakes/poisoned-words-thread.ts', import.meta.url)
const never = new AbortController().signal

async function store(texts: Readonly<Record<string, string>>, account = 'office'): Promise<void> {
  const batch = mail.receive(account, 'INBOX')
  for (const [subject, text] of Object.entries(texts)) {
    const message = await batch.begin(subject, { seen: false })
    await message.write(Buffer.from(`From: Jan <jan@example.nl>\r\nSubject: ${subject}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n${text}\r\n--b\r\nContent-Disposition: attachment; filename="${subject}-statement.pdf"\r\n\r\n%PDF\r\n--b--\r\n`))
    await message.finish()
  }
  expect((await batch.commit()).ok).toBe(true)
}

async function index(): Promise<readonly IndexNews[]> {
  const news: IndexNews[] = []
  expect(await mail.index({ signal: never, tell: (one) => news.push(one) })).toEqual({ ok: true, value: undefined })
  return news
}

const found = (search: string, accountId: string | null = null) => mail.list({ accountId, search, offset: 0, limit: 500 }).messages.map(({ subject }) => subject).toSorted()

test('once it is indexed, a message is found by its text, its attachments and its header, in any mixture', async () => {
  await store({ first: 'the dossier of Zoë', second: 'nothing of note' })
  expect(found('dossier')).toEqual([])
  expect(mail.waitingForIndex()).toBe(2)
  expect(await index()).toEqual([{ is: 'indexed', count: 2 }])
  expect(mail.waitingForIndex()).toBe(0)
  expect(found('dossier')).toEqual(['first'])
  expect(found('doss zoe jan')).toEqual(['first'])
  expect(found('second-statement.pdf')).toEqual(['second'])
  expect(found('jan@example.nl')).toEqual(['first', 'second'])
  expect(found('dossier note')).toEqual([])
})

test('whoever searches is told when there is more to find', async () => {
  await store({ first: 'text' })
  let told = 0
  mail.onChange(() => (told += 1))
  await index()
  expect(told).toBe(1)
  await index()
  expect(told).toBe(1)
})

test('what is deleted is found no more, alone or with its account', async () => {
  await store({ first: 'dossier', second: 'dossier' })
  await store({ third: 'dossier' }, 'home')
  await index()
  await mail.delete([mail.list({ accountId: null, search: 'first', offset: 0, limit: 1 }).messages[0]!.id])
  expect(found('dossier')).toEqual(['second', 'third'])
  await mail.deleteAccount('home')
  expect(found('dossier')).toEqual(['second'])
})

test('a message whose file is gone is named, and the others are indexed', async () => {
  await store({ first: 'dossier' })
  rmSync(place.folder.mail, { recursive: true })
  await store({ second: 'dossier' })
  expect(await index()).toEqual(expect.arrayContaining([{ is: 'skipped', subject: 'first' }, { is: 'indexed', count: 1 }]))
  expect(await index()).toEqual([])
  expect(found('dossier')).toEqual(['second'])
})

test('a message that makes the thread throw, hang or run out of memory is named once, and costs the others nothing', async () => {
  await store({ one: 'dossier', hanging: 'hangs', two: 'dossier', devouring: 'devours', three: 'dossier', throwing: 'throws', four: 'dossier' })
  const news: IndexNews[] = []
  expect((await createMailStore({ ...place, wordsReader: { thread: poisoned, patience: 3000 } }).index({ signal: never, tell: (one) => news.push(one) })).ok).toBe(true)
  expect(news.flatMap((one) => (one.is === 'skipped' ? [one.subject] : [])).toSorted()).toEqual(['devouring', 'hanging', 'throwing'])
  expect(news.reduce((sum, one) => sum + (one.is === 'indexed' ? one.count : 0), 0)).toBe(4)
  expect(found('dossier')).toEqual(['four', 'one', 'three', 'two'])
  expect(found('hanging')).toEqual(['hanging'])
  expect(mail.waitingForIndex()).toBe(0)
})

test('a thread that cannot even begin ends the work instead of starting it over and over', async () => {
  await store({ one: 'dossier' })
  const thread = new URL('data:text/javascript,throw new Error("broken")')
  await expect(createMailStore({ ...place, wordsReader: { thread } }).index({ signal: never, tell: () => {} })).rejects.toThrow('broken')
})

test('stopped in the middle, nothing is locked, half in, or taken in again', async () => {
  const texts = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`m${at}`, `dossier unique${at}`]))
  await store(texts)
  const stop = new AbortController()
  let before = 0
  const stopped = await mail.index({
    signal: stop.signal,
    tell(news) {
      if (news.is === 'indexed') before += news.count
      stop.abort()
    },
  })
  expect(stopped).toMatchObject({ ok: false, failure: { code: 'job.cancelled' } })
  expect(found('dossier')).toHaveLength(300 - mail.waitingForIndex())
  mail.markSeen(mail.list({ accountId: null, search: '', offset: 0, limit: 500 }).messages.map(({ id }) => id), true)
  const waiting = mail.waitingForIndex()
  expect(waiting).toBeLessThan(300)
  const after = (await index()).reduce((sum, news) => sum + (news.is === 'indexed' ? news.count : 0), 0)
  expect(after).toBe(waiting)
  expect(before).toBeLessThanOrEqual(300 - waiting)
  expect(found('dossier')).toHaveLength(300)
  expect(found('unique7')).toHaveLength(11)
})
