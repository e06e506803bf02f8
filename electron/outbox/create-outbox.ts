/**
 * The outbox over one database and one data folder (PRODUCT D1-D5). States and moves are those drawn in
 * `shared/model/outgoing-mail.ts`; every move is one transaction that checks the state it starts from. A mail's file is
 * durable before its row exists and never changes afterwards; it stays when the mail was sent, as the record of what was. One
 * whose row was never written stands in the journal of `unsettled-files.ts`, and goes at the next start.
 *
 * `take` and the `mark…` calls belong to the one run that has the mail. Marking a mail that is not where the run left it is
 * thrown: whoever reset it meanwhile has it now, and nothing may be submitted for the old run.
 */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { done, failed, type Outcome } from '../../shared/failures/failure.ts'
import type { Account } from '../../shared/model/account.ts'
import { type Letterhead, letterheadOf } from '../../shared/model/letterhead.ts'
import { organizationSchema } from '../../shared/model/levels.ts'
import type { ComposedMail, OutgoingId, OutgoingRow, Recipient } from '../../shared/model/outgoing-mail.ts'
import { isMailAddress } from '../../shared/model/text-field.ts'
import { type Database, transaction } from '../storage/database.ts'
import type { DataFolder } from '../storage/data-folder.ts'
import { unsettledFiles } from '../storage/unsettled-files.ts'
import { type AttachedFile, attachmentName, composeMail, messageIdOf } from './compose-mail.ts'
import { letterWords } from './letter-words.ts'
import { checkAttachments, finishMessage, freeze } from './freeze-mail.ts'
import type { Outbox } from './outbox.ts'
import { type Move, type NewMail, outgoingRows } from './outgoing-rows.ts'
import { claimsOf } from './returned/claims.ts'
import type { ReturnedMail } from './returned/returned-mail.ts'
import { type Addressee, readFinishedMessage } from './read-finished-message.ts'

export interface OutboxOptions {
  readonly database: Database
  readonly folder: DataFolder
  /** What an account's mails have by its levels; left out = there are none above it. */
  readonly letterhead?: (account: Account) => Letterhead
  readonly now?: () => Date
  readonly newId?: () => string
}

const withoutLevels = (account: Account): Letterhead => letterheadOf(account, { organization: organizationSchema.parse({}), units: [] })

