/**
 * The outbox over one database and one data folder (PRODUCT D1-D5). States are drawn in `shared/model/outgoing-mail.ts`; what a person may
 * do is in `person-moves.ts`, what a run does in `run-moves.ts`; every move is one transaction that checks the state it starts from. A
 * mail's file is durable before its row exists and never changes afterwards; it stays when the mail was sent, as the record of what was.
 */
import { randomUUID } from 'node:crypto'
import { done, failed, type Outcome, refused } from '../../shared/failures/failure.ts'
import type { Account } from '../../shared/model/account.ts'
import { type Letterhead, letterheadOf } from '../../shared/model/letterhead.ts'
import { organizationSchema } from '../../shared/model/levels.ts'
import type { ComposedMail, OutgoingId, OutgoingRow, Recipient } from '../../shared/model/outgoing-mail.ts'
import { isMailAddress } from '../../shared/model/text-field.ts'
import { type Database, transaction } from '../storage/database.ts'
import type { DataFolder } from '../storage/data-folder.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import { unsettledFiles } from '../storage/unsettled-files.ts'
import { arrivingMails } from './arriving/arriving-mails.ts'
import { startFreezing } from './arriving/mail-freezing.ts'
import type { SentDocument } from './batches/sent-documents.ts'
import { addressInHeaderOnly, type AttachedFile, attachmentName, composeMail, messageIdOf } from './compose-mail.ts'
import { addMail, addMails, type Prepared, type PreparedLetter } from './add-mails.ts'
import { checkAttachments, finishMessage } from './freeze-mail.ts'
import { moveBatches } from './move-batches.ts'
import { copiedFolder } from './copied-folder.ts'
import { groupCommit } from './group-commit.ts'
import type { MailToQueue, Outbox, QueueManyOptions } from './outbox.ts'
import { originalFolder } from './original-folder.ts'
import { outgoingRows } from './outgoing-rows.ts'
import { personMoves } from './person-moves.ts'
import { type MailToResend, resendMails } from './resend-mails.ts'
import { runMoves } from './run-moves.ts'
import { letterWords } from './letter-words.ts'
import { claimsOf } from './returned/claims.ts'
import type { ReturnedMail } from './returned/returned-mail.ts'
import { type Addressee, readFinishedMessage } from './read-finished-message.ts'
import { submittedJournal } from './submitted-journal.ts'

export interface OutboxOptions {
  readonly database: Database
  readonly folder: DataFolder
  /** What an account's mails have by its levels; left out = there are none above it. */
  readonly letterhead?: (account: Account) => Letterhead
  readonly now?: () => Date
  readonly newId?: () => string
  /** The program of the thread that freezes many mails. */
  readonly freezingThread?: URL
}

const withoutLevels = (account: Account): Letterhead => letterheadOf(account, { organization: organizationSchema.parse({}), units: [] })

