/**
 * A second connection to the database that this process has open, for a worker thread. What it commits is whole after a
 * crash, but after a power cut may be gone: for what can be made again only.
 */
import { DatabaseSync } from 'node:sqlite'
import type { Database } from './database.ts'

/** `path`: the database of the data folder this process owns; it is open, and up to date. Waits up to 5 s for another writer. */
export function joinDatabase(path: string): Database {
  const database = new DatabaseSync(path, { timeout: 5000, enableForeignKeyConstraints: true })
  database.exec('PRAGMA synchronous = NORMAL')
  return database
}
