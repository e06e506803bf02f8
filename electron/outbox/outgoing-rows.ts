/**
 * The outbox's rows. A mail changes its state here only, in one statement that also checks the state it was in, with a line in
 * its history; so two that want to move the same mail cannot both succeed.
 */
import { z } from 'zod'
import { type Failure, failureSchema } from '../../shared/failures/failure.ts'
import type { AccountId } from '../../shared/model/account.ts'
import {
  type OutgoingId, type OutgoingRow, outgoingStateSchema, type OutgoingState, type OutgoingView, recipientSchema, type Recipient, shownState, shownStateSchema, type ShownState,
} from '../../shared/model/outgoing-mail.ts'
import type { OutgoingFilter } from '../../shared/model/outgoing-filter.ts'
import type { Database } from '../storage/database.ts'
import type { RecipientAnswer } from '../protocols/mail-session.ts'
import { mostTelling } from '../../shared/model/mail-return.ts'
import { conditionOf, shownColumn } from './outgoing-filter.ts'
import type { Submitted } from './submitted-journal.ts'
import { readSentCopy } from './sent-copies/copy-rows.ts'
import { returnRows, type StoredReturn } from './returned/return-rows.ts'

export interface NewMail {
  readonly id: OutgoingId
  readonly accountId: AccountId
  readonly state: 'ready' | 'scheduled' | 'held'
  /** Relative to the outbox folder, with '/'. */
  readonly file: string
  readonly size: number
  readonly messageId: string
  readonly envelopeId: string | null
  readonly mailFrom: string
  readonly from: { readonly name: string; readonly address: string }
  readonly recipients: readonly Pick<Recipient, 'kind' | 'name' | 'address'>[]
  readonly subject: string
  readonly attachmentNames: readonly string[]
  readonly text: string
  readonly notBefore: number | null
  readonly isPrivate: boolean
  /** The draft it was, which goes with the same transaction. */
  readonly draftId?: OutgoingId | null
  readonly resentFrom?: OutgoingId
  readonly batchId?: string | null
}

export interface Move {
  readonly from: readonly OutgoingState[]
  readonly to: OutgoingState
  readonly words?: string | null
  /** What the row shows from now on; left out = nothing. */
  readonly failure?: Failure | null
  /** What its story says of it, without the row showing it: it is not about this mail alone. */
  readonly told?: Failure | null
  /** Left out = as it was. */
  readonly notBefore?: number | null
  /** Only where the mail is held with this token; left out = whoever has it. */
  readonly heldWith?: string
  /** Who holds it from now on; left out = as it was. */
  readonly takenBy?: string
  /** The server was asked to take it. */
  readonly isAttempt?: boolean
  /** When it is tried again, for its story. */
  readonly nextAt?: number | null
}

const columns = z.object({
  id: z.string(),
  account_id: z.string(),
  state: outgoingStateSchema,
  file: z.string(),
  size: z.number(),
  message_id: z.string(),
  envelope_id: z.string().nullable(),
  mail_from: z.string(),
  from_name: z.string(),
  from_address: z.string(),
  subject: z.string(),
  attachment_names: z.string(),
  created_at: z.number(),
  changed_at: z.number(),
  not_before: z.number().nullable(),
  attempts: z.number(),
  failure: z.string().nullable(),
  private: z.number(),
  resent_from: z.string().nullable(),
  batch_id: z.string().nullable(),
})
/** A mail that is ready is never due later than this from now: one that seems to be was put back while the clock was wrong. */
const longestWait = 5 * 60 * 60_000
const isDue = `(not_before IS NULL OR not_before <= :now OR not_before > :now + ${longestWait})`
/** Not `text`: it can be long, and only one mail at a time is read. */
const columnNames = Object.keys(columns.shape).join(', ')
const recipientColumns = z.object({ position: z.number(), kind: z.string(), name: z.string(), address: z.string(), state: z.string(), reply_code: z.number().nullable(), words: z.string().nullable() })
const eventColumns = z.object({ at: z.number(), state: outgoingStateSchema, words: z.string().nullable(), failure: z.string().nullable(), next_at: z.number().nullable() })
const names = z.array(z.string())
const whenBackSchema = z.enum(['held', 'cancelled'])
export type WhenBack = z.infer<typeof whenBackSchema>