export function createOutbox({ database, folder, letterhead: letterheadFor = withoutLevels, now = () => new Date(), newId = randomUUID, freezingThread }: OutboxOptions): Outbox {
  const rows = outgoingRows(database)
  const unsettled = unsettledFiles({ database, folder, room: 'outbox', isKnown: rows.hasFile })
  const adding = { rows, unsettled, root: folder.outbox }
  const arriving = arrivingMails(database)
  const decided = bringDecided()
  if (decided.ok) arriving.forgetUndecided()
  const listeners = new Set<(ids: readonly OutgoingId[]) => void>()
  const time = () => now().getTime()

  function changed(ids: readonly OutgoingId[]): readonly OutgoingId[] {
    if (ids.length > 0) listeners.forEach((listener) => listener(ids))
    return ids
  }

  /** Mails that a run moved are told of together, once that is durable. */
  let moved = new Set<OutgoingId>()
  const group = groupCommit(database, tellMoved)
  function tellMoved(): void {
    const ids = [...moved]
    moved = new Set()
    changed(ids)
  }
  const { step, ...person } = personMoves({ database, rows, now: time, changed })
  const copied = copiedFolder({ database, rows, root: folder.outbox, now: time })
  const run = runMoves({
    database, rows, group, journal: submittedJournal(folder.outbox), original: originalFolder(database, folder.outbox), copied, root: folder.outbox, token: randomUUID(), now: time, isBack: step.isBack,
    changed(id) {
      if (moved.size === 0) setImmediate(tellMoved)
      moved.add(id)
    },
  })

  /** What was queued before a crash comes first. A disk that is too full for it is asked again by the next who queues many. */
  function bringDecided(): Outcome<void> {
    try {
      return done(arriving.bringDecided())
    } catch (error) {
      return refused(storageFailure(error, 'outbox'))
    }
  }

  async function add(prepared: Prepared, at: Date): Promise<Outcome<OutgoingRow>> {
    const added = await addMail(adding, prepared, at)
    if (!added.ok) return added
    changed([prepared.row.id])
    return rowOf(prepared.row.id)
  }

  function rowOf(id: OutgoingId): Outcome<OutgoingRow> {
    const found = rows.get(id)
    if (found === null) return failed('outbox.unknown')
    const { history: _history, returns: _returns, sentCopy: _sentCopy, resentAs: _resentAs, text: _text, ...row } = found
    return done(row)
  }

  /** A mail as a person wrote it. */
  async function prepare({ account, mail, attachments, document = null }: Omit<MailToQueue, 'document'> & { readonly document?: SentDocument | null }, at: Date): Promise<Outcome<PreparedLetter>> {
    const allowed = maySend(account)
    if (!allowed.ok) return allowed
    const recipients = withoutDoubles([...kind('to', mail.to), ...kind('cc', mail.cc), ...kind('bcc', mail.bcc)])
    const addressed = checkRecipients(recipients)
    if (!addressed.ok) return addressed
    const readable = await checkAttachments(attachments)
    if (!readable.ok) return readable
    const id = newId()
    const letterhead = letterheadFor(account)
    const unsendable = addressInHeaderOnly(letterhead, recipients.map(({ address }) => address))
    if (unsendable !== null) return failed('send.needs-smtputf8', { address: unsendable })
    const messageId = messageIdOf(id, letterhead.from.address)
    const notBefore = mail.notBefore === null ? null : Date.parse(mail.notBefore)
    return done({ document, letter: { letterhead, mail, attachments, stamp: { messageId, date: at } }, row: {
      ...common(account, id), mailFrom: letterhead.mailFrom, ...asWished(mail, id), messageId, recipients, notBefore,
      state: mail.hold ? 'held' : notBefore !== null && notBefore > at.getTime() ? 'scheduled' : 'ready',
      from: letterhead.from,
      subject: mail.subject,
      attachmentNames: attachments.map(({ name }) => attachmentName(name)),
      text: letterWords(letterhead, mail).text,
    } })
  }

  async function queue(account: Account, mail: ComposedMail, attachments: readonly AttachedFile[]): Promise<Outcome<OutgoingRow>> {
    const at = now()
    const prepared = await prepare({ account, mail, attachments }, at)
    if (!prepared.ok) return prepared
    const { row, letter } = prepared.value
    return add({ row, pieces: composeMail(letter.letterhead, letter.mail, letter.attachments, letter.stamp) }, at)
  }

  async function queueMany(mails: Iterable<MailToQueue> | AsyncIterable<MailToQueue>, { batchId, ...options }: QueueManyOptions): Promise<Outcome<readonly OutgoingId[]>> {
    const at = now()
    const brought = decided.ok ? decided : bringDecided()
    if (!brought.ok) return brought
    const parts = { ...adding, database, arriving, freezing: (arrival: string) => startFreezing({ folder: { database: folder.database, outbox: folder.outbox }, arrival }, freezingThread) }
    const added = await addMails(parts, mails, async (mail) => {
      const prepared = await prepare(mail, at)
      return prepared.ok && batchId !== undefined ? done({ ...prepared.value, row: { ...prepared.value.row, batchId } }) : prepared
    }, { ...options, at, batch: newId() })
    if (added.ok) changed(added.value)
    return added
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
    return add({ pieces: finished.value.pieces, row: {
      ...common(account, id), messageId: finished.value.messageId, recipients, notBefore: null,
      state: 'ready',
      from: message.from ?? sender,
      subject: message.subject,
      attachmentNames: message.attachmentNames,
      text: message.text,
    } }, at)
  }

  async function resend(mails: readonly MailToResend[], named: readonly string[] | null): Promise<Outcome<readonly OutgoingId[]>> {
    for (const { account } of mails) {
      const allowed = maySend(account)
      if (!allowed.ok) return allowed
    }
    const resent = await resendMails({ ...adding, newId }, mails, named, now())
    if (resent.ok) changed(resent.value)
    return resent
  }

  function aboutOf(read: ReturnedMail): OutgoingId | null {
    return 'about' in read ? rows.returns.mailAbout(read.about) : null
  }

  /**
   * Whoever got something back about it has it: a mail whose outcome nobody knew was sent. What is said of somebody who had accepted an
   * earlier attempt says nothing about the last one.
   */
  function noteOne(read: ReturnedMail, at: Date): boolean {
    const id = aboutOf(read)
    if (id === null) return false
    const noted = claimsOf(read).map((claim) => rows.returns.note(id, claim, at.getTime())).includes(true)
    if (noted) rows.noteShown(id)
    const left = noted ? (rows.get(id)?.recipients.filter(({ state }) => state !== 'accepted') ?? []) : []
    if (left.some(({ returned }) => returned !== null)) person.wasSent(id, null, time())
    return noted
  }

  return {
    queue,
    queueMany,
    queueMessage,
    resend,
    list: rows.list,
    get(id) {
      const found = rows.get(id)
      return found === null ? failed('outbox.unknown') : done(found)
    },
    ...run,
    ...person,
    ...moveBatches({ database, rows, step, arriving, now: time, changed }),
    copiedFolder: copied.view,
    wasMoved() {
      const moved = copied.wasMoved()
      if (moved.ok) changed(moved.value)
      return moved
    },
    waitingCount: (accountId) => rows.countIn(accountId, ['ready', 'sending', 'submitting']),
    accountsReady: (at) => rows.accountsWithReady(at.getTime()),
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
    draftId: mail.draftId,
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
