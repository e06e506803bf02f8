/** A filter of outgoing mails as the condition of a query. */
import type { OutgoingFilter } from '../../shared/model/outgoing-filter.ts'

/** What `shownState` says, for a query; `outgoing_shown` covers it. */
export const shownColumn = "CASE state WHEN 'sent' THEN coalesce(came_back, state) ELSE state END"

export interface Condition {
  /** To follow WHERE, over the columns of `outgoing`. */
  readonly sql: string
  readonly values: readonly string[]
}

const wordsLimit = 10

export function conditionOf({ states = null, accountId = null, batchId = null, search = '', since = null, until = null }: Partial<OutgoingFilter>): Condition {
  const parts: Condition[] = [
    ...(accountId === null ? [] : [{ sql: 'account_id = ?', values: [accountId] }]),
    ...(batchId === null ? [] : [{ sql: 'batch_id = ?', values: [batchId] }]),
    ...(states === null ? [] : [{ sql: `${shownColumn} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(states)] }]),
    ...(since === null ? [] : [{ sql: `created_at >= unixepoch(?, 'utc') * 1000`, values: [since] }]),
    ...(until === null ? [] : [{ sql: `created_at < unixepoch(?, '+1 day', 'utc') * 1000`, values: [until] }]),
    ...search.split(/\s+/).filter((word) => word !== '').slice(0, wordsLimit).map(containing),
  ]
  return { sql: ['1', ...parts.map(({ sql }) => sql)].join(' AND '), values: parts.flatMap(({ values }) => values) }
}

function containing(word: string): Condition {
  const pattern = `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const like = String.raw`LIKE ? ESCAPE '\'`
  return {
    sql: `(subject ${like} OR message_id ${like} OR EXISTS (SELECT 1 FROM outgoing_recipient r WHERE r.outgoing_id = outgoing.id AND (r.address ${like} OR r.name ${like})))`,
    values: [pattern, pattern, pattern, pattern],
  }
}
