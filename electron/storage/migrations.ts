/**
 * Every change the database has been through, oldest first, ids counted up from 1 without gaps. One that has been released
 * is never edited: what must change is one more migration.
 */
import { mailTables } from './migrations/001-mail.ts'
import { outboxTables } from './migrations/002-outbox.ts'
import { jobTables } from './migrations/003-jobs.ts'
import { removalTables } from './migrations/004-removals.ts'
import { textIndex } from './migrations/005-text-index.ts'
import { awaitedTable } from './migrations/006-awaited.ts'
import { folderTables } from './migrations/007-folders.ts'
import { returnTables } from './migrations/008-returns.ts'
import { contactTables } from './migrations/009-contacts.ts'
import { askedIndex, runLog } from './migrations/010-run-log.ts'
import { cameBackColumn } from './migrations/011-came-back.ts'
import { membershipTables } from './migrations/012-memberships.ts'
import { sendingTables } from './migrations/013-sending.ts'
import { batchTables } from './migrations/014-batches.ts'
import { sentCopyTables } from './migrations/015-sent-copies.ts'
import { draftTables } from './migrations/016-drafts.ts'
import { arrivingTables } from './migrations/017-arriving-mails.ts'
import { originalFolderTable } from './migrations/018-original-folder.ts'
import { whenBackColumn } from './migrations/019-when-back.ts'
import { copiedFolderTables } from './migrations/020-copied-folder.ts'

export interface Migration {
  /** The `user_version` the database has once this one is applied. */
  readonly id: number
  readonly sql: string
}

export const migrations: readonly Migration[] = [
  { id: 1, sql: mailTables },
  { id: 2, sql: outboxTables },
  { id: 3, sql: jobTables },
  { id: 4, sql: removalTables },
  { id: 5, sql: textIndex },
  { id: 6, sql: awaitedTable },
  { id: 7, sql: folderTables },
  { id: 8, sql: returnTables },
  { id: 9, sql: contactTables },
  { id: 10, sql: runLog + askedIndex },
  { id: 11, sql: cameBackColumn },
  { id: 12, sql: membershipTables },
  { id: 13, sql: sendingTables },
  { id: 14, sql: batchTables },
  { id: 15, sql: sentCopyTables },
  { id: 16, sql: draftTables },
  { id: 17, sql: arrivingTables },
  { id: 18, sql: originalFolderTable },
  { id: 19, sql: whenBackColumn },
  { id: 20, sql: copiedFolderTables },
]
