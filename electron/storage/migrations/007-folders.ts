/**
 * The server's folders as they were when they were last in step with it, and what a message carries there (PRODUCT C4).
 *
 * `flag_change` is what a person did here and the server was not told of yet. `gone_at`: somebody took the message from the server,
 * and it is kept here. `message_id` is the header's, by which a message is recognised under another number or in another folder;
 * it is read when somebody asks. The ledger keeps it, and the size, of messages deleted here, whose file is gone by then.
 */
export const folderTables = `
  CREATE TABLE folder (
    account_id TEXT NOT NULL,
    path TEXT NOT NULL,
    delimiter TEXT,
    special_use TEXT,
    holds_messages INTEGER NOT NULL,
    on_server INTEGER NOT NULL,
    uid_validity TEXT,
    uid_next INTEGER,
    modseq TEXT,
    status TEXT,
    PRIMARY KEY (account_id, path)
  ) STRICT, WITHOUT ROWID;

  ALTER TABLE message ADD COLUMN flagged INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE message ADD COLUMN answered INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE message ADD COLUMN draft INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE message ADD COLUMN keywords TEXT NOT NULL DEFAULT '';
  ALTER TABLE message ADD COLUMN message_id TEXT;
  ALTER TABLE message ADD COLUMN gone_at INTEGER;
  CREATE INDEX message_newest_of_folder ON message (account_id, folder, sorted_at DESC, id DESC) WHERE gone_at IS NULL;
  CREATE INDEX message_gone ON message (account_id, sorted_at DESC, id DESC) WHERE gone_at IS NOT NULL;
  CREATE INDEX message_gone_by_size ON message (account_id, size) WHERE gone_at IS NOT NULL;
  DROP INDEX message_unseen;
  CREATE INDEX message_unseen ON message (account_id, folder) WHERE seen = 0 AND gone_at IS NULL;

  ALTER TABLE ledger ADD COLUMN size INTEGER;
  ALTER TABLE ledger ADD COLUMN header_id TEXT;
  CREATE INDEX ledger_deleted_by_size ON ledger (account_id, size) WHERE size IS NOT NULL;

  CREATE TABLE flag_change (
    message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    flag TEXT NOT NULL,
    is_set INTEGER NOT NULL,
    PRIMARY KEY (message_id, flag)
  ) STRICT, WITHOUT ROWID;
`
