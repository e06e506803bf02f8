/**
 * Contacts as they are asked for: by name, by address, one, and their records. Names are sorted and searched in memory, from a list
 * that is made again after anything was written; all else is a few statements on indexes.
 */
import { z } from 'zod'
import type { ContactId, ContactRow, ContactView, KeptMail, Letter, Party } from '../../shared/model/contact.ts'
import type { MessageKey } from '../../shared/model/message.ts'
import { folded } from '../storage/address-functions.ts'
import type { Database } from '../storage/database.ts'
import type { ContactQuery, LetterQuery } from './contacts.ts'

/** The newest of the names that its addresses have in mail; `printf` puts what is compared in front. */
const learntName = "substr(max(iif(a.name = '', '', printf('%016d', coalesce(a.last_at, 0)) || a.name)), 17)"
const newestAddress = "substr(max(printf('%016d', coalesce(a.last_at, 0)) || a.address), 17)"
const person = `SELECT c.id, c.name AS typed, c.note, coalesce(nullif(c.name, ''), nullif(${learntName}, ''), ${newestAddress}) AS name,
    max(a.last_at) AS last_at, group_concat(a.address, ' ') AS addresses
  FROM contact c JOIN correspondent a ON a.contact_id = c.id`
const ofContact = 'key IN (SELECT key FROM correspondent WHERE contact_id = :id)'

const personColumns = z.object({ id: z.number(), typed: z.string(), note: z.string(), name: z.string(), last_at: z.number().nullable(), addresses: z.string() })
const addressColumns = z.object({ address: z.string(), received: z.number(), sent: z.number() })
const letterColumns = z.object({
  direction: z.enum(['incoming', 'outgoing']), at: z.number(), message_id: z.number().nullable(), outgoing_id: z.string().nullable(),
  account_id: z.string(), subject: z.string(), has_attachments: z.number(), seen: z.number(),
})
const partyColumns = z.object({ name: z.string(), address: z.string(), filed: z.number(), contact_id: z.number().nullable() })
const monthColumns = z.object({ month: z.string(), received: z.number(), sent: z.number() })

const countColumns = z.object({ received: z.number(), sent: z.number() })
const joined = 'LEFT JOIN message m ON m.id = c.message_id LEFT JOIN outgoing o ON o.id = c.outgoing_id'

const monthsShown = 120

/** A contact as it is sorted and searched. */
interface Listed {
  readonly id: ContactId
  readonly name: string
  readonly lastAt: number
  readonly words: string
}

/** Every word must occur. */
function wordsOf(search: string): readonly string[] {
  return folded(search.slice(0, 200)).split(/\s+/).filter((word) => word !== '').slice(0, 16)
}

export type ContactRows = ReturnType<typeof contactRows>

/** Which of these messages a search finds. */
export type FindAmong = (search: string, ids: readonly MessageKey[]) => readonly MessageKey[]

