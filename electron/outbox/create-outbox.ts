/** The outbox over one database and one data folder. */
import type { Database } from '../storage/database.ts'
import type { DataFolder } from '../storage/data-folder.ts'
import type { Outbox } from './outbox.ts'

export interface OutboxOptions {
  readonly database: Database
  readonly folder: DataFolder
  readonly now?: () => Date
  readonly newId?: () => string
}

export declare function createOutbox(options: OutboxOptions): Outbox
