/** What of a message's header it can be found by, as SQL over its row, in the order of the search index's first columns. */
export const headerWords = `subject,
  coalesce(from_name, '') || ' ' || coalesce(from_address, '') AS sender,
  (SELECT coalesce(group_concat((value ->> 'name') || ' ' || (value ->> 'address'), ' '), '') FROM json_each(message.recipients)) AS recipients`
