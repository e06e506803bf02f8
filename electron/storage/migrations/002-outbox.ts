/**
 * Mails on their way out (PRODUCT D1-D5): the row says how far a mail got, `outgoing_event` how it got there. States are
 * drawn in `shared/model/outgoing-mail.ts`. Times are milliseconds since 1970, UTC; `failure` columns are JSON.
 */
export const outboxTables = `
  CREATE TABLE outgoing (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    state TEXT NOT NULL,
    file TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    envelope_id TEXT,
    mail_from TEXT NOT NULL,
    from_name TEXT NOT NULL,
    from_address TEXT NOT NULL,
    subject TEXT NOT NULL,
    attachment_names TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    not_before INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    failure TEXT,
    text TEXT NOT NULL
  ) STRICT;
  CREATE INDEX outgoing_by_state ON outgoing (state, account_id, created_at);
  CREATE INDEX outgoing_newest ON outgoing (created_at DESC, id DESC);

  CREATE TABLE outgoing_recipient (
    outgoing_id TEXT NOT NULL REFERENCES outgoing (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    state TEXT NOT NULL,
    reply_code INTEGER,
    words TEXT,
    PRIMARY KEY (outgoing_id, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE outgoing_event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    outgoing_id TEXT NOT NULL REFERENCES outgoing (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    words TEXT,
    failure TEXT
  ) STRICT;
  CREATE INDEX outgoing_event_of_mail ON outgoing_event (outgoing_id, id);
`
