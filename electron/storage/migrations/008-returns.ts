/**
 * What came back about mails that were sent (PRODUCT D10): one row for each thing that was claimed of one recipient, the first time
 * it was; and up to which received message all have been looked at for such claims.
 */
export const returnTables = `
  CREATE TABLE outgoing_return (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    outgoing_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    at INTEGER NOT NULL,
    bounce TEXT,
    status TEXT,
    cause TEXT,
    words TEXT NOT NULL,
    UNIQUE (outgoing_id, position, outcome, words),
    FOREIGN KEY (outgoing_id, position) REFERENCES outgoing_recipient (outgoing_id, position) ON DELETE CASCADE
  ) STRICT;
  CREATE INDEX outgoing_by_message_id ON outgoing (message_id);
  CREATE INDEX outgoing_by_envelope_id ON outgoing (envelope_id) WHERE envelope_id IS NOT NULL;

  CREATE TABLE returns_read (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    up_to INTEGER NOT NULL
  ) STRICT;
  INSERT INTO returns_read (one, up_to) VALUES (1, 0);
`
