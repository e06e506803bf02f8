/**
 * Searching, beside the thread that writes the index. What is not in the index yet is found by its header words all the same, the
 * newest thousand of it: they are kept in memory, from the rows themselves, from the first search on that needs them.
 *
 *   rows ──▶ fresh words (memory, here) ─┐
 *   files ─▶ index (search.db, thread) ──┴─▶ what matches, joined with the rows: a message that is gone is never found
 *
 * An index that turns out to be damaged is no longer asked; whoever keeps mail indexed is told, and it is thrown away before anything
 * is taken in again.
 */
import type { MessageKey } from '../../shared/model/message.ts'
import { type Database, transaction } from '../storage/database.ts'
import { discardIndex, discardUselessIndex, openForSearching, type SearchPlaces } from '../storage/search-file.ts'
import { isUnusable } from '../storage/storage-failure.ts'
import { accountWord, headerWords } from './header-words.ts'
import { takenIn } from './taken-in.ts'

/** From so many matches on, a list is walked from its newest message and each is asked whether it matches, instead of sorting all that do. */
const commonFrom = 2000

/** So many messages that are not in the index are found by their header words. */
const freshLimit = 1000

export interface Matches {
  /** Reads messages and words; nothing changes in it while this is looked at. */
  readonly database: Database
  /** So many match that a page is likely to be found among the newest messages. */
  readonly isCommon: boolean
  /** For a WHERE over messages, whose id is called so. */
  condition(id: string): string
  readonly values: readonly string[]
  /** The same among messages from this id on, with an id for each `?`: the words of older ones are not looked at. */
  conditionFrom(id: string): string
  valuesFrom(lowest: MessageKey): readonly (string | number)[]
  /** Over all folders. */
  total(): number
}

export type SearchIndex = ReturnType<typeof searchIndex>

/** `damaged` is told when the index turns out to be of no more use: until it is made again, only the newest messages are found. */
export function searchIndex(database: Database, places: SearchPlaces, damaged: () => void) {
  const forgetLeftover = database.prepare('DELETE FROM search_leftover WHERE id = ?')
  const noteLeftover = database.prepare('INSERT OR IGNORE INTO search_leftover VALUES (?)')
  const countLetGo = database.prepare('UPDATE store_identity SET let_go = let_go + 1')
  const anyMessage = database.prepare('SELECT 1 FROM message WHERE id > ? AND id < ? LIMIT 1')
  let isDamaged = false
  let open: ReturnType<typeof openReader> | null = null

  // While nobody has it open: before anything is received, so that no id the index knows is given again.
  discardUselessIndex(places)

  function reader(): ReturnType<typeof openReader> {
    open ??= openReader(places, !isDamaged)
    return open
  }

  function close(): void {
    open?.database.close()
    open = null
  }

  /** `work` looks at what matches this FTS5 expression. */
  function search<T>(expression: string, work: (matches: Matches) => T): T {
    try {
      return reader().search(expression, work)
    } catch (error) {
      if (isDamaged || !isUnusable(error)) throw error
      giveUp()
      return reader().search(expression, work)
    }
  }

  /** Is any message not in? */
  function hasGaps(): boolean {
    try {
      return reader().gaps().some(({ after, before }) => anyMessage.get(after, before) !== undefined)
    } catch (error) {
      if (isDamaged || !isUnusable(error)) throw error
      giveUp()
      return hasGaps()
    }
  }

  /** The index is another than it was. */
  function grown(): void {
    if (open?.hasIndex === false) close()
  }

  function giveUp(): void {
    isDamaged = true
    close()
    damaged()
  }

  return {
    search,
    hasGaps,
    /** It is made anew the next time something is taken in. */
    giveUp,
    /** Before a thread writes: whatever is no good is gone, and what was open is not relied on. */
    prepare(): void {
      close()
      if (isDamaged) discardIndex(places)
      else discardUselessIndex(places)
      isDamaged = false
    },
    grown,
    /** Words of messages that are not there: the next time something is taken in, they go. */
    leaveOver: (ids: readonly MessageKey[]): void => transaction(database, () => ids.forEach((id) => noteLeftover.run(id))),
    /** They are out of the index. */
    letGo(ids: readonly MessageKey[]): void {
      transaction(database, () => {
        ids.forEach((id) => forgetLeftover.run(id))
        countLetGo.run()
      })
      grown()
    },
    close,
  }
}

function openReader(places: SearchPlaces, useIndex: boolean) {
  const { database, hasIndex } = openForSearching(places, useIndex)
  const { gaps } = takenIn(database)
  const newestIn = database.prepare('SELECT id FROM message WHERE id > ? AND id < ? AND deleted_at IS NULL ORDER BY id DESC LIMIT ?')
  const addFresh = database.prepare(`INSERT INTO fresh_words (rowid, subject, sender, recipients, account) SELECT id, ${headerWords}, ${accountWord} FROM message WHERE id = ?`)
  const dropFresh = database.prepare('DELETE FROM fresh_words WHERE rowid = ?')
  const matchesUpTo = database.prepare('SELECT count(*) AS n FROM (SELECT rowid FROM message_words WHERE message_words MATCH ? LIMIT ?)')
  const matchesHere = database.prepare('SELECT count(*) AS n FROM message_words WHERE message_words MATCH ? AND +rowid NOT IN (SELECT id FROM search_leftover UNION ALL SELECT id FROM message WHERE deleted_at IS NOT NULL)')
  const freshMatches = database.prepare('SELECT count(*) AS n FROM fresh_words WHERE fresh_words MATCH ?')
  const countOf = (row: Record<string, unknown> | undefined): number => Number(row?.['n'])
  let fresh: ReadonlySet<MessageKey> = new Set()

  /** Inside a transaction: the words that are fresh are those that the index does not have, as it stands in it. */
  function refresh(): void {
    const wanted = new Set<MessageKey>()
    for (const { after, before } of gaps()) {
      for (const { id } of newestIn.all(after, before, freshLimit - wanted.size)) wanted.add(Number(id))
    }
    for (const id of fresh) if (!wanted.has(id)) dropFresh.run(id)
    for (const id of wanted) if (!fresh.has(id)) addFresh.run(id)
    fresh = wanted
  }

  function matchesOf(expression: string): Matches {
    const hasFresh = fresh.size > 0
    const isCommon = countOf(matchesUpTo.get(expression, commonFrom)) === commonFrom
    const words = ['message_words', ...(hasFresh ? ['fresh_words'] : [])]
    return {
      database,
      // The plus takes the way over the id from SQLite's planner, which cannot know how common a word is.
      condition: (id) => `${isCommon ? '+' : ''}${id} IN (${words.map((table) => `SELECT rowid FROM ${table} WHERE ${table} MATCH ?`).join(' UNION ALL ')})`,
      values: words.map(() => expression),
      isCommon,
      conditionFrom: (id) => `+${id} IN (${words.map((table) => `SELECT rowid FROM ${table} WHERE ${table} MATCH ? AND rowid >= ?`).join(' UNION ALL ')})`,
      valuesFrom: (lowest) => words.flatMap(() => [expression, lowest]),
      total: () => countOf(matchesHere.get(expression)) + (hasFresh ? countOf(freshMatches.get(expression)) : 0),
    }
  }

  return {
    database,
    hasIndex,
    gaps,
    search: <T>(expression: string, work: (matches: Matches) => T): T => {
      database.exec('BEGIN')
      try {
        refresh()
        return work(matchesOf(expression))
      } finally {
        if (database.isTransaction) database.exec('COMMIT')
      }
    },
  }
}
