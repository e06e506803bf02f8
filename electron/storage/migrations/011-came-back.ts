/**
 * What a sent mail is shown as once something came back about it: `delivered`, `bounced` or `read`; NULL = as its state says. Told by
 * `outgoing_return`, and kept here so that a long outbox is filtered and counted from an index.
 */
export const cameBackColumn = `
  ALTER TABLE outgoing ADD COLUMN came_back TEXT;
  CREATE INDEX outgoing_shown ON outgoing (account_id, state, came_back);
`
