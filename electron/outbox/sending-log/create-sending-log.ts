/** The sending log over the database: read in pages by key, so that its length costs no memory. */
import { z } from 'zod'
import { mostTelling } from '../../../shared/model/mail-return.ts'
import { dayGroups, type OutgoingDay } from '../../../shared/model/outgoing-filter.ts'
import { recipientKindSchema, recipientSchema, shownStateSchema } from '../../../shared/model/outgoing-mail.ts'
import type { Database } from '../../storage/database.ts'
import { conditionOf, shownColumn } from '../outgoing-filter.ts'
import { returnRows, type StoredReturn } from '../returned/return-rows.ts'
import type { LogLine, SendingLog } from './sending-log.ts'

const columns = z.object({
  key: z.number(), position: z.number(), id: z.string(), account_id: z.string(), shown: shownStateSchema, created_at: z.number(), sent_at: z.number().nullable(),
  from_address: z.string(), subject: z.string(), attachment_names: z.string(), message_id: z.string(), batch_id: z.string().nullable(),
  kind: recipientKindSchema, name: z.string(), address: z.string(), result: recipientSchema.shape.state, reply_code: z.number().nullable(), words: z.string().nullable(),
})
/** Days begin at a quarter of an hour everywhere, milliseconds: counting these is far quicker than asking the calendar for every mail. */
const quarter = 15 * 60_000
const quarterColumns = z.object({ quarter: z.number(), shown: shownStateSchema, n: z.number() })
const names = z.array(z.string())

export function createSendingLog({ database, now = () => new Date() }: { readonly database: Database; readonly now?: () => Date }): SendingLog {
  const returns = returnRows(database)

  function days({ days: count, accountId, batchId }: Parameters<SendingLog['days']>[0]): readonly OutgoingDay[] {
    const today = now()
    const first = new Date(today.getFullYear(), today.getMonth(), today.getDate() - (count - 1))
    const { sql, values } = conditionOf({ accountId, batchId })
    const found = new Map<string, OutgoingDay>()
    const rows = database.prepare(`SELECT created_at / ${quarter} AS quarter, ${shownColumn} AS shown, count(*) AS n FROM outgoing WHERE ${sql} AND created_at >= ? GROUP BY 1, 2 ORDER BY 1`).all(...values, first.getTime())
    for (const raw of rows) {
      const { quarter: at, shown, n } = quarterColumns.parse(raw)
      const day = localDay(new Date(at * quarter))
      const group = (['sent', 'bounced', 'waiting', 'failed'] as const).find((one) => dayGroups[one].includes(shown))
      if (group === undefined) continue
      const before = found.get(day) ?? { day, sent: 0, bounced: 0, waiting: 0, failed: 0 }
      found.set(day, { ...before, [group]: before[group] + n })
    }
    return [...found.values()]
  }

  function page(filter: Parameters<SendingLog['page']>[0], after: string | null, limit: number): ReturnType<SendingLog['page']> {
    const { sql, values } = conditionOf(filter)
    const [key, position] = keyIn(after)
    const rows = database
      .prepare(
        `SELECT outgoing.rowid AS key, p.position, id, account_id, ${shownColumn.replaceAll('state', 'outgoing.state')} AS shown, created_at, from_address, subject, attachment_names, message_id, batch_id,
           (SELECT max(at) FROM outgoing_event e WHERE e.outgoing_id = outgoing.id AND e.state = 'sent') AS sent_at,
           p.kind, p.name, p.address, p.state AS result, p.reply_code, p.words
         FROM (SELECT rowid, * FROM outgoing WHERE ${sql} AND rowid >= ? ORDER BY rowid LIMIT ?) AS outgoing JOIN outgoing_recipient p ON p.outgoing_id = outgoing.id
         WHERE (outgoing.rowid, p.position) > (?, ?) ORDER BY 1, 2 LIMIT ?`,
      )
      .all(...values, key, limit + 1, key, position, limit)
      .map((raw) => columns.parse(raw))
    const came = new Map<string, readonly StoredReturn[]>()
    const lines = rows.map((row): LogLine => {
      const about = came.get(row.id) ?? returns.of(row.id)
      came.set(row.id, about)
      return {
        id: row.id, accountId: row.account_id, state: row.shown, queuedAt: new Date(row.created_at), sentAt: row.sent_at === null ? null : new Date(row.sent_at), from: row.from_address,
        kind: row.kind, name: row.name, address: row.address, subject: row.subject, attachmentNames: names.parse(JSON.parse(row.attachment_names)), messageId: row.message_id, batchId: row.batch_id,
        result: row.result, replyCode: row.reply_code, words: row.words,
        returned: mostTelling(about.filter((one) => one.position === row.position).map(({ returned }) => returned)),
      }
    })
    const last = rows.at(-1)
    return { lines, next: last === undefined ? null : `${String(last.key)}.${String(last.position)}` }
  }

  return {
    days,
    page,
    count(filter) {
      const { sql, values } = conditionOf(filter)
      return Number(database.prepare(`SELECT count(*) AS n FROM outgoing WHERE ${sql}`).get(...values)?.['n'])
    },
  }
}

/** What comes from outside is no key unless it looks like one. */
function keyIn(after: string | null): readonly [number, number] {
  const [, key, position] = /^(\d{1,15})\.(\d{1,9})$/.exec(after ?? '') ?? []
  return key === undefined ? [0, -1] : [Number(key), Number(position)]
}

function localDay(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
