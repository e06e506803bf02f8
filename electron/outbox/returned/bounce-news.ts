/** Mails that came back and that nobody has looked at since. The database notes them as they bounce (`015-sent-copies.ts`). */
import type { OutgoingId } from '../../../shared/model/outgoing-mail.ts'
import type { Database } from '../../storage/database.ts'

export interface BounceNews {
  /** Not looked at, the newest last. `number` grows with every bounce. */
  unlooked(): readonly { readonly number: number; readonly id: OutgoingId }[]
  unlookedCount(): number
  /** Answers with whether that was news of any of them. */
  noteLooked(ids: readonly OutgoingId[]): boolean
  onChange(listener: () => void): () => void
}

export function createBounceNews(database: Database): BounceNews {
  const listeners = new Set<() => void>()
  const unlooked = database.prepare('SELECT number, outgoing_id AS id FROM bounce_news WHERE looked = 0 ORDER BY number')
  const count = database.prepare('SELECT count(*) AS n FROM bounce_news WHERE looked = 0')
  const look = database.prepare('UPDATE bounce_news SET looked = 1 WHERE looked = 0 AND outgoing_id IN (SELECT value FROM json_each(?))')
  return {
    unlooked: () => unlooked.all().map((row) => ({ number: Number(row['number']), id: String(row['id']) })),
    unlookedCount: () => Number(count.get()?.['n']),
    noteLooked(ids) {
      const wasNews = Number(look.run(JSON.stringify(ids)).changes) > 0
      if (wasNews) listeners.forEach((listener) => listener())
      return wasNews
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
