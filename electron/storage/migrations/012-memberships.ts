/**
 * One row and one file for a message, however many folders of its account it stands in (docs/decisions/one-copy.md).
 *
 *   membership (folder, server id, flags there) ──▶ message (the file, and what is the same in every folder)
 *
 * `server_id` NULL: what the server calls it is not known yet. `gone_at`: somebody took it from that folder on the server.
 * `deleted_at`: a person deleted it here; the rows and the file stay for as long as that can be taken back. What `message` has of
 * folder, flags, `gone_at` and `deleted_at` is that of the membership it is shown by where no folder is asked for, and triggers
 * keep it so. Only a second membership of a message is noted by whoever inserts it: a trigger on every insert costs a fetch dearly.
 *
 * `object_id`: what the server itself calls the same message in every folder (RFC 8474 EMAILID, Gmail's X-GM-MSGID). `digest` and
 * `header_digest` in the ledger: by what a message deleted here is known again once its file is gone.
 */

/** Where a message is shown by: what is there before what is gone, sent mail as such, and what a person put aside last. */
const shownBy = `SELECT p.folder, p.seen, p.flagged, p.answered, p.draft, p.gone_at, p.deleted_at
      FROM membership p LEFT JOIN folder f ON f.account_id = p.account_id AND f.path = p.folder
      WHERE p.message_id = message.id
      ORDER BY p.deleted_at IS NOT NULL, p.gone_at IS NOT NULL,
        CASE coalesce(f.special_use, iif(p.folder = 'INBOX', 'inbox', '')) WHEN 'sent' THEN 0 WHEN 'inbox' THEN 1 WHEN '' THEN 2 WHEN 'archive' THEN 3 WHEN 'all' THEN 4
          WHEN 'flagged' THEN 5 WHEN 'drafts' THEN 6 WHEN 'junk' THEN 7 ELSE 8 END, p.id LIMIT 1`

/** Brings one message's row up to date with its memberships. */
export const showAgain = (id: string): string => `UPDATE message SET (folder, seen, flagged, answered, draft, gone_at, deleted_at) = (${shownBy})
    WHERE id = ${id} AND EXISTS (SELECT 1 FROM membership WHERE message_id = ${id})`

const isOwn = (address: string) => `address_key(${address}) IN (SELECT key FROM own_address)`
const refileMessage = `
    DELETE FROM correspondence WHERE message_id = NEW.id AND (key, direction) NOT IN (SELECT key, direction FROM message_to_file WHERE message_id = NEW.id);
    INSERT INTO correspondence (key, direction, at, message_id, address, name, makes_contact) SELECT * FROM message_to_file WHERE message_id = NEW.id ON CONFLICT DO NOTHING;`

