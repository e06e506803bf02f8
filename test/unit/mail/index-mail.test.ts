/** The search index over a real store, with real threads. */
import { copyFileSync, cpSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createMailStore } from '../../../electron/mail/create-mail-store.ts'
import type { IndexNews } from '../../../electron/mail/index-waiting.ts'
import type { MailStore } from '../../../electron/mail/mail-store.ts'
import { openDatabase } from '../../../electron/storage/open-database.ts'
import { createJobEngine } from '../../../electron/jobs/create-job-engine.ts'
import { keepIndexed } from '../../../electron/jobs/keep-indexed.ts'
import { indexMail } from '../../../electron/jobs/kinds/index-mail.ts'
import { isOver, type Job } from '../../../shared/model/job.ts'
import { deleteForGood } from '../../fakes/delete-for-good.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'

let place: ReturnType<typeof freshDataFolder>
let mail: MailStore

beforeEach(() => {
  place = freshDataFolder()
  mail = createMailStore(place)
})
afterEach(() => {
  mail.close()
  place.remove()
})

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

/** Messages whose words are in the index itself, whether they are here or not. */
function words(word: string): number {
  const file = new DatabaseSync(place.folder.search, { readOnly: true })
  const row = file.prepare('SELECT count(*) AS n FROM message_words WHERE message_words MATCH ?').get(word)
  file.close()
  return Number(row?.['n'])
}

const found = (search: string, accountId: string | null = null) => mail.list({ accountId, search, offset: 0, limit: 500 }).messages.map(({ subject }) => subject).toSorted()

test('once it is indexed, a message is found by its text, its attachments and its header, in any mixture', async () => {
  await store({ first: 'the dossier of Zoë', second: 'nothing of note' })
  expect(found('dossier')).toEqual([])
  expect(mail.hasUnindexed()).toBe(true)
  expect(await index()).toEqual([{ is: 'waiting', count: 2 }, { is: 'indexed', count: 2 }])
  expect(mail.hasUnindexed()).toBe(false)
  expect(found('dossier')).toEqual(['first'])
  expect(found('doss zoe jan')).toEqual(['first'])
  expect(found('second-statement.pdf')).toEqual(['second'])
  expect(found('jan@example.nl')).toEqual(['first', 'second'])
  expect(found('dossier note')).toEqual([])
})

test('what was just fetched is found by its subject and sender before it is taken in, and once only while that goes on', async () => {
  await store({ first: 'dossier' })
  expect(found('firs jan@example')).toEqual(['first'])
  await index()
  await store({ second: 'dossier' })
  expect(found('jan')).toEqual(['first', 'second'])
  const totals: number[] = []
  expect((await mail.index({ signal: never, tell: () => totals.push(mail.list({ accountId: null, search: 'jan', offset: 0, limit: 1 }).total) })).ok).toBe(true)
  expect(new Set(totals)).toEqual(new Set([2]))
  await mail.delete([mail.list({ accountId: null, search: 'second', offset: 0, limit: 1 }).messages[0]!.id])
  expect(mail.list({ accountId: null, search: 'jan', offset: 0, limit: 1 }).total).toBe(1)
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
  await deleteForGood(mail, place.clock, [mail.list({ accountId: null, search: 'first', offset: 0, limit: 1 }).messages[0]!.id])
  expect(found('dossier')).toEqual(['second', 'third'])
  await mail.deleteAccount('home')
  expect(found('dossier')).toEqual(['second'])
  const total = () => mail.list({ accountId: null, search: 'dossier', offset: 0, limit: 1 }).total
  expect(total()).toBe(1)
  await index()
  expect([total(), words('dossier'), place.database.prepare('SELECT * FROM search_leftover').all()]).toEqual([1, 1, []])
})

test('a message whose file is gone is named, and the others are indexed', async () => {
  await store({ first: 'dossier' })
  rmSync(place.folder.mail, { recursive: true })
  await store({ second: 'dossier' })
  expect(await index()).toEqual(expect.arrayContaining([{ is: 'skipped', subject: 'first' }, { is: 'indexed', count: 1 }]))
  expect(await index()).toEqual([{ is: 'waiting', count: 0 }])
  expect(found('dossier')).toEqual(['second'])
  expect(found('first')).toEqual(['first'])
})

