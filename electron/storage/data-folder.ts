/**
 * Where everything Mailroom keeps lives, below one folder that one process owns at a time.
 *
 *   settings.json        accounts, servers, preferences (0600), with the last good copies beside it
 *   mailroom.db          index, outbox, jobs (SQLite, WAL)
 *   search.db            the words of received messages; made again from the two around it when it is lost
 *   mail/ACCOUNT/…       received messages, one .eml each, byte for byte
 *   outbox/…             mails on their way out, one frozen .eml each; beside them, which were submitted, and the mark of this folder
 *   drafts/MAIL/…       files attached to mails that are still being written
 *   spool/               files on their way in; emptied at every start
 *   vault.json           passwords under a passphrase, only where the user chose that
 *   log/                 what happened, without secrets
 */
import { join } from 'node:path'

export interface DataFolder {
  readonly root: string
  readonly settings: string
  readonly database: string
  readonly search: string
  readonly mail: string
  readonly outbox: string
  readonly drafts: string
  readonly spool: string
  readonly vault: string
  readonly log: string
  /** Not in the folder's copy or backup: which process owns it. */
  readonly lock: string
}

export function dataFolderAt(root: string): DataFolder {
  return {
    root,
    settings: join(root, 'settings.json'),
    database: join(root, 'mailroom.db'),
    search: join(root, 'search.db'),
    mail: join(root, 'mail'),
    outbox: join(root, 'outbox'),
    drafts: join(root, 'drafts'),
    spool: join(root, 'spool'),
    vault: join(root, 'vault.json'),
    log: join(root, 'log'),
    lock: join(root, 'lock.db'),
  }
}
