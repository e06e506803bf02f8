/** `news` = 0: the run went well and had nothing to do. The log keeps those for a shorter time, and lists leave them out. */
export const runLog = `
ALTER TABLE job ADD COLUMN news INTEGER NOT NULL DEFAULT 1;
CREATE INDEX job_by_news ON job (news, sequence);
`
