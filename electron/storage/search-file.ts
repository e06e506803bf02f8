/**
 * The search index, `search.db`: the words of received messages, and whose they are. One worker thread writes it while everybody
 * else reads (WAL). All of it can be made again from mailroom.db and the message files, so nothing in it is ever waited for: it
 * is not synced but where SQLite must to stay whole, and one that is damaged, of another version or of another mailroom.db is
 * thrown away.
 *
 * `taken_in` says which stretches of message ids are in. `message_words` keeps no copy of the words (contentless); its rowid is
 * the message's id, which is never given twice (AUTOINCREMENT). The account it is of is a word of its own, so that a search within one account is the
 * index's work alone.
 */
import { chmodSync, existsSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import type { DataFolder } from './data-folder.ts'
import { type Database, transaction } from './database.ts'
import { isUnusable } from './storage-failure.ts'

export type SearchPlaces = Pick<DataFolder, 'database' | 'search'>

const version = 2

const words = (table: string): string => `
  CREATE VIRTUAL TABLE ${table} USING fts5 (
    subject, sender, recipients, text, attachments, account,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
  );`

const tables = `
  CREATE TABLE whose (store_id TEXT NOT NULL, let_go INTEGER NOT NULL) STRICT;
  CREATE TABLE taken_in (first INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;
  ${words('message_words')}`

/** FTS5 gathers so much in memory before it writes a segment, bytes: fewer segments are less to merge (sqlite.org/fts5.html section 6.7). */
const gathered = 16 * 1024 * 1024

/** For the one who writes, with a second connection that reads messages. An index that is not there is made. */
export function openForIndexing({ database, search }: SearchPlaces): { readonly messages: Database; readonly index: Database } {
  const messages = new DatabaseSync(database, { readOnly: true, timeout: 5000 })
  const index = new DatabaseSync(search, { timeout: 5000 })
  chmodSync(search, 0o600)
  index.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 33554432')
  if (versionOf(index) === 0) {
    transaction(index, () => {
      index.exec(`${tables} PRAGMA user_version = ${version}`)
      const { id, let_go } = messages.prepare('SELECT id, let_go FROM store_identity').get() as { id: string; let_go: number }
      index.prepare('INSERT INTO whose VALUES (?, ?)').run(id, let_go)
      index.exec(`INSERT INTO message_words (message_words, rank) VALUES ('hashsize', ${gathered})`)
    })
  }
  return { messages, index }
}

export interface SearchConnection {
  /** Reads messages and words together; `fresh_words` is its own, for words that are not in the index yet. */
  readonly database: Database
  /** False: no index that could be used is there, and nothing is in. */
  readonly hasIndex: boolean
}

/** Apart from the connection that writes mailroom.db, so that a damaged index can stop no fetch. */
export function openForSearching(places: SearchPlaces, useIndex = true): SearchConnection {
  const database = new DatabaseSync(places.database, { readOnly: true, timeout: 5000 })
  try {
    const hasIndex = useIndex && attachIndex(database, places.search)
    // In its place, an empty one in memory.
    if (!hasIndex) database.exec(tables.replaceAll(/(?<=TABLE )/g, 'temp.'))
    database.exec(words('temp.fresh_words'))
    return { database, hasIndex }
  } catch (error) {
    database.close()
    throw error
  }
}

/** Throws away an index that is of no use here. */
export function discardUselessIndex(places: SearchPlaces): void {
  if (!existsSync(places.search)) return
  const database = new DatabaseSync(places.database, { readOnly: true, timeout: 5000 })
  const isUseful = attachIndex(database, places.search)
  database.close()
  if (!isUseful) discardIndex(places)
}

export function discardIndex({ search }: SearchPlaces): void {
  for (const end of ['', '-wal', '-shm']) rmSync(search + end, { force: true })
}

function attachIndex(database: Database, search: string): boolean {
  if (!existsSync(search)) return false
  try {
    database.prepare('ATTACH ? AS search').run(`${pathToFileURL(search).href}?mode=ro`)
    if (belongs(database)) return true
  } catch (error) {
    if (!isUnusable(error)) throw error
  }
  if (database.prepare("SELECT 1 FROM pragma_database_list WHERE name = 'search'").get() !== undefined) database.exec('DETACH search')
  return false
}

/**
 * Is this the index of this mailroom.db, as it is now? With newer messages than there are, it is that of one since replaced by an
 * older copy: ids would come again. One that has let go of more or less than is noted is, or has, an older copy too.
 */
function belongs(database: Database): boolean {
  if (versionOf(database, 'search') !== version) return false
  if (database.prepare('SELECT 1 FROM search.whose JOIN store_identity ON id = store_id AND whose.let_go = store_identity.let_go').get() === undefined) return false
  const newest = database.prepare('SELECT max(last) AS id FROM search.taken_in').get()?.['id']
  const given = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'message'").get()?.['seq']
  return Number(newest ?? 0) <= Number(given ?? 0)
}

function versionOf(database: Database, schema = 'main'): number {
  return Number(database.prepare(`PRAGMA ${schema}.user_version`).get()?.['user_version'] ?? 0)
}