export function contactRows(database: Database, findAmong: FindAmong) {
  const receivedOn = database.prepare('SELECT DISTINCT message_id AS id FROM correspondence WHERE key IN (SELECT key FROM correspondent WHERE contact_id = ?) AND message_id IS NOT NULL')
  const selectOne = database.prepare(`${person} WHERE c.id = ? GROUP BY c.id`)
  const selectAll = database.prepare(`${person} GROUP BY c.id`)
  const written = database.prepare('SELECT total_changes() AS n')
  const addressesOf = database.prepare('SELECT address, received, sent FROM correspondent WHERE contact_id = ? ORDER BY last_at DESC, address')
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
  const party = (of: string, where: string) =>
    database.prepare(`SELECT p.name, p.address, p.filed, a.contact_id FROM ${of} p LEFT JOIN correspondent a ON a.key = p.key WHERE ${where} GROUP BY p.key`)
  const messageParties = party('message_party', 'p.message_id = ?')
  const outgoingParties = party('outgoing_party', 'p.outgoing_id = ?')

  /** All of them, until anything is written. */
  let listed: { readonly asOf: unknown; readonly contacts: readonly Listed[] } = { asOf: null, contacts: [] }

  function everybody(): readonly Listed[] {
    const asOf = written.get()?.['n']
    if (listed.asOf !== asOf) {
      const contacts = selectAll.all().map((raw) => {
        const { id, name, note, last_at, addresses } = personColumns.parse(raw)
        return { id, name: folded(name), lastAt: last_at ?? -Infinity, words: folded(`${name} ${addresses} ${note}`) }
      })
      listed = { asOf, contacts: contacts.toSorted((one, other) => compare(one.name, other.name) || one.id - other.id) }
    }
    return listed.contacts
  }

  function toRow(raw: unknown): ContactRow {
    const { id, name, last_at } = personColumns.parse(raw)
    const addresses = addressesOf.all(id).map((row) => addressColumns.parse(row))
    const [only] = addresses
    const { received, sent } = addresses.length === 1 && only !== undefined ? only : countColumns.parse(counts.get({ id }))
    return { id, name, addresses: addresses.map(({ address }) => address), received, sent, lastAt: isoDate(last_at) }
  }

  function list({ search, order, offset, limit }: ContactQuery): { readonly contacts: readonly ContactRow[]; readonly total: number } {
    const words = wordsOf(search)
    const found = everybody().filter((one) => words.every((word) => one.words.includes(word)))
    const ordered = order === 'name' ? found : found.toSorted((one, other) => (other.lastAt > one.lastAt ? 1 : other.lastAt < one.lastAt ? -1 : 0))
    return { contacts: ordered.slice(offset, offset + limit).map(({ id }) => toRow(selectOne.get(id))), total: found.length }
  }

  function get(id: ContactId): ContactView | null {
    const raw = selectOne.get(id)
    if (raw === undefined) return null
    const { typed, note } = personColumns.parse(raw)
    return { ...toRow(raw), typedName: typed, note, months: months.all({ id }).map((row) => monthColumns.parse(row)) }
  }

  function letters({ id, search, offset, limit }: LetterQuery): { readonly letters: readonly Letter[]; readonly total: number } {
    const words = wordsOf(search)
    // Received mail also by its text and attachments, as far as these are in the search index.
    const indexed = words.length === 0 ? [] : findAmong(search, receivedOn.all(id).map((row) => Number(row['id'])))
    const here = words.map((_, at) => `instr(folded(coalesce(m.subject, o.subject || ' ' || o.attachment_names || ' ' || o.text)), :word${at}) > 0`)
    const matching = words.length === 0 ? [] : [`(${here.join(' AND ')} OR c.message_id IN (SELECT value FROM json_each(:indexed)))`]
    const values = { id, ...(words.length === 0 ? {} : { indexed: JSON.stringify(indexed) }), ...Object.fromEntries(words.map((word, at) => [`word${at}`, word])) }
    const found = `FROM correspondence c ${words.length === 0 ? '' : joined} WHERE ${[ofContact, ...matching].join(' AND ')}`
    const total = Number(database.prepare(`SELECT count(*) AS n FROM (SELECT 1 ${found} GROUP BY c.message_id, c.outgoing_id)`).get(values)?.['n'])
    const rows = database.prepare(
      `SELECT c.direction, c.at, c.message_id, c.outgoing_id, coalesce(m.account_id, o.account_id) AS account_id, coalesce(m.subject, o.subject) AS subject,
         coalesce(m.has_attachments, o.attachment_names <> '[]') AS has_attachments, coalesce(m.seen, 1) AS seen
       FROM (SELECT c.direction, max(c.at) AS at, c.message_id, c.outgoing_id ${found}
         GROUP BY c.message_id, c.outgoing_id ORDER BY max(c.at) DESC, c.message_id DESC LIMIT :limit OFFSET :offset) c ${joined}
       ORDER BY c.at DESC, c.message_id DESC`,
    ).all({ ...values, limit, offset })
    return { letters: rows.map(toLetter), total }
  }

  function parties(mail: KeptMail): { readonly parties: readonly Party[]; readonly filed: boolean } {
    const rows = (mail.in === 'mail' ? messageParties.all(mail.id) : outgoingParties.all(mail.id)).map((row) => partyColumns.parse(row))
    return {
      parties: rows.map(({ name, address, contact_id: id }) => ({ name, address, contact: id === null ? null : { id, name: get(id)?.name ?? address } })),
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
    named: (name: string): readonly ContactId[] => everybody().filter((one) => one.name === folded(name)).slice(0, 2).map(({ id }) => id),
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

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
