/** The file by which the outbox knows whether its folder is a copy (`outbox/original-folder.ts`): its name, time of birth (nanoseconds) and number. */
export const originalFolderTable = `
  CREATE TABLE original_folder (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    name TEXT NOT NULL,
    birth TEXT NOT NULL,
    number TEXT NOT NULL
  ) STRICT;
`
