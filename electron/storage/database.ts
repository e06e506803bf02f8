/**
 * The one SQLite database (node:sqlite, WAL, synchronous FULL, foreign keys on). Only this room opens it; other rooms get
 * the opened `Database` and keep their own tables in it, declared in `migrations/`. Beside it there is only what can be made
 * again from it (`search-file.ts`).
 *
 * node:sqlite is synchronous: keep every statement short, and put many rows into one transaction.
 */
import type { DatabaseSync } from 'node:sqlite'

export type Database = DatabaseSync

/** All of `work` or nothing of it, durable when it returns. Nested calls join the outer transaction. `work` must not await. */
export function transaction<T>(database: Database, work: () => T): T {
  if (database.isTransaction) return work()
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

/**
 * The same without waiting for the disk: after a crash all or nothing of it is there, after a power cut maybe nothing. For what
 * can be made again; the next `transaction` makes it durable too (sqlite.org/pragma.html#pragma_synchronous, WAL).
 */
export function redoableTransaction<T>(database: Database, work: () => T): T {
  database.exec('PRAGMA synchronous = NORMAL')
  try {
    return transaction(database, work)
  } finally {
    database.exec('PRAGMA synchronous = FULL')
  }
}
