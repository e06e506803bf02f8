/** The mail store over one database and one data folder. */
import type { Database } from '../storage/database.ts'
import type { DataFolder } from '../storage/data-folder.ts'
import type { MailStore } from './mail-store.ts'

export interface MailStoreOptions {
  readonly database: Database
  readonly folder: DataFolder
  readonly now?: () => Date
}

export declare function createMailStore(options: MailStoreOptions): MailStore
