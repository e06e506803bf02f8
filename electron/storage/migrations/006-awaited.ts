/**
 * Messages here that wait for the server's copy to come in again, and what it is recognised by (`mail/awaited-messages.ts`).
 * Empty, except after the doctor has put the index right by the files.
 */
export const awaitedTable = `
  CREATE TABLE awaited_message (
    account_id TEXT NOT NULL,
    sign TEXT NOT NULL,
    message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    PRIMARY KEY (account_id, sign)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX awaited_message_of_row ON awaited_message (message_id);
`
