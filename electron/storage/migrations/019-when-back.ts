/**
 * What becomes of a mail that a run has in hand when it comes back as ready: its batch was paused ('held') or cancelled meanwhile. NULL = it
 * is ready. Whoever takes it anew forgets what was wished before.
 */
export const whenBackColumn = `
  ALTER TABLE outgoing ADD COLUMN when_back TEXT CHECK (when_back IN ('held', 'cancelled'));
`
