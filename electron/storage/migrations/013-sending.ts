/**
 * For sending (PRODUCT D1-D5, D12): which process has a mail (`taken_by`), which mail it sends again, when an attempt is followed by the
 * next; and how fast each server lets an account send, as far as it was learnt. Times are milliseconds since 1970, UTC.
 */
export const sendingTables = `
  ALTER TABLE outgoing ADD COLUMN taken_by TEXT;
  ALTER TABLE outgoing ADD COLUMN resent_from TEXT;
  CREATE INDEX outgoing_resent ON outgoing (resent_from) WHERE resent_from IS NOT NULL;
  ALTER TABLE outgoing_event ADD COLUMN next_at INTEGER;

  UPDATE outgoing SET came_back = 'partly' WHERE state = 'sent' AND coalesce(came_back, '') <> 'bounced'
    AND EXISTS (SELECT 1 FROM outgoing_recipient r WHERE r.outgoing_id = outgoing.id AND r.state = 'refused');

  CREATE TABLE server_pace (
    account_id TEXT NOT NULL,
    server TEXT NOT NULL,
    -- Milliseconds from one mail to the next; 0 = as fast as it goes.
    gap INTEGER NOT NULL,
    -- Nothing before then.
    not_before INTEGER NOT NULL,
    -- Since it last asked for less, mails it took without asking again, and how often in a row it asked.
    taken INTEGER NOT NULL,
    slowed INTEGER NOT NULL,
    -- For a limit by the day: when the count of recipients began, and the count.
    day_began INTEGER NOT NULL,
    day_recipients INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (account_id, server)
  ) STRICT, WITHOUT ROWID;
`
