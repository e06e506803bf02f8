import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deleteForGood } from '../../fakes/delete-for-good.ts'
import { createMailStore } from '../../../electron/mail/create-mail-store.ts'
import type { IncomingBatch, MailStore } from '../../../electron/mail/mail-store.ts'
import { dataFolderAt, type DataFolder } from '../../../electron/storage/data-folder.ts'
import type { Database } from '../../../electron/storage/database.ts'
import { openDatabase } from '../../../electron/storage/open-database.ts'

let folder: DataFolder
let database: Database
let mail: MailStore

beforeEach(() => {
  folder = dataFolderAt(mkdtempSync(join(tmpdir(), 'mailroom-lost-')))
  start()
})
afterEach(() => {
  if (database.isOpen) database.close()
  rmSync(folder.root, { recursive: true, force: true })
})

const clock = { at: new Date() }

function start(): void {
  const opened = openDatabase(folder)
  if (!opened.ok) throw new Error(opened.failure.code)
  database = opened.value
  mail = createMailStore({ database, folder, now: () => clock.at })
}

/** Ends the program, puts `copy` where the database was, or nothing, and starts it again. */
function startWith(copy: string | null): void {
  database.close()
  for (const end of ['', '-wal', '-shm']) rmSync(folder.database + end, { force: true })
  if (copy !== null) copyFileSync(copy, folder.database)
  start()
}

let copies = 0
/** What a backup of the database made now would hold. */
function copyDatabase(): string {
  const copy = join(folder.root, `copy-${(copies += 1)}.db`)
  database.exec(`VACUUM INTO '${copy}'`)
  return copy
}

async function add(batch: IncomingBatch, id: string, size = 100): Promise<void> {
  const message = await batch.begin(id, { seen: false })
  await message.write(Buffer.from(`Subject: ${id}\r\n\r\n${'x'.repeat(size)}`))
  expect((await message.finish()).ok).toBe(true)
}

async function receive(...ids: readonly string[]): Promise<void> {
  const batch = mail.receive('office', 'INBOX')
  for (const id of ids) await add(batch, id)
  expect(await batch.commit()).toMatchObject({ ok: true, value: { stored: ids.length } })
  await batch.abandon()
}

function files(): ReadonlyMap<string, string> {
  const entries = readdirSync(folder.mail, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(entries.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'latin1')]))
}

async function expectAllKept(before: ReadonlyMap<string, string>): Promise<void> {
  await receive('after 1', 'after 2')
  const after = files()
  expect([...before].filter(([path, bytes]) => after.get(path) !== bytes)).toEqual([])
  expect(after.size).toBe(before.size + 2)
}

describe('every message file stays, byte for byte, when more is received', () => {
  test('after the database was lost', async () => {
    await receive('1', '2')
    await receive('3')
    const before = files()
    expect(before.size).toBe(3)
    startWith(null)
    await expectAllKept(before)
  })

  test('after an older copy of it was put back', async () => {
    await receive('1', '2')
    const copy = copyDatabase()
    await receive('3', '4')
    const before = files()
    startWith(copy)
    await expectAllKept(before)
  })

  test('after a copy was put back that was made while messages came in, whatever became of them since', async () => {
    await receive('1')
    const batch = mail.receive('office', 'INBOX')
    await add(batch, '2', 200_000)
    const copy = copyDatabase()
    await add(batch, '3')
    expect((await batch.commit()).ok).toBe(true)
    const before = files()
    expect(before.size).toBe(3)
    startWith(copy)
    expect(database.prepare("SELECT 1 FROM unsettled_file WHERE motion = 'arriving'").all()).toHaveLength(1)
    await expectAllKept(before)
  })

  test('that the older copy does not know, also when the account is removed with all its mail', async () => {
    await receive('1')
    const copy = copyDatabase()
    await receive('2')
    startWith(copy)
    expect((await mail.deleteAccount('office')).ok).toBe(true)
    expect([...files().values()]).toEqual([expect.stringContaining('Subject: 2')])
  })
})

describe('what a killed process left', () => {
  const left = () => database.prepare('SELECT * FROM unsettled_file').all()

  test('of messages coming in is deleted, and only that', async () => {
    await receive('1')
    const kept = [...files().keys()]
    const batch = mail.receive('office', 'INBOX')
    await add(batch, '2')
    await add(batch, '3', 200_000)
    const killed = copyDatabase()
    expect(files().size).toBeGreaterThan(1)
    startWith(killed)
    await receive('4')
    expect([...files().keys()]).toEqual(expect.arrayContaining(kept))
    expect(files().size).toBe(2)
    expect(left()).toEqual([])
  })

  test('of a round in which some are stored already is deleted without those', async () => {
    const batch = mail.receive('office', 'INBOX')
    const slow = await batch.begin('slow', { seen: false })
    await slow.write(Buffer.alloc(200_000))
    await add(batch, 'stored')
    expect((await batch.commit()).ok).toBe(true)
    startWith(copyDatabase())
    await receive('next')
    expect([...files().values()].map((bytes) => bytes.slice(0, bytes.indexOf('\r'))).toSorted()).toEqual(['Subject: next', 'Subject: stored'])
    expect(left()).toEqual([])
  })

  test('nothing stays noted of what ended well', async () => {
    await receive('1', '2')
    const batch = mail.receive('office', 'INBOX')
    await add(batch, '2')
    await add(batch, '3')
    expect((await batch.commit()).ok).toBe(true)
    await add(batch, '4')
    await batch.abandon()
    await deleteForGood(mail, clock, [mail.list({ accountId: null, search: '1', offset: 0, limit: 1 }).messages[0]!.id])
    expect(left()).toEqual([])
    expect(files().size).toBe(2)
    expect((await mail.deleteAccount('office')).ok).toBe(true)
    expect(left()).toEqual([])
    expect(readdirSync(folder.mail)).toEqual([])
  })
})
