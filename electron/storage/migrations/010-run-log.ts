/**
 * `news` = 0: the run went well and had nothing to do. The log keeps those for a shorter time, and lists leave them out. And an
 * index of the few copies in the ledger that the server was asked to remove and has not confirmed.
 */
export const runLog = `
ALTER TABLE job ADD COLUMN news INTEGER NOT NULL DEFAULT 1;
CREATE INDEX job_by_news ON job (news, sequence);
`

export const askedIndex = `
CREATE INDEX ledger_asked ON ledger (account_id, folder) WHERE asked_at IS NOT NULL AND removed_at IS NULL;
`
