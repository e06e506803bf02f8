import type { Outcome } from '../../shared/failures/failure.ts'
import type { DataFolder } from './data-folder.ts'
import type { Database } from './database.ts'
import { type Migration, migrations as allMigrations } from './migrations.ts'

export function openDatabase(_folder: DataFolder, _migrations: readonly Migration[] = allMigrations): Outcome<Database> {
  throw new Error('being written')
}
