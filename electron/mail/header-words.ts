/** What of a message's header it can be found by, as SQL over its row, in the order of the search index's first columns. */
export const headerWords = `subject,
  coalesce(from_name, '') || ' ' || coalesce(from_address, '') AS sender,
  (SELECT coalesce(group_concat((value ->> 'name') || ' ' || (value ->> 'address'), ' '), '') FROM json_each(message.recipients)) AS recipients`

/** Begins the word that an account is in the search index: a letter (Cyrillic, for the eyes of seraphim) that nobody types. */
const accountLetter = '\ua66e'

/** The word that stands for a message's account, as SQL over its row. One token, whatever the id. */
export const accountWord = `'${accountLetter}' || hex(account_id) AS account`

/** The same as an FTS5 expression. */
export function inAccount(accountId: string): string {
  return `account : "${accountLetter}${Buffer.from(accountId).toString('hex')}"`
}
