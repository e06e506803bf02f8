/**
 * What came back, tied to the mail it is about: only a mail of ours that the report names by ENVID or Message-ID, and only a recipient
 * of that mail that it names too. Whatever order reports come in and however often, the same is known in the end.
 */
import { z } from 'zod'
import { mailReturnSchema, type MailReturn } from '../../../shared/model/mail-return.ts'
import type { OutgoingId } from '../../../shared/model/outgoing-mail.ts'
import type { Database } from '../../storage/database.ts'
import type { Claim } from './claims.ts'
import type { AboutMail } from './returned-mail.ts'

/** So many different things are kept of one recipient: a server that warns every hour, or anybody who pretends to, fills no disk. */
const perRecipient = 20

const columns = z.object({ position: z.number(), outcome: z.string(), at: z.number(), bounce: z.string().nullable(), status: z.string().nullable(), cause: z.string().nullable(), words: z.string() })

export interface StoredReturn {
  readonly position: number
  readonly returned: MailReturn
}

export type ReturnRows = ReturnType<typeof returnRows>

export function returnRows(database: Database) {
  const withEnvelopeId = database.prepare('SELECT id FROM outgoing WHERE envelope_id = ?')
  const withMessageId = database.prepare('SELECT id FROM outgoing WHERE message_id = ?')
  const positionsOf = database.prepare('SELECT position FROM outgoing_recipient WHERE outgoing_id = ? AND lower(address) IN (SELECT lower(value) FROM json_each(?))')
  const everyPosition = database.prepare('SELECT position FROM outgoing_recipient WHERE outgoing_id = ? LIMIT 2')
  const countOf = database.prepare('SELECT count(*) AS n FROM outgoing_return WHERE outgoing_id = ? AND position = ?')
  const same = database.prepare('SELECT id, at FROM outgoing_return WHERE outgoing_id = ? AND position = ? AND outcome = ? AND words = ?')
  const insert = database.prepare('INSERT INTO outgoing_return (outgoing_id, position, outcome, at, bounce, status, cause, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const earlier = database.prepare('UPDATE outgoing_return SET at = ? WHERE id = ?')
  const all = database.prepare('SELECT position, outcome, at, bounce, status, cause, words FROM outgoing_return WHERE outgoing_id = ? ORDER BY at, id')
  const readUpTo = database.prepare('SELECT up_to FROM returns_read')
  const setReadUpTo = database.prepare('UPDATE returns_read SET up_to = ?1 WHERE up_to < ?1')
  const firstSubmitted = database.prepare("SELECT min(created_at) AS at FROM outgoing WHERE state IN ('submitting', 'sent', 'unknown', 'error')")

  /** ENVID is ours alone; a Message-ID comes second. */
  function mailAbout({ envelopeId, messageIds }: AboutMail): OutgoingId | null {
    const rows = [...(envelopeId === null ? [] : [withEnvelopeId.get(envelopeId)]), ...messageIds.map((id) => withMessageId.get(id))]
    const found = rows.find((row) => row !== undefined)
    return found === undefined ? null : String(found['id'])
  }

  /** Answers with whether anything new was said. */
  function note(id: OutgoingId, claim: Claim, at: number): boolean {
    const named = positionsOf.all(id, JSON.stringify(claim.addresses)).map((row) => Number(row['position']))
    const positions = named.length === 0 && claim.ofWholeMail === true ? onlyRecipient(id) : named
    return positions.map((position) => noteOne(id, position, claim, at)).includes(true)
  }

  function onlyRecipient(id: OutgoingId): readonly number[] {
    const all = everyPosition.all(id).map((row) => Number(row['position']))
    return all.length === 1 ? all : []
  }

  function noteOne(id: OutgoingId, position: number, { outcome, bounce, status, cause, words }: Claim, at: number): boolean {
    const known = same.get(id, position, outcome, words)
    if (known !== undefined) {
      if (at < Number(known['at'])) earlier.run(at, Number(known['id']))
      return at < Number(known['at'])
    }
    if (Number(countOf.get(id, position)?.['n']) >= perRecipient) return false
    insert.run(id, position, outcome, at, bounce, status, cause, words)
    return true
  }

  return {
    mailAbout,
    note,
    /** In the order they came. */
    of: (id: OutgoingId): readonly StoredReturn[] =>
      all.all(id).map((raw) => {
        const { position, at, ...rest } = columns.parse(raw)
        return { position, returned: mailReturnSchema.parse({ ...rest, at: new Date(at).toISOString() }) }
      }),
    readUpTo: (): number => Number(readUpTo.get()?.['up_to']),
    setReadUpTo: (key: number): void => void setReadUpTo.run(key),
    /** Milliseconds since 1970; null = nothing ever went out, so nothing can come back. */
    firstSubmitted: (): number | null => {
      const at = firstSubmitted.get()?.['at']
      return typeof at === 'number' ? at : null
    },
  }
}