export interface Envelope {
  readonly file: string
  readonly size: number
  readonly mailFrom: string
  readonly recipients: readonly string[]
  readonly envelopeId: string | null
}

export interface OutgoingQuery extends Partial<OutgoingFilter> {
  readonly offset: number
  readonly limit: number
}

export type OutgoingRows = ReturnType<typeof outgoingRows>

export function outgoingRows(database: Database) {
  const insertMail = database.prepare(
    `INSERT INTO outgoing (id, account_id, state, file, size, message_id, envelope_id, mail_from, from_name, from_address, subject, attachment_names, created_at, changed_at, not_before, text, private, resent_from, batch_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const dropDraft = database.prepare("DELETE FROM outgoing WHERE id = ? AND state = 'draft'")
  const insertRecipient = database.prepare("INSERT INTO outgoing_recipient (outgoing_id, position, kind, name, address, state) VALUES (?, ?, ?, ?, ?, 'waiting')")
  const insertEvent = database.prepare('INSERT INTO outgoing_event (outgoing_id, at, state, words, failure, next_at) VALUES (?, ?, ?, ?, ?, ?)')
  const selectMail = database.prepare(`SELECT ${columnNames} FROM outgoing WHERE id = ?`)
  const selectText = database.prepare('SELECT text FROM outgoing WHERE id = ?')
  const selectRecipients = database.prepare('SELECT * FROM outgoing_recipient WHERE outgoing_id = ? ORDER BY position')
  const selectEvents = database.prepare('SELECT * FROM outgoing_event WHERE outgoing_id = ? ORDER BY id')
  const moveMail = database.prepare(
    `UPDATE outgoing SET state = ?, changed_at = ?, failure = ?, not_before = iif(?, ?, not_before), attempts = attempts + ?, taken_by = coalesce(?, taken_by), when_back = iif(? IS NULL, when_back, NULL)
     WHERE id = ? AND state IN (SELECT value FROM json_each(?)) AND taken_by IS coalesce(?, taken_by)`,
  )
  const answerRecipient = database.prepare(
    'UPDATE outgoing_recipient SET state = ?, reply_code = ?, words = ? WHERE outgoing_id = ? AND lower(address) = lower(?)',
  )
  const settleRecipients = database.prepare('UPDATE outgoing_recipient SET state = ? WHERE outgoing_id = ? AND state IN (SELECT value FROM json_each(?))')
  const countIn = database.prepare('SELECT count(*) AS n FROM outgoing WHERE account_id = ? AND state IN (SELECT value FROM json_each(?))')
  const held = database.prepare('SELECT 1 FROM outgoing WHERE id = ? AND taken_by = ? AND state IN (SELECT value FROM json_each(?))')
  const heldWith = database.prepare(
    `SELECT id, file, (SELECT count(*) FROM outgoing_event e WHERE e.outgoing_id = outgoing.id AND e.state = 'submitting') AS times
     FROM outgoing WHERE state = 'sending' AND taken_by = ? ORDER BY created_at, rowid`,
  )
  const countRecipients = database.prepare('SELECT count(*) AS n FROM outgoing_recipient WHERE outgoing_id = ? AND state = ?')
  const resentAs = database.prepare('SELECT id FROM outgoing WHERE resent_from = ? ORDER BY created_at, rowid')
  const idsIn = database.prepare('SELECT id FROM outgoing WHERE state IN (SELECT value FROM json_each(?)) ORDER BY created_at, rowid')
  const scheduledUntil = database.prepare("SELECT id FROM outgoing WHERE state = 'scheduled' AND not_before <= ?")
  const accountsWithReady = database.prepare(
    `SELECT account_id FROM outgoing WHERE state = 'ready' AND ${isDue} UNION SELECT account_id FROM outgoing WHERE state = 'scheduled' AND not_before <= :now`,
  )
  const dueCount = database.prepare(`SELECT count(*) AS n FROM (SELECT 1 FROM outgoing WHERE state = 'ready' AND account_id = :account AND ${isDue} LIMIT :most)`)
  const oldestReady = database.prepare(
    `SELECT id FROM outgoing WHERE state = 'ready' AND account_id = :account AND ${isDue} ORDER BY created_at, rowid LIMIT :most`,
  )
  const idsOf = database.prepare('SELECT id FROM outgoing WHERE state = ? AND account_id = ? ORDER BY created_at, rowid')
  const setCameBack = database.prepare('UPDATE outgoing SET came_back = ? WHERE id = ?')
  const countSubmitted = database.prepare("SELECT count(*) AS n FROM outgoing_event WHERE outgoing_id = ? AND state = 'submitting'")
  const filesIn = database.prepare('SELECT id, file FROM outgoing WHERE state IN (SELECT value FROM json_each(?))')
  const ofBatch = database.prepare('SELECT id FROM outgoing WHERE batch_id = ? AND state IN (SELECT value FROM json_each(?)) AND (failure IS NULL OR ?) ORDER BY created_at, rowid LIMIT ?')
  const countOfBatch = database.prepare('SELECT state, failure IS NOT NULL AS doubted, count(*) AS n FROM outgoing WHERE batch_id = ? GROUP BY state, doubted')
  const wishWhenBack = database.prepare("UPDATE outgoing SET when_back = ? WHERE batch_id = ? AND state IN ('sending', 'submitting')")
  const readWhenBack = database.prepare("SELECT when_back FROM outgoing WHERE id = ? AND state = 'ready' AND when_back IS NOT NULL")
  const forgetWhenBack = database.prepare('UPDATE outgoing SET when_back = NULL WHERE id = ?')
  const selectFile = database.prepare('SELECT 1 FROM outgoing WHERE file = ?')
  const setPrivate = database.prepare('UPDATE outgoing SET private = ?1 WHERE id = ?2 AND private <> ?1')

  const returns = returnRows(database)
  const sentCopyOf = readSentCopy(database)

  const timesSubmitted = (id: OutgoingId): number => Number(countSubmitted.get(id)?.['n'])
  const idOf = (row: Record<string, unknown>): OutgoingId => String(row['id'])
  const recipientsOf = (id: OutgoingId, came: readonly StoredReturn[] = returns.of(id)): Recipient[] =>
    selectRecipients.all(id).map((raw) => {
      const { reply_code: replyCode, position, ...row } = recipientColumns.parse(raw)
      const about = came.filter((one) => one.position === position).map(({ returned }) => returned)
      return recipientSchema.parse({ ...row, replyCode, returned: mostTelling(about) })
    })

  function insert(mail: NewMail, at: number): void {
    if (mail.draftId != null) dropDraft.run(mail.draftId)
    insertMail.run(
      mail.id, mail.accountId, mail.state, mail.file, mail.size, mail.messageId, mail.envelopeId, mail.mailFrom, mail.from.name, mail.from.address,
      mail.subject, JSON.stringify(mail.attachmentNames), at, at, mail.notBefore, mail.text, Number(mail.isPrivate), mail.resentFrom ?? null, mail.batchId ?? null,
    )
    for (const [position, { kind, name, address }] of mail.recipients.entries()) insertRecipient.run(mail.id, position, kind, name, address)
    insertEvent.run(mail.id, at, mail.state, null, null, null)
  }

  /** False, and nothing changed, when the mail is in none of the states it may come from, or in other hands. */
  function move(id: OutgoingId, { from, to, words = null, failure = null, told = failure, notBefore, isAttempt = false, heldWith, takenBy, nextAt = null }: Move, at: number): boolean {
    const reason = failure === null ? null : JSON.stringify(failure)
    const { changes } = moveMail.run(to, at, reason, Number(notBefore !== undefined), notBefore ?? null, Number(isAttempt), takenBy ?? null, takenBy ?? null, id, JSON.stringify(from), heldWith ?? null)
    if (Number(changes) === 0) return false
    insertEvent.run(id, at, to, words, told === null ? null : JSON.stringify(told), nextAt)
    return true
  }

  /** Each by its own reply code, where it has one: refused for now, and tried again, or for good. */
  function noteAnswers(id: OutgoingId, answers: readonly RecipientAnswer[], isTriedAgain: boolean): void {
    for (const { accepted, replyCode, words, address } of answers) {
      const state = accepted ? 'accepted' : isTriedAgain && (replyCode === null || replyCode < 500) ? 'deferred' : 'refused'
      answerRecipient.run(state, replyCode, words, id, address)
    }
  }

  function toRow(raw: unknown): OutgoingRow {
    const row = columns.parse(raw)
    return {
      id: row.id,
      accountId: row.account_id,
      state: row.state,
      messageId: row.message_id,
      from: { name: row.from_name, address: row.from_address },
      recipients: recipientsOf(row.id),
      subject: row.subject,
      size: row.size,
      attachmentNames: names.parse(JSON.parse(row.attachment_names)),
      createdAt: isoDate(row.created_at),
      changedAt: isoDate(row.changed_at),
      notBefore: row.not_before === null ? null : isoDate(row.not_before),
      attempts: row.attempts,
      failure: parseFailure(row.failure),
      private: row.private === 1,
      resentFrom: row.resent_from,
      batchId: row.batch_id,
    }
  }

  function get(id: OutgoingId): OutgoingView | null {
    const raw = selectMail.get(id)
    if (raw === undefined) return null
    const history = selectEvents.all(id).map((event) => {
      const { at, state, words, failure, next_at: nextAt } = eventColumns.parse(event)
      return { at: isoDate(at), state, words, failure: parseFailure(failure), nextAt: nextAt === null ? null : isoDate(nextAt) }
    })
    const row = toRow(raw)
    const came = returns.of(id).map(({ position, returned }) => ({ ...returned, address: row.recipients[position]?.address ?? '' }))
    return { ...row, history, returns: came, sentCopy: sentCopyOf(id), resentAs: resentAs.all(id).map(idOf), text: String(selectText.get(id)?.['text']) }
  }

  /** What it is shown as follows what came back about its recipients. */
  function noteShown(id: OutgoingId): void {
    const shown = shownState({ state: 'sent', recipients: recipientsOf(id) })
    setCameBack.run(shown === 'sent' ? null : shown, id)
  }

  /** With the recipients that are left to try. */
  function envelope(id: OutgoingId): Envelope {
    const row = columns.parse(selectMail.get(id))
    const left = selectRecipients.all(id).filter(({ state }) => state === 'waiting' || state === 'deferred')
    return { file: row.file, size: row.size, mailFrom: row.mail_from, recipients: left.map(({ address }) => String(address)), envelopeId: row.envelope_id }
  }

  function list({ offset, limit, ...filter }: OutgoingQuery) {
    const all = conditionOf({ ...filter, states: null })
    const chosen = conditionOf(filter)
    const counted = database.prepare(`SELECT ${shownColumn} AS shown, count(*) AS n FROM outgoing WHERE ${all.sql} GROUP BY shown`).all(...all.values)
    const counts: Partial<Record<ShownState, number>> = Object.fromEntries(counted.map((row) => [shownStateSchema.parse(row['shown']), Number(row['n'])]))
    const rows = database
      .prepare(`SELECT ${columnNames} FROM outgoing WHERE ${chosen.sql} ORDER BY created_at DESC, rowid DESC LIMIT ? OFFSET ?`)
      .all(...chosen.values, limit, offset)
    const total = shownStateSchema.options.filter((state) => filter.states?.includes(state) ?? true).reduce((sum, state) => sum + (counts[state] ?? 0), 0)
    return { mails: rows.map(toRow), total, counts }
  }

  return {
    insert,
    returns,
    noteShown,
    move,
    noteAnswers,
    get,
    envelope,
    list,
    idsIn: (states: readonly OutgoingState[]): readonly OutgoingId[] => idsIn.all(JSON.stringify(states)).map(idOf),
    scheduledUntil: (time: number): readonly OutgoingId[] => scheduledUntil.all(time).map(idOf),
    accountsWithReady: (now: number): readonly AccountId[] => accountsWithReady.all({ now }).map((row) => String(row['account_id'])),
    oldestReady: (account: AccountId, now: number, most: number): readonly OutgoingId[] => oldestReady.all({ account, now, most }).map(idOf),
    dueCount: (account: AccountId, now: number, most: number): number => Number(dueCount.get({ account, now, most })?.['n']),
    countIn: (accountId: AccountId, states: readonly OutgoingState[]): number => Number(countIn.get(accountId, JSON.stringify(states))?.['n']),
    idsOf: (accountId: AccountId, state: OutgoingState): readonly OutgoingId[] => idsOf.all(state, accountId).map(idOf),
    /** The oldest first. `evenDoubted`: those too of which something is known that speaks against it. */
    ofBatch: (batchId: string, states: readonly OutgoingState[], { evenDoubted, most }: { readonly evenDoubted: boolean; readonly most: number }): readonly OutgoingId[] =>
      ofBatch.all(batchId, JSON.stringify(states), Number(evenDoubted), most).map(idOf),
    countsOfBatch: (batchId: string) =>
      countOfBatch.all(batchId).map((row) => ({ state: outgoingStateSchema.parse(row['state']), doubted: row['doubted'] === 1, mails: Number(row['n']) })),
    /** Those of the batch that a run has in hand; null = they are ready again. */
    wishWhenBack: (batchId: string, wish: WhenBack | null): void => void wishWhenBack.run(wish, batchId),
    /** What was wished of a mail that is ready again; it is forgotten with that. */
    takeWish(id: OutgoingId): WhenBack | null {
      const found = readWhenBack.get(id)?.['when_back']
      if (found === undefined) return null
      forgetWhenBack.run(id)
      return whenBackSchema.parse(found)
    },
    /** Milliseconds since 1970; null = as soon as possible. */
    notBefore(id: OutgoingId): number | null {
      const at = selectMail.get(id)?.['not_before']
      return typeof at === 'number' ? at : null
    },
    isHeld: (id: OutgoingId, states: readonly OutgoingState[], token: string): boolean => held.get(id, token, JSON.stringify(states)) !== undefined,
    /** Those that are `sending`, with how often each was submitted when this time counts too. */
    heldWith: (token: string): readonly Submitted[] => heldWith.all(token).map((row) => ({ id: idOf(row), file: String(row['file']), times: Number(row['times']) + 1 })),
    /** As far as this list knows. */
    timesSubmitted,
    filesIn: (states: readonly OutgoingState[]) => filesIn.all(JSON.stringify(states)).map((row) => ({ id: idOf(row), file: String(row['file']) })),
    /** All its recipients in these states get that one. */
    settle: (id: OutgoingId, from: readonly Recipient['state'][], to: Recipient['state']): void => void settleRecipients.run(to, id, JSON.stringify(from)),
    hasRecipient: (id: OutgoingId, state: Recipient['state']): boolean => Number(countRecipients.get(id, state)?.['n']) > 0,
    /** Answers with whether that was a change. */
    setPrivate: (id: OutgoingId, isPrivate: boolean): boolean => Number(setPrivate.run(Number(isPrivate), id).changes) > 0,
    hasFile: (file: string): boolean => selectFile.get(file) !== undefined,
  }
}

function isoDate(time: number): string {
  return new Date(time).toISOString()
}

function parseFailure(json: string | null): Failure | null {
  return json === null ? null : failureSchema.parse(JSON.parse(json))
}
