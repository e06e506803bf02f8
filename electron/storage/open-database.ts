/**
 * Opens the one database and brings it to this program's version. It is never wiped: a damaged one is `storage.damaged`,
 * one written by a newer Mailroom is `settings.newer`, and both are left as they are.
 */
import { chmodSync, existsSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { done, failed, type Outcome, refused } from '../../shared/failures/failure.ts'
import { addAddressFunctions } from './address-functions.ts'
import type { DataFolder } from './data-folder.ts'
import { type Database, transaction } from './database.ts'
import { DatabaseOfLazyStatements } from './lazy-statements.ts'
import { type Migration, migrations as allMigrations } from './migrations.ts'
import { storageFailure } from './storage-failure.ts'

/** Every page of a database up to this size is looked at on every start; of a larger one only after a crash. */
const alwaysCheckedBytes = 16 * 1024 * 1024

export function openDatabase(folder: DataFolder, migrations: readonly Migration[] = allMigrations): Outcome<Database> {
  const name = basename(folder.database)
  let database: Database | null = null
  try {
    const deserveChecking = mayBeDamaged(folder.database)
    database = new DatabaseOfLazyStatements(folder.database, { timeout: 5000, enableForeignKeyConstraints: true })
    const version = versionOf(database)
    const known = Math.max(0, ...migrations.map(({ id }) => id))
    if (version > known) {
      database.close()
      return failed('settings.newer', { name, detail: `version ${version}, this program knows ${known}` })
    }
    if (deserveChecking && !isSound(database)) {
      database.close()
      return failed('storage.damaged', { name })
    }
    database.exec('PRAGMA journal_mode = WAL')
    makeOurs(database)
    chmodSync(folder.database, 0o600)
    for (const migration of migrations) {
      if (migration.id > version) apply(database, migration)
    }
    return done(database)
  } catch (error) {
    if (database?.isOpen) database.close()
    return refused(storageFailure(error, name))
  }
}

/** One more connection to a database that is open already, for a thread of this process: it may write, and keeps its transactions short. */
export function openBeside(folder: Pick<DataFolder, 'database'>): Database {
  const database = new DatabaseOfLazyStatements(folder.database, { timeout: 5000, enableForeignKeyConstraints: true })
  makeOurs(database)
  return database
}

function makeOurs(database: Database): void {
  database.exec('PRAGMA synchronous = FULL; PRAGMA recursive_triggers = ON')
  addAddressFunctions(database)
}

/** SQLite removes the write-ahead log when it is closed in good order; one that is left tells of a crash. */
function mayBeDamaged(path: string): boolean {
  if (!existsSync(path)) return false
  return statSync(path).size <= alwaysCheckedBytes || existsSync(`${path}-wal`)
}

function versionOf(database: Database): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0)
}

function isSound(database: Database): boolean {
  return database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'] === 'ok'
}

function apply(database: Database, migration: Migration): void {
  transaction(database, () => {
    database.exec(migration.sql)
    database.exec(`PRAGMA user_version = ${migration.id}`)
  })
}
