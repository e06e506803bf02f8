/**
 * Many mails on their way into the outbox, as rows that nobody sees yet. However many they are, nobody ever waits for all of them:
 *
 *   noted, some at a time ─▶ decided: one row, durable ─▶ brought in, some at a time
 *           └─ cancelled, refused, killed ─▶ none of them ever was
 *
 * The decision makes all of them queued. A crash after it leaves mails that are queued and not yet in their place: the next start brings
 * them in before anybody can ask for the outbox (`bringDecided`).
 */
import { z } from 'zod'
import { type Database, redoableTransaction, transaction } from '../../storage/database.ts'
import { sentDocuments, sentDocumentSchema } from '../batches/sent-documents.ts'
import { type NewMail, outgoingRows } from '../outgoing-rows.ts'

const arrivingMailSchema = z.object({
  id: z.string(),
  accountId: z.string(),
  state: z.enum(['ready', 'scheduled', 'held']),
  file: z.string(),
  size: z.number(),
  messageId: z.string(),
  envelopeId: z.string().nullable(),
  mailFrom: z.string(),
  from: z.object({ name: z.string(), address: z.string() }),
  recipients: z.array(z.object({ kind: z.enum(['to', 'cc', 'bcc']), name: z.string(), address: z.string() })),
  subject: z.string(),
  attachmentNames: z.array(z.string()),
  text: z.string(),
  notBefore: z.number().nullable(),
  isPrivate: z.boolean(),
  batchId: z.string().nullable(),
  /** What is remembered of it, so that it does not go out again. */
  document: sentDocumentSchema.nullable(),
})
export type ArrivingMail = z.infer<typeof arrivingMailSchema>

export interface PlacedMail {
  /** Its place among the others, from 0. */
  readonly position: number
  readonly mail: ArrivingMail
}

/** So many in one transaction: others write here too, and wait for it. */
export const atATime = 100

export function arrivingMails(database: Database) {
  const rows = outgoingRows(database)
  const documents = sentDocuments(database)
  const insert = database.prepare('INSERT INTO arriving_mail (arrival, position, mail) VALUES (?, ?, ?)')
  const count = database.prepare('SELECT count(*) AS n FROM arriving_mail WHERE arrival = ?')
  const decide = database.prepare('INSERT INTO arrived (arrival, at) VALUES (?, ?)')
  const decidedAt = database.prepare('SELECT at FROM arrived WHERE arrival = ?')
  const decided = database.prepare('SELECT arrival FROM arrived ORDER BY at')
  const first = database.prepare('SELECT position, mail FROM arriving_mail WHERE arrival = ? ORDER BY position LIMIT ?')
  const forget = database.prepare('DELETE FROM arriving_mail WHERE arrival = ? AND position <= ?')
  const forgetAll = database.prepare('DELETE FROM arriving_mail WHERE arrival = ?')
  const settled = database.prepare('DELETE FROM arrived WHERE arrival = ?')
  const forgetUndecided = database.prepare('DELETE FROM arriving_mail WHERE arrival NOT IN (SELECT arrival FROM arrived)')

  const arrivalOf = database.prepare("SELECT arrival FROM arriving_mail m WHERE json_extract(mail, '$.batchId') = ? AND EXISTS (SELECT 1 FROM arrived a WHERE a.arrival = m.arrival) LIMIT 1")

  /** True = all of this arrival are in their place. A crash loses nothing: what is not there yet is brought in again. */
  function bringSome(arrival: string): boolean {
    return redoableTransaction(database, () => {
      const at = decidedAt.get(arrival)?.['at']
      if (at === undefined) return true
      const found = first.all(arrival, atATime)
      for (const row of found) {
        const { document, ...mail } = arrivingMailSchema.parse(JSON.parse(String(row['mail']))) satisfies NewMail
        rows.insert(mail, Number(at))
        if (document !== null) documents.note(mail.id, document, Number(at))
      }
      const last = found.at(-1)
      if (last !== undefined) forget.run(arrival, Number(last['position']))
      if (found.length === atATime) return false
      settled.run(arrival)
      return true
    })
  }

  return {
    note(arrival: string, mails: readonly PlacedMail[]): void {
      redoableTransaction(database, () => mails.forEach(({ position, mail }) => insert.run(arrival, position, JSON.stringify(mail))))
    },
    /** Within the transaction of whoever decides. Throws where not all are noted: then something else has cleared them away. */
    decide(arrival: string, mails: number, at: Date): void {
      if (Number(count.get(arrival)?.['n']) !== mails) throw new Error(`not all of ${mails} mails are noted`)
      decide.run(arrival, at.getTime())
    },
    bringSome,
    /** Some of this batch that are decided and not in their place yet; false = there are none. */
    bringSomeOf(batchId: string): boolean {
      const arrival = arrivalOf.get(batchId)?.['arrival']
      if (arrival !== undefined) bringSome(String(arrival))
      return arrival !== undefined
    },
    drop(arrival: string): void {
      transaction(database, () => forgetAll.run(arrival))
    },
    /** At start: what was decided before a crash. */
    bringDecided(): void {
      for (const row of decided.all()) while (!bringSome(String(row['arrival'])));
    },
    /** At start, while nothing arrives. */
    forgetUndecided(): void {
      forgetUndecided.run()
    },
  }
}

export type ArrivingMails = ReturnType<typeof arrivingMails>
