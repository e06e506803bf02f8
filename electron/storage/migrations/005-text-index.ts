/**
 * The search index takes in texts and attachments' names too (PRODUCT C7). `indexed` says how far a message is: 0 = only its
 * header words, 1 = all of it, 2 = its text cannot be had and only its header words are in.
 *
 * Its segments are merged in small steps by whoever indexes, and not by whichever write comes along (docs/decisions/text-index.md).
 * A table without a copy of its words cannot be altered: it is made anew and filled from the rows.
 */
export const textIndex = `
  ALTER TABLE message ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX message_to_index ON message (id) WHERE indexed = 0;

  DROP TABLE message_search;
  CREATE VIRTUAL TABLE message_search USING fts5 (
    subject, sender, recipients, text, attachments,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
  );
  INSERT INTO message_search (message_search, rank) VALUES ('automerge', 0), ('usermerge', 8);
  INSERT INTO message_search (rowid, subject, sender, recipients)
    SELECT id, subject, coalesce(from_name, '') || ' ' || coalesce(from_address, ''),
      (SELECT coalesce(group_concat((value ->> 'name') || ' ' || (value ->> 'address'), ' '), '') FROM json_each(recipients))
    FROM message;
`
