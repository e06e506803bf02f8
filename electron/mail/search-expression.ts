/**
 * What a person types into the search field → an FTS5 query (sqlite.org/fts5.html section 3) that can't be anything but a
 * search for these words: every word is quoted, all must occur, each may be the beginning of a longer one. Not a single letter:
 * to look for all words that begin with it takes seconds in a large store, and it is in nearly every message.
 */
const wordLimit = 16

/** null = nothing in it that could be found. */
export function searchExpression(typed: string): string | null {
  const words = typed
    .slice(0, 500)
    .split(/[\s\p{Cc}]+/u)
    // A word without letter or digit has no token, and FTS5 would drop it or find nothing.
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, wordLimit)
  return words.length === 0 ? null : words.map((word) => `"${word.replaceAll('"', '""')}"${/^[a-z\d]$/i.test(word) ? '' : '*'}`).join(' AND ')
}
