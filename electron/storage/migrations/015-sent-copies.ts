/**
 * The copies of sent mails in their accounts' Sent folders (PRODUCT D11; states in `shared/model/sent-copy.ts`). A mail that becomes
 * sent gets its row in the same transaction, whoever sets its state: no copy can be forgotten. What was sent before there were any stays
 * as it is.
 *
 * `outgoing_by_day`: what the figures by day are counted from, without reading a mail's row.
 * `bounce_news`: mails that came back, until a person has looked at them (D10).
 */
export const sentCopyTables = `
  CREATE TABLE sent_copy (
    outgoing_id TEXT PRIMARY KEY REFERENCES outgoing (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    at INTEGER NOT NULL,
    folder TEXT,
    added INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL DEFAULT 0,
    failure TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sent_copy_open ON sent_copy (outgoing_id) WHERE state IN ('waiting', 'adding');
  INSERT INTO sent_copy (outgoing_id, state, at) SELECT id, 'not-wanted', changed_at FROM outgoing WHERE state = 'sent';

  CREATE TRIGGER sent_copy_wanted AFTER UPDATE OF state ON outgoing WHEN NEW.state = 'sent' AND OLD.state <> 'sent' BEGIN
    INSERT INTO sent_copy (outgoing_id, state, at) VALUES (NEW.id, 'waiting', NEW.changed_at)
    ON CONFLICT (outgoing_id) DO UPDATE SET state = 'waiting', at = NEW.changed_at, not_before = 0, failure = NULL WHERE state = 'missing';
  END;

  CREATE INDEX outgoing_by_day ON outgoing (created_at, account_id, batch_id, state, came_back);

  CREATE TABLE bounce_news (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    outgoing_id TEXT NOT NULL UNIQUE REFERENCES outgoing (id) ON DELETE CASCADE,
    looked INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX bounce_news_unlooked ON bounce_news (number) WHERE looked = 0;
  CREATE TRIGGER bounce_is_news AFTER UPDATE OF came_back ON outgoing WHEN NEW.came_back = 'bounced' AND OLD.came_back IS NOT 'bounced' BEGIN
    INSERT INTO bounce_news (outgoing_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
  END;
`
