/**
 * What the server was asked to remove, and the rule somebody agreed to (PRODUCT C2). In the ledger, `asked_at` is when the
 * server was told; `removed_at` without it means that somebody else took the copy. What a message was called is written here
 * only when it is deleted: until then its own row says so, found by `message_of_server`.
 */
export const removalTables = `
  ALTER TABLE ledger ADD COLUMN asked_at INTEGER;
  ALTER TABLE ledger ADD COLUMN message_id INTEGER;
  ALTER TABLE ledger ADD COLUMN subject TEXT;
  ALTER TABLE ledger ADD COLUMN from_name TEXT;
  ALTER TABLE ledger ADD COLUMN from_address TEXT;
  CREATE INDEX ledger_deleted ON ledger (message_id) WHERE message_id IS NOT NULL;
  CREATE INDEX ledger_removed ON ledger (account_id, removed_at DESC) WHERE removed_at IS NOT NULL AND asked_at IS NOT NULL;
  CREATE INDEX message_of_server ON message (account_id, folder, server_id);

  CREATE TABLE agreed_removals (
    account_id TEXT PRIMARY KEY,
    leave_copy INTEGER NOT NULL,
    remove_after_days INTEGER,
    remove_when_deleted INTEGER NOT NULL,
    agreed_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`