export const membershipTables = `
  CREATE TABLE membership (
    id INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL,
    folder TEXT NOT NULL,
    server_id TEXT,
    sorted_at INTEGER NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0,
    flagged INTEGER NOT NULL DEFAULT 0,
    answered INTEGER NOT NULL DEFAULT 0,
    draft INTEGER NOT NULL DEFAULT 0,
    keywords TEXT NOT NULL DEFAULT '',
    gone_at INTEGER,
    deleted_at INTEGER,
    UNIQUE (message_id, folder)
  ) STRICT;
  INSERT INTO membership (message_id, account_id, folder, server_id, sorted_at, seen, flagged, answered, draft, keywords, gone_at)
    SELECT id, account_id, folder,
      iif(server_id = '' OR EXISTS (SELECT 1 FROM message o WHERE o.account_id = m.account_id AND o.folder = m.folder AND o.server_id = m.server_id AND o.id < m.id), NULL, server_id),
      sorted_at, seen, flagged, answered, draft, keywords, gone_at
    FROM message m ORDER BY id;
  CREATE UNIQUE INDEX membership_of_server ON membership (account_id, folder, server_id);
  CREATE INDEX membership_newest_of_folder ON membership (account_id, folder, sorted_at DESC, message_id DESC) WHERE gone_at IS NULL AND deleted_at IS NULL;
  CREATE INDEX membership_newest_everywhere ON membership (folder, sorted_at DESC, message_id DESC) WHERE gone_at IS NULL AND deleted_at IS NULL;
  CREATE INDEX membership_unseen ON membership (account_id, folder, message_id) WHERE seen = 0 AND gone_at IS NULL AND deleted_at IS NULL;
  CREATE INDEX membership_deleted ON membership (deleted_at) WHERE deleted_at IS NOT NULL;

  CREATE TABLE flag_waiting (
    membership_id INTEGER NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
    flag TEXT NOT NULL,
    is_set INTEGER NOT NULL,
    PRIMARY KEY (membership_id, flag)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO flag_waiting SELECT p.id, c.flag, c.is_set FROM flag_change c JOIN membership p ON p.message_id = c.message_id;
  DROP TABLE flag_change;
  ALTER TABLE flag_waiting RENAME TO flag_change;

  DROP INDEX message_of_server;
  DROP INDEX message_newest_of_folder;
  DROP INDEX message_unseen;
  DROP INDEX message_newest;
  DROP INDEX message_newest_of_account;
  DROP INDEX message_gone;
  DROP INDEX message_gone_by_size;
  ALTER TABLE message DROP COLUMN server_id;
  ALTER TABLE message DROP COLUMN keywords;
  ALTER TABLE message ADD COLUMN deleted_at INTEGER;
  ALTER TABLE message ADD COLUMN object_id TEXT;
  CREATE INDEX message_newest ON message (sorted_at DESC, id DESC) WHERE deleted_at IS NULL;
  CREATE INDEX message_newest_of_account ON message (account_id, sorted_at DESC, id DESC) WHERE deleted_at IS NULL;
  CREATE INDEX message_gone ON message (account_id, sorted_at DESC, id DESC) WHERE gone_at IS NOT NULL AND deleted_at IS NULL;
  -- The second condition keeps SQLite from counting an account's messages by these: only who asks for a size may use them.
  CREATE INDEX message_gone_by_size ON message (account_id, size) WHERE gone_at IS NOT NULL AND size > 0;
  CREATE INDEX message_of_size ON message (account_id, size, date) WHERE size > 0;
  CREATE INDEX message_of_object ON message (account_id, object_id) WHERE object_id IS NOT NULL;
  CREATE INDEX message_deleted ON message (id) WHERE deleted_at IS NOT NULL;
  ALTER TABLE ledger ADD COLUMN header_digest TEXT;
  ALTER TABLE ledger ADD COLUMN digest TEXT;

  CREATE TRIGGER membership_changed AFTER UPDATE OF folder, seen, flagged, answered, draft, gone_at, deleted_at ON membership BEGIN ${showAgain('NEW.message_id')}; END;
  CREATE TRIGGER membership_ended AFTER DELETE ON membership BEGIN ${showAgain('OLD.message_id')}; END;

  DROP TRIGGER message_changed;
  DROP TRIGGER folder_used_for;
  DROP VIEW message_to_file;
  DROP VIEW message_party;
  DROP VIEW looked_at_message;
  -- As before, and not deleted here.
  CREATE VIEW looked_at_message AS
    SELECT m.*, ${isOwn('m.from_address')} OR coalesce(f.special_use = 'sent', 0) AS is_sent,
      m.private = 0 AND m.draft = 0 AND m.deleted_at IS NULL AND coalesce(f.special_use, '') NOT IN ('drafts', 'junk', 'trash') AS filed
    FROM message m LEFT JOIN folder f ON f.account_id = m.account_id AND f.path = m.folder;
  CREATE VIEW message_party AS
    SELECT id AS message_id, filed, 0 AS is_copy, 'incoming' AS direction, address_key(from_address) AS key, from_address AS address, coalesce(from_name, '') AS name,
      sorted_at AS at, bulk = 0 AND NOT is_machine(from_address) AS makes_contact
    FROM looked_at_message WHERE NOT is_sent AND address_key(from_address) <> ''
    UNION ALL
    SELECT m.id, m.filed, EXISTS (SELECT 1 FROM outgoing o WHERE o.message_id = m.message_id AND o.state = 'sent'),
      'outgoing', address_key(r.value ->> 'address'), r.value ->> 'address', r.value ->> 'name', m.sorted_at, NOT is_machine(r.value ->> 'address')
    FROM looked_at_message m, json_each(json_array(json(m.recipients), json(m.cc))) lines, json_each(lines.value) r
    WHERE m.is_sent AND address_key(r.value ->> 'address') <> '' AND NOT ${isOwn("r.value ->> 'address'")};
  CREATE VIEW message_to_file AS
    SELECT key, direction, at, message_id, address, name, makes_contact FROM message_party WHERE filed AND NOT is_copy;

  CREATE TRIGGER message_changed AFTER UPDATE OF private, cc ON message BEGIN ${refileMessage} END;
  -- Written with every change of a membership, and hardly ever another.
  CREATE TRIGGER message_moved AFTER UPDATE OF folder, deleted_at ON message
    WHEN NEW.folder <> OLD.folder OR (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL) BEGIN ${refileMessage} END;
  CREATE TRIGGER folder_used_for AFTER UPDATE OF special_use ON folder WHEN OLD.special_use IS NOT NEW.special_use BEGIN
    UPDATE membership SET folder = folder WHERE account_id = NEW.account_id AND folder = NEW.path;
    UPDATE message SET cc = cc WHERE id IN (SELECT message_id FROM membership WHERE account_id = NEW.account_id AND folder = NEW.path);
  END;
`
