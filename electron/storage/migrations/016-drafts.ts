/**
 * Mails that are still being written (PRODUCT D1, Draft). Their rows stand in `outgoing` like every other mail's, so that one list
 * shows them; what was typed, finished or not, is here, as JSON. `file` is the name of an attachment below `drafts/MAIL/`.
 */
export const draftTables = `
  CREATE TABLE draft (
    outgoing_id TEXT PRIMARY KEY REFERENCES outgoing (id) ON DELETE CASCADE,
    content TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE draft_file (
    outgoing_id TEXT NOT NULL REFERENCES outgoing (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    file TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (outgoing_id, position)
  ) STRICT, WITHOUT ROWID;
`
