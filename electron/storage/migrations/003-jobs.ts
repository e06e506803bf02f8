/** Long work and what became of it. `owner` names the process that holds the job: what another one left is dead. */
export const jobTables = `
CREATE TABLE job (
  sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  owner      TEXT NOT NULL,
  kind       TEXT NOT NULL,
  account_id TEXT,
  state      TEXT NOT NULL,
  cause      TEXT NOT NULL,
  created_at TEXT NOT NULL,
  started_at TEXT,
  ended_at   TEXT,
  done       INTEGER NOT NULL,
  total      INTEGER,
  detail     TEXT NOT NULL,
  failure    TEXT
) STRICT;
CREATE INDEX job_by_account ON job (account_id, kind, ended_at);
CREATE INDEX job_alive ON job (owner) WHERE ended_at IS NULL;
`
