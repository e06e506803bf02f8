/**
 * The index of received mail: rows, search and what changes about them. Every call is a few statements on indexes, so that no
 * call from a window waits for it; whoever writes several things at once wraps them in one `transaction`.
 */
import type { AccountId } from '../../shared/model/account.ts'
import { notOnServerPath } from '../../shared/model/folder.ts'
import { mailboxAddressSchema, type MessageKey, type MessageRow } from '../../shared/model/message.ts'
import { z } from 'zod'
import type { Database } from '../storage/database.ts'
import type { ServerFlags } from '../../shared/model/server-folder.ts'
import type { StoredFile } from './incoming-batch.ts'
import type { Memberships } from './memberships.ts'
import type { MessageList, MessageQuery } from './mail-store.ts'
import { inAccount } from './header-words.ts'
import { searchExpression } from './search-expression.ts'
import type { Matches, SearchIndex } from './search-index.ts'

/** A Date further ahead than this is not believed when sorting: junk mail would stay on top for years. */
const believedAhead = 24 * 60 * 60 * 1000

/** Rows come from a file on disk: parsed like everything that crosses a boundary. */
const columns = z.object({
  id: z.number(),
  account_id: z.string(),
  folder: z.string(),
  file: z.string(),
  size: z.number(),
  date: z.number().nullable(),
  stored_at: z.number(),
  from_name: z.string().nullable(),
  from_address: z.string().nullable(),
  recipients: z.string(),
  subject: z.string(),
  seen: z.number(),
  flagged: z.number(),
  answered: z.number(),
  gone_at: z.number().nullable(),
  private: z.number(),
  has_attachments: z.number(),
  readable: z.number(),
  deleted_at: z.number().nullable(),
})
const addresses = z.array(mailboxAddressSchema)

export interface StoredRow {
  readonly row: MessageRow
  readonly file: string
  /** A person deleted it; it can be taken back. */
  readonly isDeleted: boolean
}

/** A message whose file is in place. */
export type NewMessage = Pick<StoredFile, 'file' | 'size' | 'headers'>

export interface NewRow {
  readonly accountId: AccountId
  readonly folder: string
  /** null = not known. */
  readonly serverId: string | null
  readonly flags: ServerFlags
  /** What the server calls it in every folder; null = it tells nothing of the kind. */
  readonly objectId: string | null
  readonly isPrivate: boolean
  readonly storedAt: number
}

export type MessageRows = ReturnType<typeof messageRows>

/** So many of the newest messages are looked through for a page of a common word, before all that match are. */
const nearest = 1000

