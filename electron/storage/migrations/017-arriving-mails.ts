/**
 * Mails of a batch before they are in the outbox: `mail` is JSON, its file has been written already. A row in `arrived` is the decision
 * that all of that arrival are queued, whether or not they have been moved to `outgoing` yet; without one, none of them is.
 */
export const arrivingTables = `
  CREATE TABLE arriving_mail (
    arrival TEXT NOT NULL,
    position INTEGER NOT NULL,
    mail TEXT NOT NULL
  ) STRICT;
  -- Not a key of the rows themselves: counting them would read every mail.
  CREATE UNIQUE INDEX arriving_in_order ON arriving_mail (arrival, position);

  CREATE TABLE arrived (
    arrival TEXT PRIMARY KEY,
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`
