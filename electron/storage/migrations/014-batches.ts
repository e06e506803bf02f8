/**
 * Templates, batches made from them, and the folders that are watched for batches (PRODUCT D8, D9). `batch_document` remembers
 * which document went to whom, for ever: that is what keeps an invoice from being queued twice, over batches too, so it does not
 * refer to the mail's row and outlives it. Times are milliseconds since 1970, UTC.
 *
 * AUTOINCREMENT of `template`: its counter in `sqlite_sequence` tells that there were templates, also when all were removed.
 */
export const batchTables = `
  CREATE TABLE template (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL COLLATE NOCASE UNIQUE,
    document_type TEXT NOT NULL,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT,
    changed_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE batch (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    template_name TEXT NOT NULL,
    account_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    mails INTEGER NOT NULL,
    source TEXT
  ) STRICT;
  CREATE INDEX batch_newest ON batch (created_at DESC);
  CREATE INDEX batch_of_source ON batch (source) WHERE source IS NOT NULL;

  CREATE TABLE batch_document (
    outgoing_id TEXT NOT NULL,
    recipient TEXT NOT NULL,
    document_type TEXT NOT NULL,
    number TEXT,
    content TEXT NOT NULL,
    queued_at INTEGER NOT NULL,
    PRIMARY KEY (outgoing_id, recipient)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX batch_document_number ON batch_document (recipient, document_type, number) WHERE number IS NOT NULL;
  CREATE INDEX batch_document_content ON batch_document (recipient, content);

  CREATE TABLE watched_folder (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    template_id INTEGER NOT NULL REFERENCES template (id),
    account_id TEXT,
    files TEXT,
    polling INTEGER NOT NULL,
    enabled INTEGER NOT NULL,
    last_at INTEGER,
    last_result TEXT
  ) STRICT;

  ALTER TABLE outgoing ADD COLUMN batch_id TEXT;
  CREATE INDEX outgoing_of_batch ON outgoing (batch_id, account_id, state, came_back) WHERE batch_id IS NOT NULL;
`
