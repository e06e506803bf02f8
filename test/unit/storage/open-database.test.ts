import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dataFolderAt, type DataFolder } from '../../../electron/storage/data-folder.ts'
import { transaction, type Database } from '../../../electron/storage/database.ts'
import { migrations, type Migration } from '../../../electron/storage/migrations.ts'
import { openDatabase } from '../../../electron/storage/open-database.ts'

let folder: DataFolder

const people: Migration = { id: 1, sql: 'CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT' }
const letters: Migration = { id: 2, sql: 'CREATE TABLE letter (id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person (id)) STRICT; CREATE INDEX letter_person ON letter (person)' }

beforeEach(async () => {
  const root = await mkdtemp(join(tmpdir(), 'mailroom-database-'))
  folder = dataFolderAt(root)
})
afterEach(() => rm(folder.root, { recursive: true, force: true }))

function open(list: readonly Migration[] = [people]): Database {
  const opened = openDatabase(folder, list)
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
  return opened.value
}
const pragma = (database: Database, name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]

async function makeDatabase(rows: number): Promise<void> {
  const database = open()
  transaction(database, () => {
    const insert = database.prepare('INSERT INTO person (name) VALUES (?)')
    for (let row = 0; row < rows; row++) insert.run(`person number ${row} ${'x'.repeat(100)}`)
  })
  database.close()
}

describe('the database', () => {
  it('compiles a statement when it is first run, as often as it is run', () => {
    const database = open()
    const early = database.prepare('SELECT count(*) AS n FROM pet')
    const insert = database.prepare('INSERT INTO person (name) VALUES (?)')
    database.exec('CREATE TABLE pet (id INTEGER)')
    expect(early.get()).toEqual({ n: 0 })
    expect([insert.run('Ann'), insert.run('Bob')].map(({ lastInsertRowid }) => lastInsertRowid)).toEqual([1, 2])
    const all = database.prepare('SELECT name FROM person ORDER BY id')
    expect(all.all()).toEqual([...all.iterate()])
    expect(() => database.prepare('SELECT nowhere').get()).toThrow(/no such column/)
    database.close()
  })

  it('is durable, checked for its references, and readable by this user only', async () => {
    const database = open()
    expect(pragma(database, 'journal_mode')).toBe('wal')
    expect(pragma(database, 'synchronous')).toBe(2)
    expect(pragma(database, 'foreign_keys')).toBe(1)
    expect(pragma(database, 'busy_timeout')).toBe(5000)
    expect((await stat(folder.database)).mode & 0o777).toBe(0o600)
    database.close()
  })

  it('is brought forward from any version, each step once, and keeps its rows', () => {
    const first = open([people])
    first.exec("INSERT INTO person VALUES (1, 'Jan')")
    first.close()
    const second = open([people, letters])
    expect(second.prepare('SELECT name FROM person').all()).toEqual([{ name: 'Jan' }])
    expect(pragma(second, 'user_version')).toBe(2)
    expect(() => second.exec('INSERT INTO letter VALUES (1, 99)')).toThrow(/FOREIGN KEY/)
    second.close()
    open([people, letters]).close()
  })

  it('takes a step whole or not at all', () => {
    open([people]).close()
    const broken: Migration = { id: 2, sql: 'CREATE TABLE half (id INTEGER); CREATE TABLE person (id INTEGER)' }
    expect(() => openDatabase(folder, [people, broken])).toThrow(/already exists/)
    const database = open([people])
    expect(pragma(database, 'user_version')).toBe(1)
    expect(database.prepare("SELECT name FROM sqlite_master WHERE name = 'half'").all()).toEqual([])
    database.close()
  })

  it('of a newer Mailroom is refused and left as it is', async () => {
    open([people, letters]).close()
    const before = await readFile(folder.database)
    expect(openDatabase(folder, [people])).toMatchObject({ ok: false, failure: { code: 'settings.newer', evidence: { name: 'mailroom.db' } } })
    expect((await readFile(folder.database)).equals(before)).toBe(true)
  })

  it.each([
    ['text', async () => writeFile(folder.database, 'this is not a database, and long enough to be taken for a header of one'.repeat(20))],
    ['another header', async () => { const bytes = await readFile(folder.database); bytes.write('nothing', 0); await writeFile(folder.database, bytes) }],
    ['pages overwritten in the middle', async () => { const bytes = await readFile(folder.database); bytes.fill(0xa5, 8192, bytes.length - 4096); await writeFile(folder.database, bytes) }],
    ['its second half cut off', async () => { const bytes = await readFile(folder.database); await writeFile(folder.database, bytes.subarray(0, Math.floor(bytes.length / 8192) * 4096)) }],
  ])('damaged by %s is said to be so, and never wiped', async (_, damage) => {
    await makeDatabase(2000)
    await damage()
    const before = await readFile(folder.database)
    expect(openDatabase(folder, [people])).toMatchObject({ ok: false, failure: { code: 'storage.damaged', evidence: { name: 'mailroom.db' } } })
    expect((await readFile(folder.database)).equals(before)).toBe(true)
  })

  it('that cannot be opened says so', async () => {
    await mkdir(folder.database)
    expect(openDatabase(folder, [people])).toMatchObject({ ok: false, failure: { code: 'storage.failed', evidence: { name: 'mailroom.db' } } })
  })

  it('keeps what a killed process had committed', async () => {
    const database = open()
    database.exec("INSERT INTO person VALUES (1, 'Jan')")
    const files = await Promise.all([folder.database, `${folder.database}-wal`].map(async (path) => [path, await readFile(path)] as const))
    database.close()
    for (const [path, bytes] of files) await writeFile(path, bytes)
    const again = open()
    expect(again.prepare('SELECT name FROM person').all()).toEqual([{ name: 'Jan' }])
    again.close()
  })

  it('joins a transaction inside a transaction to the outer one', () => {
    const database = open()
    expect(() => transaction(database, () => {
      transaction(database, () => database.exec("INSERT INTO person VALUES (1, 'Jan')"))
      throw new Error('taken back')
    })).toThrow('taken back')
    expect(database.prepare('SELECT * FROM person').all()).toEqual([])
    database.close()
  })
})

describe('the list of migrations', () => {
  it('counts up from 1 without gaps', () => {
    expect(migrations.map(({ id }) => id)).toEqual(migrations.map((_, index) => index + 1))
  })

  it('makes the same database out of nothing at once and step by step', async () => {
    const schemaAfter = (at: DataFolder, count: number) => {
      const opened = openDatabase(at, migrations.slice(0, count))
      if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
      const schema = opened.value.prepare('SELECT type, name, sql FROM sqlite_master ORDER BY type, name').all()
      opened.value.close()
      return schema
    }
    const other = dataFolderAt(join(folder.root, 'other'))
    await mkdir(other.root)
    const stepByStep = migrations.map((_, index) => schemaAfter(other, index + 1)).at(-1)
    expect(stepByStep).toEqual(schemaAfter(folder, migrations.length))
  })
})
