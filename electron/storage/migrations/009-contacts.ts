/**
 * Contacts, and which mail is on whose record (PRODUCT C5, C6; docs/decisions/contacts.md).
 *
 *   message, outgoing ──(not private)──▶ correspondence ──▶ correspondent (an address) ──▶ contact (a person)
 *
 * `correspondence` holds one row for each mail and each address on its other side, and none for a private mail. Messages up to
 * `filing.until` are filed; those after it before anybody looks. From then on triggers keep it true, in the transaction that changes
 * the mail, whoever changes it: no way of marking, moving or deleting mail can forget it.
 *
 * What is known of an address is what its correspondence says and nothing else: with the last of it the address goes too, unless a
 * person made it a contact's (`kept`). `refused`: a person removed the contact; mail does not bring it back.
 *
 * `bulk`: sent to many or by a program, as the header says. It makes nobody a contact, but goes on the record of one. `cc` is only
 * written for mail that a person sent from elsewhere.
 */

/** The other sides of one mail as they are now: rows that no longer hold go, those that are missing come. */
const refile = (column: 'message_id' | 'outgoing_id', from: 'message_to_file' | 'outgoing_to_file', id: string) => `
    DELETE FROM correspondence WHERE ${column} = ${id} AND (key, direction) NOT IN (SELECT key, direction FROM ${from} WHERE ${column} = ${id});
    INSERT INTO correspondence (key, direction, at, ${column}, address, name, makes_contact) SELECT * FROM ${from} WHERE ${column} = ${id} ON CONFLICT DO NOTHING;`
const refileMessage = (id: string) => refile('message_id', 'message_to_file', id)
const refileOutgoing = (id: string) => refile('outgoing_id', 'outgoing_to_file', id)

const isOwn = (address: string) => `address_key(${address}) IN (SELECT key FROM own_address)`
const newest = (column: string, key: string) =>
  `(SELECT ${column} FROM correspondence WHERE key = ${key} AND ${column} <> '' ORDER BY direction, at DESC LIMIT 1)`
const last = (direction: string, key: string) => `(SELECT max(at) FROM correspondence WHERE key = ${key} AND direction = '${direction}')`