export function messageRows(database: Database, index: Pick<SearchIndex, 'search'>, members: Pick<Memberships, 'begin'>) {
  const insertRow = database.prepare(
    `INSERT INTO message (account_id, folder, file, size, sorted_at, date, stored_at, from_name, from_address, recipients, subject, seen, flagged, answered, draft, private,
       has_attachments, readable, bulk, object_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const selectOne = database.prepare('SELECT * FROM message WHERE id = ?')
  const selectAfter = database.prepare('SELECT id, min(stored_at, coalesce(date, stored_at)) AS at FROM message WHERE id > ? ORDER BY id LIMIT ?')
  const deleteRow = database.prepare('DELETE FROM message WHERE id = ?')
  const leaveWords = database.prepare('INSERT OR IGNORE INTO search_leftover VALUES (?)')
  const filesOfAccount = database.prepare('SELECT file FROM message WHERE account_id = ?')
  const leaveWordsOfAccount = database.prepare('INSERT OR IGNORE INTO search_leftover SELECT id FROM message WHERE account_id = ?')
  const deleteRowsOfAccount = database.prepare('DELETE FROM message WHERE account_id = ?')
  const setPrivate = database.prepare('UPDATE message SET private = ?1 WHERE id = ?2 AND private <> ?1')
  const setAttachments = database.prepare('UPDATE message SET has_attachments = ?1 WHERE id = ?2 AND has_attachments <> ?1')
  const messages = database.prepare('SELECT count(*) AS n FROM message WHERE account_id = ? AND deleted_at IS NULL')
  const unseen = database.prepare(
    `SELECT count(DISTINCT p.message_id) AS n FROM membership p LEFT JOIN folder f ON f.account_id = p.account_id AND f.path = p.folder
     WHERE p.account_id = ? AND p.seen = 0 AND p.gone_at IS NULL AND p.deleted_at IS NULL AND coalesce(f.special_use, '') NOT IN ('sent', 'drafts', 'junk', 'trash', 'all')`,
  )
  const selectFile = database.prepare('SELECT 1 FROM message WHERE file = ?')

  function insert({ file, size, headers }: NewMessage, { accountId, folder, serverId, flags, objectId, isPrivate, storedAt }: NewRow): MessageKey {
    const { from, to, date } = headers
    const sortedAt = date === null || date > storedAt + believedAhead ? storedAt : date
    const { lastInsertRowid } = insertRow.run(
      accountId, folder, file, size, sortedAt, date, storedAt,
      from?.name ?? null, from?.address ?? null, JSON.stringify(to), headers.subject,
      Number(flags.seen), Number(flags.flagged), Number(flags.answered), Number(flags.draft), Number(isPrivate),
      Number(headers.hasAttachments), Number(headers.readable), Number(headers.bulk), objectId,
    )
    const id = Number(lastInsertRowid)
    members.begin(id, { accountId, folder, serverId }, sortedAt, flags)
    return id
  }

  function list(query: MessageQuery): MessageList {
    if (query.search.trim() === '') return listOf(database, query, null)
    const expression = searchExpression(query.search)
    if (expression === null) return { messages: [], total: 0, place: null }
    const within = query.accountId === null ? expression : `${inAccount(query.accountId)} AND (${expression})`
    return index.search(within, (matches) => listOf(matches.database, query, matches))
  }

  function listOf(source: Database, { accountId, folder = null, offset, limit, placeOf = null }: MessageQuery, matches: Matches | null): MessageList {
    const inFolder = folder !== null && folder !== notOnServerPath
    // A folder is walked by its own rows alone, which are all in an index, whatever the offset.
    const [table, id, sortedAt] = inFolder ? ['membership p', 'p.message_id', 'p.sorted_at'] : ['message m', 'm.id', 'm.sorted_at']
    const conditions = inFolder ? ['p.gone_at IS NULL AND p.deleted_at IS NULL AND p.folder = ?'] : ['m.deleted_at IS NULL']
    const values: (string | number)[] = inFolder ? [folder] : []
    if (folder === notOnServerPath) conditions.push('m.gone_at IS NOT NULL')
    if (accountId !== null) {
      conditions.push(`${inFolder ? 'p' : 'm'}.account_id = ?`)
      values.push(accountId)
    }
    // The words alone can count what they match in all folders.
    const everywhere = folder === null ? matches : null
    const scope = { sql: conditions.join(' AND '), values: [...values] }
    if (matches !== null) {
      conditions.push(matches.condition(id))
      values.push(...matches.values)
    }
    const where = (...more: readonly string[]) => `WHERE ${[...conditions, ...more].join(' AND ')}`
    const count = (condition: string, ...more: readonly number[]) => Number(source.prepare(`SELECT count(*) AS n FROM ${table} ${condition}`).get(...values, ...more)?.['n'])
    const total = everywhere?.total() ?? count(where())
    const page = pageFromNearerEnd(offset, limit, total)
    const order = page.reversed ? `${sortedAt}, ${id}` : `${sortedAt} DESC, ${id} DESC`
    const ordered = (from: string) => `SELECT ${inFolder ? id : 'm.*'} FROM ${from} ORDER BY ${order} LIMIT ? OFFSET ?`
    const near = matches?.isCommon === true && !page.reversed && page.offset < nearest / 2 ? amongNearest() : null
    const rows = near ?? source.prepare(ordered(`${table} ${where()}`)).all(...values, page.limit, page.offset)
    const messages = inFolder ? rowsIn(source, folder, rows.map((row) => Number(row['message_id']))) : rows.map((row) => toStoredRow(row).row)
    const anchor = placeOf === null ? undefined : source.prepare(`SELECT ${sortedAt} AS sorted_at FROM ${table} ${where(`${id} = ?`)}`).get(...values, placeOf)
    const place = anchor === undefined || placeOf === null ? null : count(where(`(${sortedAt}, ${id}) > (?, ?)`), Number(anchor['sorted_at']), placeOf)
    return { messages: page.reversed ? messages.toReversed() : messages, total, place }

    /** A page of a common word, looked for among the newest messages first: null where they do not have all of it. */
    function amongNearest() {
      if (matches === null) return null
      const newest = `SELECT ${inFolder ? 'p.*' : 'm.*'} FROM ${table} WHERE ${scope.sql} ORDER BY ${order} LIMIT ${nearest}`
      const lowest = Number(source.prepare(`SELECT min(${inFolder ? 'message_id' : 'id'}) AS lowest FROM (${newest})`).get(...scope.values)?.['lowest'])
      const found = source.prepare(ordered(`(${newest}) ${inFolder ? 'p' : 'm'} WHERE ${matches.conditionFrom(id)}`)).all(...scope.values, ...matches.valuesFrom(lowest), page.limit, page.offset)
      return found.length === page.limit ? found : null
    }
  }

  /** In the order of these ids, with what each carries in this folder. */
  function rowsIn(source: Database, folder: string, ids: readonly MessageKey[]): readonly MessageRow[] {
    const rows = source
      .prepare('SELECT m.*, p.folder, p.seen, p.flagged, p.answered FROM json_each(?) one JOIN membership p ON p.message_id = one.value AND p.folder = ? JOIN message m ON m.id = p.message_id')
      .all(JSON.stringify(ids), folder).map((row) => toStoredRow(row).row)
    const byId = new Map(rows.map((row) => [row.id, row]))
    return ids.flatMap((id) => byId.get(id) ?? [])
  }

  /** Which of these messages the words of a search are in, wherever they stand in them. */
  function matching(search: string, ids: readonly MessageKey[]): readonly MessageKey[] {
    const expression = ids.length === 0 ? null : searchExpression(search)
    if (expression === null) return []
    return index.search(expression, ({ database: source, condition, values }) =>
      source.prepare(`SELECT m.id FROM json_each(?) one JOIN message m ON m.id = one.value WHERE m.deleted_at IS NULL AND ${condition('m.id')}`)
        .all(JSON.stringify(ids), ...values).map((row) => Number(row['id'])),
    )
  }

  /** As long as it is not deleted. */
  function get(id: MessageKey): StoredRow | null {
    const row = getAny(id)
    return row === null || row.isDeleted ? null : row
  }

  function getAny(id: MessageKey): StoredRow | null {
    const row = selectOne.get(id)
    return row === undefined ? null : toStoredRow(row)
  }

  function remove(id: MessageKey): void {
    deleteRow.run(id)
    leaveWords.run(id)
  }

  /** Answers with their files. */
  function removeAllOf(accountId: AccountId): readonly string[] {
    const files = filesOfAccount.all(accountId).map((row) => String(row['file']))
    leaveWordsOfAccount.run(accountId)
    deleteRowsOfAccount.run(accountId)
    return files
  }

  return {
    insert,
    list,
    matching,
    get,
    getAny,
    remove,
    removeAllOf,
    arrivedAfter: (id: MessageKey, limit: number) => selectAfter.all(id, limit).map((row) => ({ id: Number(row['id']), at: new Date(Number(row['at'])) })),
    hasFile: (file: string): boolean => selectFile.get(file) !== undefined,
    /** Each answers with whether that was a change. */
    setPrivate: (id: MessageKey, isPrivate: boolean): boolean => Number(setPrivate.run(Number(isPrivate), id).changes) > 0,
    setHasAttachments: (id: MessageKey, has: boolean): boolean => Number(setAttachments.run(Number(has), id).changes) > 0,
    counts: (accountId: AccountId) => ({ messages: Number(messages.get(accountId)?.['n']), unseen: Number(unseen.get(accountId)?.['n']) }),
  }
}

/** SQLite steps over every row before an offset (sqlite.org/lang_select.html section 4): never more than half of them. */
function pageFromNearerEnd(offset: number, limit: number, total: number) {
  const after = total - offset - limit
  if (after >= offset) return { offset, limit, reversed: false }
  return { offset: Math.max(0, after), limit: Math.max(0, Math.min(limit, total - offset)), reversed: true }
}

function toStoredRow(raw: unknown): StoredRow {
  const row = columns.parse(raw)
  return {
    file: row.file,
    isDeleted: row.deleted_at !== null,
    row: {
      id: row.id,
      accountId: row.account_id,
      folder: row.folder,
      from: row.from_address === null ? null : { name: row.from_name ?? '', address: row.from_address },
      to: addresses.parse(JSON.parse(row.recipients)),
      subject: row.subject,
      date: row.date === null ? null : new Date(row.date).toISOString(),
      storedAt: new Date(row.stored_at).toISOString(),
      size: row.size,
      seen: row.seen === 1,
      flagged: row.flagged === 1,
      answered: row.answered === 1,
      notOnServer: row.gone_at !== null,
      private: row.private === 1,
      hasAttachments: row.has_attachments === 1,
      readable: row.readable === 1,
    },
  }
}