test('a message that makes the thread throw, hang or run out of memory is named once, and costs the others nothing', async () => {
  await store({ one: 'dossier', hanging: 'hangs', two: 'dossier', devouring: 'devours', three: 'dossier', throwing: 'throws', four: 'dossier' })
  const news: IndexNews[] = []
  expect((await createMailStore({ ...place, indexThread: { thread: poisoned, patience: 3000 } }).index({ signal: never, tell: (one) => news.push(one) })).ok).toBe(true)
  expect(news.flatMap((one) => (one.is === 'skipped' ? [one.subject] : [])).toSorted()).toEqual(['devouring', 'hanging', 'throwing'])
  expect(news.reduce((sum, one) => sum + (one.is === 'indexed' ? one.count : 0), 0)).toBe(4)
  expect(found('dossier')).toEqual(['four', 'one', 'three', 'two'])
  expect(found('hanging')).toEqual(['hanging'])
  expect(mail.hasUnindexed()).toBe(false)
})

test('a database that refuses to note what is done ends the work with a failure, and the next time all is well', async () => {
  await store({ first: 'dossier', second: 'dossier' })
  await index()
  await deleteForGood(mail, place.clock, [mail.list({ accountId: null, search: 'first', offset: 0, limit: 1 }).messages[0]!.id])
  place.database.exec('PRAGMA query_only = ON')
  expect(await mail.index({ signal: never, tell: () => {} })).toMatchObject({ ok: false, failure: { code: 'storage.failed' } })
  place.database.exec('PRAGMA query_only = OFF')
  await index()
  expect([found('dossier'), words('dossier'), mail.hasUnindexed()]).toEqual([['second'], 1, false])
})

test('a thread that cannot even begin ends the work instead of starting it over and over', async () => {
  await store({ one: 'dossier' })
  const thread = new URL('data:text/javascript,throw new Error("broken")')
  await expect(createMailStore({ ...place, indexThread: { thread } }).index({ signal: never, tell: () => {} })).rejects.toThrow('broken')
})

test('stopped in the middle, nothing is locked, half in, or taken in again; what comes meanwhile is taken in too', async () => {
  const texts = (from: number) => Object.fromEntries(Array.from({ length: 700 }, (_, at) => [`m${from + at}`, `dossier unique${from + at}x`]))
  const total = (search: string) => mail.list({ accountId: null, search, offset: 0, limit: 1 }).total
  await store(texts(0))
  const stop = new AbortController()
  const stopped = await mail.index({ signal: stop.signal, tell: ({ is }) => is === 'indexed' && stop.abort() })
  expect(stopped).toMatchObject({ ok: false, failure: { code: 'job.cancelled' } })
  const before = total('dossier')
  expect(before).toBe(words('dossier'))
  expect(before).toBeGreaterThan(0)
  mail.markSeen(mail.list({ accountId: null, search: '', offset: 0, limit: 500 }).messages.map(({ id }) => id), true)
  await store(texts(700))
  const news = await index()
  expect(news[0]).toEqual({ is: 'waiting', count: 1400 - before })
  expect(news.reduce((sum, one) => sum + (one.is === 'indexed' ? one.count : 0), 0)).toBe(1400 - before)
  expect([total('dossier'), words('dossier'), mail.hasUnindexed()]).toEqual([1400, 1400, false])
  for (const at of [0, 350, 699, 700, 1399]) expect(found(`unique${at}x`)).toEqual([`m${at}`])
})

