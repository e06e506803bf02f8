/**
 * Received mail: one row per message that is here, and the ledger of every server id that ever was (PRODUCT C2, C3). Before
 * them, for the outbox too, the journal of files in motion (`unsettled-files.ts`): empty while nothing moves.
 *
 * Times are milliseconds since 1970, UTC. `sorted_at` is what lists are ordered by: the Date header where it can be believed,
 * else `stored_at`. The search index keeps no second copy of the words (contentless); its rowid is the message's id.
 */
export const mailTables = `
  CREATE TABLE unsettled_file (
    room TEXT NOT NULL,
    path TEXT NOT NULL,
    motion TEXT NOT NULL CHECK (motion IN ('arriving', 'leaving')),
    PRIMARY KEY (room, path)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id TEXT NOT NULL,
    folder TEXT NOT NULL,
    server_id TEXT NOT NULL,
    file TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    sorted_at INTEGER NOT NULL,
    date INTEGER,
    stored_at INTEGER NOT NULL,
    from_name TEXT,
    from_address TEXT,
    recipients TEXT NOT NULL,
    subject TEXT NOT NULL,
    seen INTEGER NOT NULL,
    private INTEGER NOT NULL,
    has_attachments INTEGER NOT NULL,
    readable INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX message_newest ON message (sorted_at DESC, id DESC);
  CREATE INDEX message_newest_of_account ON message (account_id, sorted_at DESC, id DESC);
  CREATE INDEX message_unseen ON message (account_id) WHERE seen = 0;

  CREATE VIRTUAL TABLE message_search USING fts5 (
    subject, sender, recipients,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
  );

  CREATE TABLE ledger (
    account_id TEXT NOT NULL,
    folder TEXT NOT NULL,
    server_id TEXT NOT NULL,
    stored_at INTEGER NOT NULL,
    deleted_at INTEGER,
    removed_at INTEGER,
    PRIMARY KEY (account_id, folder, server_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ledger_on_server ON ledger (account_id, folder, stored_at, deleted_at) WHERE removed_at IS NULL;
`
