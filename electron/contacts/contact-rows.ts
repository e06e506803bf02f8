/** Contacts as they are asked for: by name, by address, one, and their records. Every call is one or a few statements on indexes. */
import { z } from 'zod'
import type { ContactId, ContactRow, ContactView, KeptMail, Letter, Party } from '../../shared/model/contact.ts'
import type { Database } from '../storage/database.ts'
import type { ContactQuery, LetterQuery } from './contacts.ts'

/** The newest of the names that its addresses have in mail; `printf` puts what is compared in front. */
const learntName = "substr(max(iif(a.name = '', '', printf('%016d', coalesce(a.last_at, 0)) || a.name)), 17)"
const newestAddress = "substr(max(printf('%016d', coalesce(a.last_at, 0)) || a.address), 17)"
const person = `SELECT c.id, c.name AS typed, c.note, coalesce(nullif(c.name, ''), nullif(${learntName}, ''), ${newestAddress}) AS name,
    max(a.last_at) AS last_at, group_concat(a.address, ' ') AS addresses
  FROM contact c JOIN correspondent a ON a.contact_id = c.id`
const ofContact = 'key IN (SELECT key FROM correspondent WHERE contact_id = :id)'

const personColumns = z.object({ id: z.number(), typed: z.string(), note: z.string(), name: z.string(), last_at: z.number().nullable() })
const letterColumns = z.object({
  direction: z.enum(['incoming', 'outgoing']), at: z.number(), message_id: z.number().nullable(), outgoing_id: z.string().nullable(),
  account_id: z.string(), subject: z.string(), has_attachments: z.number(), seen: z.number(),
})
const partyColumns = z.object({ name: z.string(), address: z.string(), filed: z.number(), contact_id: z.number().nullable(), contact_name: z.string().nullable() })
const monthColumns = z.object({ month: z.string(), received: z.number(), sent: z.number() })

const monthsShown = 120

/** Every word must occur. */
function wordsOf(search: string): readonly string[] {
  return search.slice(0, 200).split(/\s+/).filter((word) => word !== '').slice(0, 16)
}

export type ContactRows = ReturnType<typeof contactRows>

