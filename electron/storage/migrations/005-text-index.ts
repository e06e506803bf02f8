/**
 * The search index is a file of its own (`search-file.ts`, docs/decisions/text-index.md). Here stands only what ties the two
 * together: whose index it is, and which of its words belong to messages that are gone. Whenever the index lets go of some of
 * those, both count one on: so an older copy of either is recognised.
 */
export const textIndex = `
  DROP TABLE message_search;

  CREATE TABLE store_identity (id TEXT NOT NULL, let_go INTEGER NOT NULL) STRICT;
  INSERT INTO store_identity VALUES (lower(hex(randomblob(16))), 0);

  CREATE TABLE search_leftover (id INTEGER PRIMARY KEY) STRICT;
`