export const contactTables = `
  ALTER TABLE message ADD COLUMN bulk INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE message ADD COLUMN cc TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE outgoing ADD COLUMN private INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX IF NOT EXISTS message_of_message_id ON message (message_id) WHERE message_id IS NOT NULL;

  CREATE TABLE filing (until INTEGER NOT NULL) STRICT;
  INSERT INTO filing (until) VALUES (0);

  CREATE TABLE own_address (key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

  CREATE TABLE contact (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
  ) STRICT;

  CREATE TABLE correspondent (
    key TEXT PRIMARY KEY,
    contact_id INTEGER REFERENCES contact (id),
    address TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    last_at INTEGER,
    received INTEGER NOT NULL DEFAULT 0,
    sent INTEGER NOT NULL DEFAULT 0,
    makes_contact INTEGER NOT NULL DEFAULT 0,
    kept INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX correspondent_of_contact ON correspondent (contact_id);

  CREATE TABLE correspondence (
    key TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
    at INTEGER NOT NULL,
    message_id INTEGER REFERENCES message (id) ON DELETE CASCADE,
    outgoing_id TEXT REFERENCES outgoing (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    name TEXT NOT NULL,
    makes_contact INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX correspondence_newest ON correspondence (key, direction, at DESC);
  CREATE UNIQUE INDEX correspondence_of_message ON correspondence (message_id, key) WHERE message_id IS NOT NULL;
  CREATE UNIQUE INDEX correspondence_of_outgoing ON correspondence (outgoing_id, key) WHERE outgoing_id IS NOT NULL;

  -- filed: not private, and not what is no mail between people yet, or no more. is_copy: the entry of the outbox is on the record.
  CREATE VIEW looked_at_message AS
    SELECT m.*, ${isOwn('m.from_address')} OR coalesce(f.special_use = 'sent', 0) AS is_sent,
      m.private = 0 AND m.draft = 0 AND coalesce(f.special_use, '') NOT IN ('drafts', 'junk', 'trash') AS filed
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

  CREATE VIEW outgoing_party AS
    SELECT o.id AS outgoing_id, r.position, o.private = 0 AND o.state = 'sent' AND r.state <> 'refused' AS filed,
      address_key(r.address) AS key, r.address, r.name, o.changed_at AS at, NOT is_machine(r.address) AS makes_contact
    FROM outgoing o JOIN outgoing_recipient r ON r.outgoing_id = o.id
    WHERE address_key(r.address) <> '' AND NOT ${isOwn('r.address')};
  CREATE VIEW outgoing_to_file AS
    SELECT key, 'outgoing' AS direction, at, outgoing_id, address, name, makes_contact FROM outgoing_party WHERE filed;

  CREATE TRIGGER message_changed AFTER UPDATE OF private, folder, cc ON message BEGIN ${refileMessage('NEW.id')} END;
  -- Written with every flag that a server reports, and hardly ever another.
  CREATE TRIGGER message_drafted AFTER UPDATE OF draft ON message WHEN NEW.draft <> OLD.draft BEGIN ${refileMessage('NEW.id')} END;
  CREATE TRIGGER outgoing_changed AFTER UPDATE OF private, state ON outgoing BEGIN ${refileOutgoing('NEW.id')} END;
  CREATE TRIGGER recipient_answered AFTER UPDATE OF state ON outgoing_recipient WHEN NEW.state = 'refused' OR OLD.state = 'refused' BEGIN ${refileOutgoing('NEW.outgoing_id')} END;
  CREATE TRIGGER folder_used_for AFTER UPDATE OF special_use ON folder WHEN OLD.special_use IS NOT NEW.special_use BEGIN
    UPDATE message SET folder = folder WHERE account_id = NEW.account_id AND folder = NEW.path;
  END;

  -- The outbox's entry and its copies from the server's folder are one mail: private together.
  CREATE TRIGGER outgoing_marked AFTER UPDATE OF private ON outgoing WHEN NEW.private <> OLD.private BEGIN
    UPDATE message SET private = NEW.private WHERE message_id = NEW.message_id AND private <> NEW.private AND ${isOwn('from_address')};
  END;
  CREATE TRIGGER copy_marked AFTER UPDATE OF private ON message WHEN NEW.private <> OLD.private AND NEW.message_id IS NOT NULL AND ${isOwn('NEW.from_address')} BEGIN
    UPDATE outgoing SET private = NEW.private WHERE message_id = NEW.message_id AND private <> NEW.private;
  END;
  CREATE TRIGGER outgoing_was_sent AFTER UPDATE OF state ON outgoing WHEN (NEW.state = 'sent') <> (OLD.state = 'sent') BEGIN
    UPDATE message SET cc = cc WHERE message_id = NEW.message_id;
  END;

  CREATE TRIGGER correspondence_filed AFTER INSERT ON correspondence BEGIN
    INSERT INTO correspondent (key, address, name, last_at, received, sent, makes_contact)
      VALUES (NEW.key, NEW.address, NEW.name, NEW.at, NEW.direction = 'incoming', NEW.direction = 'outgoing', NEW.makes_contact)
      ON CONFLICT (key) DO UPDATE SET
        received = received + excluded.received, sent = sent + excluded.sent, makes_contact = makes_contact + excluded.makes_contact,
        last_at = max(coalesce(last_at, excluded.last_at), excluded.last_at),
        name = iif(excluded.name IN ('', name), name, ${newest('name', 'excluded.key')});
    INSERT INTO contact (name) SELECT '' FROM correspondent WHERE key = NEW.key AND contact_id IS NULL AND makes_contact > 0 AND refused = 0;
    UPDATE correspondent SET contact_id = last_insert_rowid() WHERE key = NEW.key AND contact_id IS NULL AND makes_contact > 0 AND refused = 0;
  END;
  CREATE TRIGGER correspondence_taken_off AFTER DELETE ON correspondence BEGIN
    UPDATE correspondent SET
      received = received - (OLD.direction = 'incoming'), sent = sent - (OLD.direction = 'outgoing'), makes_contact = makes_contact - OLD.makes_contact,
      last_at = coalesce(max(${last('incoming', 'OLD.key')}, ${last('outgoing', 'OLD.key')}), ${last('incoming', 'OLD.key')}, ${last('outgoing', 'OLD.key')}),
      name = coalesce(${newest('name', 'OLD.key')}, ''),
      address = iif(kept, address, coalesce(${newest('address', 'OLD.key')}, key))
    WHERE key = OLD.key;
    UPDATE correspondent SET contact_id = NULL WHERE key = OLD.key AND makes_contact = 0 AND kept = 0;
    DELETE FROM correspondent WHERE key = OLD.key AND received + sent = 0 AND kept = 0 AND refused = 0;
  END;
  CREATE TRIGGER address_left_contact AFTER UPDATE OF contact_id ON correspondent WHEN OLD.contact_id IS NOT NEW.contact_id BEGIN
    DELETE FROM contact WHERE id = OLD.contact_id AND NOT EXISTS (SELECT 1 FROM correspondent WHERE contact_id = OLD.contact_id);
  END;
  CREATE TRIGGER address_forgotten AFTER DELETE ON correspondent BEGIN
    DELETE FROM contact WHERE id = OLD.contact_id AND NOT EXISTS (SELECT 1 FROM correspondent WHERE contact_id = OLD.contact_id);
  END;

  INSERT INTO correspondence (key, direction, at, outgoing_id, address, name, makes_contact) SELECT * FROM outgoing_to_file WHERE true ON CONFLICT DO NOTHING;
`
