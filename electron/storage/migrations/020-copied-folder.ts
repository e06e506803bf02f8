/**
 * Where the data folder was when it was the original (`outbox/copied-folder.ts`), and, once it was found to be a copy: of which original, since when
 * (milliseconds since 1970, UTC), and what each mail was before it was doubted for that. '' = from before this was noted.
 */
export const copiedFolderTables = `
  ALTER TABLE original_folder ADD COLUMN path TEXT NOT NULL DEFAULT '';
  ALTER TABLE original_folder ADD COLUMN host TEXT NOT NULL DEFAULT '';

  CREATE TABLE copied_folder (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    original TEXT NOT NULL,
    path TEXT NOT NULL,
    host TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE doubted_mail (
    outgoing_id TEXT PRIMARY KEY,
    was TEXT NOT NULL CHECK (was IN ('ready', 'scheduled', 'held'))
  ) STRICT, WITHOUT ROWID;
`