export function contactRows(database: Database) {
  const selectOne = database.prepare(`${person} WHERE c.id = ? GROUP BY c.id`)
  const addresses = database.prepare('SELECT address FROM correspondent WHERE contact_id = ? ORDER BY last_at DESC, address')
  // One mail to two addresses of a contact is one mail.
  const counts = database.prepare(
    `SELECT count(DISTINCT iif(direction = 'incoming', message_id, NULL)) AS received,
       count(DISTINCT iif(direction = 'outgoing', coalesce(outgoing_id, message_id), NULL)) AS sent FROM correspondence WHERE ${ofContact}`,
  )
  const months = database.prepare(
    `SELECT strftime('%Y-%m', at / 1000, 'unixepoch') AS month, count(DISTINCT iif(direction = 'incoming', message_id, NULL)) AS received,
       count(DISTINCT iif(direction = 'outgoing', coalesce(outgoing_id, message_id), NULL)) AS sent
     FROM correspondence WHERE ${ofContact} GROUP BY month ORDER BY month DESC LIMIT ${monthsShown}`,
  )
  const byAddress = database.prepare('SELECT contact_id AS id FROM correspondent WHERE key = address_key(?) AND contact_id IS NOT NULL')
  const byName = database.prepare(`SELECT id FROM (${person} GROUP BY c.id) WHERE folded(name) = folded(?) LIMIT 2`)
  const party = (of: string, where: string) => database.prepare(
    `SELECT p.name, p.address, p.filed, a.contact_id, (SELECT name FROM (${person} WHERE c.id = a.contact_id GROUP BY c.id)) AS contact_name
     FROM ${of} p LEFT JOIN correspondent a ON a.key = p.key WHERE ${where} GROUP BY p.key`,
  )
  const messageParties = party('message_party', 'p.message_id = ?')
  const outgoingParties = party('outgoing_party', 'p.outgoing_id = ?')

  function toRow(raw: unknown): ContactRow {
    const { id, name, last_at } = personColumns.parse(raw)
    const { received, sent } = z.object({ received: z.number(), sent: z.number() }).parse(counts.get({ id }))
    return { id, name, addresses: addresses.all(id).map((row) => String(row['address'])), received, sent, lastAt: isoDate(last_at) }
  }

  function list({ search, order, offset, limit }: ContactQuery): { readonly contacts: readonly ContactRow[]; readonly total: number } {
    const words = wordsOf(search)
    const matching = words.map(() => "instr(folded(name || ' ' || addresses || ' ' || note), folded(?)) > 0").join(' AND ')
    const found = `FROM (${person} GROUP BY c.id) ${words.length === 0 ? '' : `WHERE ${matching}`}`
    const ordered = order === 'name' ? 'folded(name), id' : 'last_at DESC, folded(name), id'
    const total = Number(database.prepare(`SELECT count(*) AS n ${words.length === 0 ? 'FROM contact' : found}`).get(...words)?.['n'])
    const rows = database.prepare(`SELECT * ${found} ORDER BY ${ordered} LIMIT ? OFFSET ?`).all(...words, limit, offset)
    return { contacts: rows.map(toRow), total }
  }

  function get(id: ContactId): ContactView | null {
    const raw = selectOne.get(id)
    if (raw === undefined) return null
    const { typed, note } = personColumns.parse(raw)
    return { ...toRow(raw), typedName: typed, note, months: months.all({ id }).map((row) => monthColumns.parse(row)) }
  }

  function letters({ id, search, offset, limit }: LetterQuery): { readonly letters: readonly Letter[]; readonly total: number } {
    const words = wordsOf(search)
    const matching = words.map((_, at) => `instr(folded(subject || ' ' || words), folded(:word${at})) > 0`).join(' AND ')
    const found = `FROM (
      SELECT c.direction, max(c.at) AS at, c.message_id, c.outgoing_id, coalesce(m.account_id, o.account_id) AS account_id, coalesce(m.subject, o.subject) AS subject,
        coalesce(m.has_attachments, o.attachment_names <> '[]') AS has_attachments, coalesce(m.seen, 1) AS seen,
        coalesce(o.attachment_names || ' ' || o.text, '') AS words
      FROM correspondence c LEFT JOIN message m ON m.id = c.message_id LEFT JOIN outgoing o ON o.id = c.outgoing_id
      WHERE ${ofContact} GROUP BY c.message_id, c.outgoing_id) ${words.length === 0 ? '' : `WHERE ${matching}`}`
    const values = { id, ...Object.fromEntries(words.map((word, at) => [`word${at}`, word])) }
    const total = Number(database.prepare(`SELECT count(*) AS n ${found}`).get(values)?.['n'])
    const rows = database.prepare(`SELECT * ${found} ORDER BY at DESC, message_id DESC LIMIT :limit OFFSET :offset`).all({ ...values, limit, offset })
    return { letters: rows.map(toLetter), total }
  }

  function parties(mail: KeptMail): { readonly parties: readonly Party[]; readonly filed: boolean } {
    const rows = (mail.in === 'mail' ? messageParties.all(mail.id) : outgoingParties.all(mail.id)).map((row) => partyColumns.parse(row))
    return {
      parties: rows.map(({ name, address, contact_id: id, contact_name: called }) => ({ name, address, contact: id === null ? null : { id, name: called ?? address } })),
      filed: rows.some(({ filed }) => filed === 1),
    }
  }

  return {
    list,
    get,
    letters,
    parties,
    ofAddress(address: string): ContactId | null {
      const row = byAddress.get(address)
      return row === undefined ? null : Number(row['id'])
    },
    /** Those of this name, two at most. */
    named: (name: string): readonly ContactId[] => byName.all(name).map((row) => Number(row['id'])),
  }
}

function toLetter(raw: unknown): Letter {
  const row = letterColumns.parse(raw)
  return {
    mail: row.message_id === null ? { in: 'outbox', id: String(row.outgoing_id) } : { in: 'mail', id: row.message_id },
    direction: row.direction, at: new Date(row.at).toISOString(), accountId: row.account_id, subject: row.subject,
    hasAttachments: row.has_attachments === 1, seen: row.seen === 1,
  }
}

const isoDate = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString())