describe('an index that is of no use is made again by itself, and then finds what it found before', () => {
  const searches = ['dossier', 'zo', 'unique7', 'jan@example.nl', 'statement.pdf', 'no such word']
  const everything = () => searches.map((search) => mail.list({ accountId: null, search, offset: 0, limit: 500 }))
  const close = () => {
    mail.close()
    place.database.close()
  }
  function start(): void {
    const opened = openDatabase(place.folder)
    if (!opened.ok) throw new Error(opened.failure.code)
    place = { ...place, database: opened.value, remove: () => { opened.value.close(); rmSync(place.folder.root, { recursive: true, force: true }) } }
    mail = createMailStore(place)
  }
  const change = (sql: string) => {
    const file = new DatabaseSync(place.folder.search)
    file.exec(sql)
    file.close()
  }

  let base: string
  beforeAll(async () => {
    place = freshDataFolder()
    mail = createMailStore(place)
    await store(Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`m${at}`, `dossier of Zoë unique${at}`])))
    await index()
    await deleteForGood(mail, place.clock, [mail.list({ accountId: null, search: 'unique77', offset: 0, limit: 1 }).messages[0]!.id])
    close()
    base = place.folder.root
  })
  afterAll(() => rmSync(base, { recursive: true, force: true }))
  beforeEach(() => {
    close()
    cpSync(base, place.folder.root, { recursive: true })
    start()
  })

  test.each<[string, () => void]>([
    ['lost', () => rmSync(place.folder.search)],
    ['empty', () => truncateSync(place.folder.search)],
    ['no database at all', () => writeFileSync(place.folder.search, 'x'.repeat(100_000))],
    ['cut off', () => truncateSync(place.folder.search, 9000)],
    ['of another version', () => change('PRAGMA user_version = 99')],
    ['of another mailroom.db', () => change("UPDATE whose SET store_id = 'another'")],
    ['of a later mailroom.db than the copy that was put back', () => change('INSERT INTO taken_in VALUES (100, 120)')],
    ['full of broken words', () => change("UPDATE message_words_data SET block = x'00112233' WHERE id > 10")],
  ])('%s', async (_what, spoil) => {
    const before = everything()
    close()
    spoil()
    start()
    expect(() => everything()).not.toThrow()
    expect(mail.hasUnindexed()).toBe(true)
    await index()
    expect(everything()).toEqual(before)
    expect([mail.hasUnindexed(), words('dossier')]).toEqual([false, 79])
  })

  test('damaged while it is open', async () => {
    const before = everything()
    change("UPDATE message_words_data SET block = x'00112233' WHERE id > 10")
    expect(() => everything()).not.toThrow()
    expect(found('m5 jan')).toContain('m5')
    await index()
    expect(everything()).toEqual(before)
  })

  test('damaged while it is open, right away: whoever searches is what finds it', async () => {
    const before = everything()
    const jobs = createJobEngine({ database: place.database, now: place.now })
    const stop = keepIndexed({ jobs, mail, index: () => indexMail({ mail }) })
    const indexed = new Promise<Job>((resolve) => jobs.onChange((job) => job.kind === 'index' && isOver(job.state) && resolve(job)))
    change("UPDATE message_words_data SET block = x'00112233' WHERE id > 10")
    everything()
    expect(await indexed).toMatchObject({ state: 'done', cause: 'schedule' })
    expect(everything()).toEqual(before)
    stop()
    await jobs.stop()
  })

  test('found damaged by the thread that writes it', async () => {
    const before = everything()
    await store({ more: 'nothing of note' })
    change("UPDATE message_words_data SET block = x'00112233'")
    await index()
    await deleteForGood(mail, place.clock, [mail.list({ accountId: null, search: 'more', offset: 0, limit: 1 }).messages[0]!.id])
    expect(everything()).toEqual(before)
  })

  test('an older copy that was put back', async () => {
    close()
    copyFileSync(place.folder.search, `${place.folder.search}.copy`)
    start()
    await store({ later: 'dossier' })
    await index()
    const before = everything()
    close()
    for (const end of ['', '-wal', '-shm']) rmSync(place.folder.search + end, { force: true })
    copyFileSync(`${place.folder.search}.copy`, place.folder.search)
    start()
    await index()
    expect(everything()).toEqual(before)
  })

  test('of a mailroom.db of which an older copy was put back, where a message is that the index has let go of', async () => {
    const before = everything()
    close()
    for (const path of [place.folder.database, place.folder.mail]) cpSync(path, `${path}.copy`, { recursive: true })
    start()
    await deleteForGood(mail, place.clock, [mail.list({ accountId: null, search: 'unique11', offset: 0, limit: 1 }).messages[0]!.id])
    await index()
    close()
    for (const path of [place.folder.database, place.folder.mail]) cpSync(`${path}.copy`, path, { recursive: true })
    start()
    await index()
    expect(everything()).toEqual(before)
  })
})