export function createOutbox({ database, folder, letterhead: letterheadFor = withoutLevels, now = () => new Date(), newId = randomUUID }: OutboxOptions): Outbox {
  const rows = outgoingRows(database)
  const unsettled = unsettledFiles({ database, folder, room: 'outbox', isKnown: rows.hasFile })
  const listeners = new Set<(ids: readonly OutgoingId[]) => void>()

  function changed(ids: readonly OutgoingId[]): readonly OutgoingId[] {
    if (ids.length > 0) listeners.forEach((listener) => listener(ids))
    return ids
  }

  /** All that may make this move do, in one transaction; those that may not are left alone. */
  function moveAll(ids: readonly OutgoingId[] | null, move: Move): readonly OutgoingId[] {
    const at = now().getTime()
    return changed(transaction(database, () => (ids ?? rows.idsIn(move.from)).filter((id) => rows.move(id, move, at))))
  }

  function moveTaken(id: OutgoingId, move: Move, also: () => void = () => undefined): void {
    transaction(database, () => {
      if (!rows.move(id, move, now().getTime())) throw new Error(`outgoing mail ${id} is not ${move.from.join(' or ')} any more`)
      also()
    })
    changed([id])
  }

  /** The mail's file and row, or neither. */
  async function add(pieces: AsyncIterable<Uint8Array>, mail: Omit<NewMail, 'file' | 'size'>, at: Date): Promise<Outcome<OutgoingRow>> {
    const prefix = `${at.toISOString().slice(0, 7)}/${mail.id}.`
    const announced = await unsettled.announce(prefix)
    if (!announced.ok) return announced
    const file = `${prefix}eml`
    const frozen = await freeze(pieces, join(folder.outbox, file))
    if (!frozen.ok) {
      await unsettled.withdraw(prefix)
      return frozen
    }
    const added = await unsettled.settle(prefix, () => rows.insert({ ...mail, file, size: frozen.value }, at.getTime()))
    if (!added.ok) return added
    changed([mail.id])
    return rowOf(mail.id)
  }

  function rowOf(id: OutgoingId): Outcome<OutgoingRow> {
    const found = rows.get(id)
    if (found === null) return failed('outbox.unknown')
    const { history: _history, returns: _returns, sentCopy: _sentCopy, text: _text, ...row } = found
    return done(row)
  }

  async function queue(account: Account, mail: ComposedMail, attachments: readonly AttachedFile[]): Promise<Outcome<OutgoingRow>> {
    const allowed = maySend(account)
    if (!allowed.ok) return allowed
    const recipients = withoutDoubles([...kind('to', mail.to), ...kind('cc', mail.cc), ...kind('bcc', mail.bcc)])
    const addressed = checkRecipients(recipients)
    if (!addressed.ok) return addressed
    const readable = await checkAttachments(attachments)
    if (!readable.ok) return readable
    const [id, at] = [newId(), now()]
    const letterhead = letterheadFor(account)
    const messageId = messageIdOf(id, letterhead.from.address)
    const notBefore = mail.notBefore === null ? null : Date.parse(mail.notBefore)
    return add(composeMail(letterhead, mail, attachments, { messageId, date: at }), {
      ...common(account, id), mailFrom: letterhead.mailFrom, ...asWished(mail, id), messageId, recipients, notBefore,
      state: mail.hold ? 'held' : notBefore !== null && notBefore > at.getTime() ? 'scheduled' : 'ready',
      from: letterhead.from,
      subject: mail.subject,
      attachmentNames: attachments.map(({ name }) => attachmentName(name)),
      text: letterWords(letterhead, mail).text,
    }, at)
  }

  async function queueMessage(account: Account, source: string, named: readonly string[] | null): Promise<Outcome<OutgoingRow>> {
    const allowed = maySend(account)
    if (!allowed.ok) return allowed
    const [id, at] = [newId(), now()]
    const sender = { name: account.user.displayName, address: account.user.address }
    const finished = await finishMessage(source, 'message', { from: sender, date: at, messageId: messageIdOf(id, sender.address) })
    if (!finished.ok) return finished
    const message = await readFinishedMessage(source)
    const inHeader = [...kind('to', message.to), ...kind('cc', message.cc), ...kind('bcc', message.bcc)]
    const recipients = withoutDoubles(named === null ? inHeader : named.map((address) => recipientNamed(address.trim(), inHeader)))
    const addressed = checkRecipients(recipients)
    if (!addressed.ok) return addressed
    return add(finished.value.pieces, {
      ...common(account, id), messageId: finished.value.messageId, recipients, notBefore: null,
      state: 'ready',
      from: message.from ?? sender,
      subject: message.subject,
      attachmentNames: message.attachmentNames,
      text: message.text,
    }, at)
  }

  function aboutOf(read: ReturnedMail): OutgoingId | null {
    return 'about' in read ? rows.returns.mailAbout(read.about) : null
  }

  /** Whoever got something back about it has it: a mail whose outcome nobody knew was sent. */
  function noteOne(read: ReturnedMail, at: Date): boolean {
    const id = aboutOf(read)
    if (id === null) return false
    const noted = claimsOf(read).map((claim) => rows.returns.note(id, claim, at.getTime())).includes(true)
    if (noted) rows.noteShown(id)
    if (noted && rows.move(id, { from: ['unknown'], to: 'sent', notBefore: null }, now().getTime())) rows.noteAnswers(id, [], true)
    return noted
  }

  /** `scheduled` → `ready` for all whose time has come. */
  function ripen(until: Date): void {
    const due = rows.scheduledUntil(until.getTime())
    if (due.length > 0) moveAll(due, { from: ['scheduled'], to: 'ready' })
  }

  return {
    queue,
    queueMessage,
    list: rows.list,
    get(id) {
      const found = rows.get(id)
      return found === null ? failed('outbox.unknown') : done(found)
    },
    reset: (ids) => moveAll(ids, { from: ['sending'], to: 'ready' }),
    clear: (ids) => moveAll(ids, { from: ['error'], to: 'ready', notBefore: null }),
    hold: (ids) => moveAll(ids, { from: ['ready', 'scheduled'], to: 'held' }),
    release: (ids) => moveAll(ids, { from: ['held'], to: 'ready' }),
    cancel: (ids) => moveAll(ids, { from: ['draft', 'scheduled', 'held', 'ready', 'error'], to: 'cancelled' }),
    markPrivate: (ids, isPrivate) => changed(transaction(database, () => ids.filter((id) => rows.setPrivate(id, isPrivate)))),
    resolve(id, outcome) {
      const found = rows.get(id)
      if (found === null) return failed('outbox.unknown')
      const moved = transaction(database, () => {
        const done = rows.move(id, { from: ['unknown'], to: outcome === 'was-sent' ? 'sent' : 'ready', notBefore: null }, now().getTime())
        if (done && outcome === 'was-sent') rows.noteAnswers(id, [], true)
        return done
      })
      if (!moved) return failed('outbox.wrong-state', { name: found.state })
      changed([id])
      return rowOf(id)
    },
    accountsReady(until) {
      ripen(until)
      return rows.accountsWithReady(until.getTime())
    },
    waitingCount: (accountId) => rows.countIn(accountId, ['ready', 'sending', 'submitting']),
    take(accountId, until) {
      ripen(until)
      const id = transaction(database, () => {
        const oldest = rows.oldestReady(accountId, until.getTime())
        if (oldest !== null) rows.move(oldest, { from: ['ready'], to: 'sending', isAttempt: true }, now().getTime())
        return oldest
      })
      if (id === null) return null
      changed([id])
      const { file, ...envelope } = rows.envelope(id)
      return { id, file: join(folder.outbox, file), ...envelope }
    },
    markSubmitting: (id) => moveTaken(id, { from: ['sending'], to: 'submitting' }),
    markSent: (id, words, answers) => moveTaken(id, { from: ['submitting'], to: 'sent', words }, () => rows.noteAnswers(id, answers, true)),
    markFailed(id, failure, answers, retryAt) {
      const words = failure.evidence.serverWords ?? null
      const again = retryAt === null ? { to: 'error' as const } : { to: 'ready' as const, notBefore: retryAt.getTime() }
      moveTaken(id, { from: ['sending', 'submitting'], words, failure, ...again }, () => rows.noteAnswers(id, answers, false))
    },
    markUnknown: (id, failure) => moveTaken(id, { from: ['submitting'], to: 'unknown', failure }),
    recover: () => ({
      readied: moveAll(null, { from: ['sending'], to: 'ready' }).length,
      unknown: moveAll(null, { from: ['submitting'], to: 'unknown', failure: { code: 'send.outcome-unknown', evidence: {} } }).length,
    }),
    returnsReadUpTo: rows.returns.readUpTo,
    awaitsReturnsSince: rows.returns.firstSubmitted,
    noteReturned(notes, upTo) {
      const touched = transaction(database, () => {
        const ids = notes.filter(({ read, at }) => noteOne(read, at)).map(({ read }) => aboutOf(read))
        rows.returns.setReadUpTo(upTo)
        return [...new Set(ids)].filter((id) => id !== null)
      })
      return changed(touched)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function maySend(account: Account): Outcome<void> {
  if (account.outgoing === null) return failed('account.cannot-send', { name: account.name })
  if (!account.outgoing.enabled) return failed('send.switched-off', { name: account.name })
  return done(undefined)
}

/** What every mail of this account has. A delivery report names the mail by its id here (ENVID, RFC 3461 section 4.4). */
function common(account: Account, id: OutgoingId) {
  return { id, isPrivate: account.privacy.outgoing, accountId: account.id, mailFrom: account.user.address, envelopeId: account.sending.deliveryReport ? id : null }
}

/** What was chosen for this mail goes before what the account says. */
function asWished(mail: ComposedMail, id: OutgoingId) {
  return {
    ...(mail.private === null ? {} : { isPrivate: mail.private }),
    ...(mail.deliveryReport === null ? {} : { envelopeId: mail.deliveryReport ? id : null }),
  }
}

type NewRecipient = Pick<Recipient, 'kind' | 'name' | 'address'>

function kind(of: Recipient['kind'], people: readonly Addressee[]): readonly NewRecipient[] {
  return people.map(({ name, address }) => ({ kind: of, name, address }))
}

/** Whoever the header does not name gets it blind. */
function recipientNamed(address: string, inHeader: readonly NewRecipient[]): NewRecipient {
  return inHeader.find((recipient) => sameAddress(recipient.address, address)) ?? { kind: 'bcc', name: '', address }
}

/** One address is served once, in the place it has first. */
function withoutDoubles(recipients: readonly NewRecipient[]): readonly NewRecipient[] {
  const seen = new Set<string>()
  return recipients.filter(({ address }) => !seen.has(address.toLowerCase()) && seen.add(address.toLowerCase()))
}

function sameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function checkRecipients(recipients: readonly NewRecipient[]): Outcome<void> {
  if (recipients.length === 0) return failed('input.invalid', { fields: [{ path: 'to', problem: 'no-recipient' }] })
  const wrong = recipients.find(({ address }) => !isMailAddress(address))
  if (wrong === undefined) return done(undefined)
  return failed('input.invalid', { address: (wrong.address || wrong.name).slice(0, 254), fields: [{ path: wrong.kind, problem: 'not-an-address' }] })
}
