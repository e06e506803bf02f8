/**
 * What an incoming mail says about one that went out: delivery report, read receipt, complaint, automatic answer, or nothing of the
 * kind. Pure and bounded: no network, no database, and never an exception, whatever the bytes are. It says what the mail claims;
 * what a claim may change is for the outbox to decide, by what it names.
 *
 *   message/delivery-status      RFC 3464, 6533      ─▶ delivery-report
 *   message/disposition-…        RFC 8098            ─▶ read-receipt
 *   message/feedback-report      RFC 5965            ─▶ complaint
 *   a provider's notice in JSON                      ─▶ delivery-report, complaint
 *   a mail system's plain text                       ─▶ delivery-report
 *   Auto-Submitted, and older    RFC 3834            ─▶ auto-reply
 */
import libmime from 'libmime'
import addressparser from 'nodemailer/lib/addressparser'
import { addressesIn, typedAddress } from './addresses.ts'
import { isAutoReply } from './auto-reply.ts'
import { readDeliveryStatus, type DeliveryStatus, type StatusFields } from './delivery-status.ts'
import { hardCauses, judgeRefusal } from './judge-refusal.ts'
import { htmlLines } from './html-lines.ts'
import { readFields, readParts, type HeaderFields, type MailPart } from './mail-parts.ts'
import { paragraphAbout, readPlainBounce, splitReturned } from './read-plain-bounce.ts'
import { readProviderNotice } from './read-provider-notice.ts'
import { readReceipt } from './read-receipt.ts'
import type { AboutMail, DeliveryAction, RecipientReport, ReturnedMail } from './returned-mail.ts'

/** So much of a mail is looked at, bytes: reports return large mails below what they say. */
export const lookLimit = 512 * 1024
const sayLimit = 32 * 1024
const wordsLimit = 500
const idsLimit = 10
/** Of an automatic answer: enough to see until when somebody is away. */
const answerLimit = 300
/** For so many recipients of one report its text is read too; for more, their fields must do. */
const explainedLimit = 20

export function readReturnedMail(mail: Uint8Array): ReturnedMail {
  return read(mail.subarray(0, lookLimit), 'outer')
}

function read(mail: Uint8Array, place: 'outer' | 'inner'): ReturnedMail {
  const { header, kind, parameters, parts } = readParts(mail)
  const of = (...kinds: readonly string[]) => parts.find((part) => kinds.includes(part.kind))
  const returnedPart = of('message/rfc822', 'text/rfc822-headers', 'text/rfc822-header', 'message/global', 'message/global-headers', 'message/rfc822-headers')
  const texts = parts.slice(0, returnedPart === undefined ? parts.length : parts.indexOf(returnedPart))
  const { said, returned: below } = splitReturned(textOf(texts))
  const returned = returnedPart === undefined ? (below === '' ? null : headerIn(below)) : readFields(returnedPart.text().slice(0, sayLimit))
  const about = (envelopeId: string | null): AboutMail => ({ envelopeId, messageIds: idsOf(header, returned, below) })

  const feedback = of('message/feedback-report')
  if (feedback !== undefined || reportType(kind, parameters) === 'feedback-report') return complaint(about(null), feedback, returned)
  const disposition = of('message/disposition-notification', 'message/global-disposition-notification')
  if (disposition !== undefined) return readDisposition(disposition, said, about, header, returned)

  // One part is the rule (RFC 3464 section 2); gateways that split a report make it several.
  const statuses = parts.filter((part) => part.kind === 'message/delivery-status' || part.kind === 'message/global-delivery-status')
  const structured = statuses.length === 0 ? null : readDeliveryStatus(statuses.slice(0, 20).map((part) => part.text()).join('\n\n'))
  if (structured !== null && structured.recipients.length > 0) return deliveryReport(structured, explained(structured.recipients, said), about, header, returned)

  const notice = readProviderNotice(said)
  if (notice !== null) return notice
  const plain = readPlainBounce({ header, from: fromOf(header), subject: subjectOf(header), text: said, returned, returnedAsPart: returnedPart !== undefined })
  if (plain !== null) {
    // Filters and forwarding mail systems wrap a report into one of their own, which then says less.
    const inner = place === 'inner' ? null : read(Buffer.from(returnedPart?.text() ?? below.slice(below.search(headerStart))), 'inner')
    return inner?.is === 'delivery-report' ? inner : deliveryReport(plain.status, plain.explanations, about, header, returned)
  }
  if (!isAutoReply(header, subjectOf(header))) return { is: 'no-report' }
  return { is: 'auto-reply', about: about(null), from: fromOf(header).address || null, words: oneLine(`${subjectOf(header)}: ${said}`).slice(0, answerLimit) }
}

/** What a program deleted by itself was refused: that is how filters say so (RFC 5429 section 2.2). */
function readDisposition(part: MailPart, said: string, about: (envelopeId: string | null) => AboutMail, header: HeaderFields, returned: HeaderFields | null): ReturnedMail {
  const read = readReceipt(part.text(), about(null))
  const { recipient, originalRecipient, disposition, automatic } = read.receipt
  if (disposition !== 'deleted' || !automatic) return { is: 'read-receipt', ...read }
  const refused: StatusFields = { finalRecipient: recipient, originalRecipient, action: 'failed', status: null, diagnostic: said, remoteServer: null, category: '' }
  return deliveryReport({ reportingServer: null, envelopeId: null, recipients: [refused] }, [said], () => read.about, header, returned)
}

/** With several recipients, what is said about one must not speak for another. */
function explained(recipients: readonly StatusFields[], said: string): readonly string[] {
  if (recipients.length === 1) return [said]
  return recipients.slice(0, explainedLimit).map(({ finalRecipient, originalRecipient }) => paragraphAbout(finalRecipient ?? originalRecipient ?? '@', said))
}

function deliveryReport(
  { reportingServer, envelopeId, recipients }: DeliveryStatus,
  explanations: readonly string[],
  about: (envelopeId: string | null) => AboutMail,
  header: HeaderFields,
  returned: HeaderFields | null,
): ReturnedMail {
  // A recipient that is no address (a file, a pipe, a name in another mail system) is told by what else names it, when that is one.
  const others = [addressesIn(header.first('x-failed-recipients')), returned === null ? [] : addressesIn(returned.first('to'))].find((list) => list.length === 1) ?? []
  const spare = recipients.length === 1 ? (others[0] ?? null) : null
  return { is: 'delivery-report', about: about(envelopeId), reportingServer, recipients: recipients.map((one, index) => recipientReport(one, index < explainedLimit ? (explanations[index] ?? '') : '', spare)) }
}

function recipientReport(one: StatusFields, explanation: string, spare: string | null): RecipientReport {
  const action = one.action ?? actionOf(one.status)
  const named = { recipient: one.finalRecipient ?? one.originalRecipient ?? spare, originalRecipient: one.originalRecipient, action }
  const words = oneLine(one.diagnostic === '' ? explanation : one.diagnostic)
  if (action !== 'failed' && action !== 'delayed') return { ...named, status: one.status, replyCode: null, cause: null, bounce: null, words }
  const judged = judgeRefusal({ diagnostic: one.diagnostic, explanation, status: one.status, category: one.category })
  // What is only delayed may still arrive, whatever stood in the way so far.
  return { ...named, ...judged, bounce: action === 'failed' && hardCauses.has(judged.cause) ? 'hard' : 'temporary', words }
}

/** By its class (RFC 3463 section 3.1), where nobody named an action. */
function actionOf(status: string | null): DeliveryAction {
  return status?.startsWith('2') === true ? 'delivered' : 'failed'
}

function complaint(about: AboutMail, feedback: MailPart | undefined, returned: HeaderFields | null): ReturnedMail {
  const fields = readFields(feedback?.text() ?? '')
  const recipients = [typedAddress(fields.first('original-rcpt-to')), typedAddress(fields.first('removal-recipient'))].filter((address) => address !== null)
  return { is: 'complaint', about, feedbackType: oneLine(fields.first('feedback-type')).toLowerCase() || 'abuse', recipients: recipients.length > 0 ? recipients : addressesIn(returned?.first('to') ?? '') }
}

function reportType(kind: string, parameters: Readonly<Record<string, string>>): string {
  return kind === 'multipart/report' ? (parameters['report-type'] ?? '').toLowerCase() : ''
}

/** What the mail says to a person; an HTML text only where there is no plain one. */
function textOf(parts: readonly MailPart[]): string {
  const shown = parts.filter(({ fields }) => !/^attachment/i.test(fields.first('content-disposition')))
  const plain = shown.filter(({ kind }) => kind === 'text/plain' || kind === 'text' || kind === 'message/delivery-status')
  const text = plain.map((part) => part.text()).join('\n')
  if (text.trim() !== '') return text.slice(0, sayLimit)
  return shown.filter(({ kind }) => kind === 'text/html').map((part) => htmlLines(part.text())).join('\n').slice(0, sayLimit)
}

const headerStart = /^[A-Za-z][\w-]{0,60}:/m

/** The returned mail's header in what follows its title. */
function headerIn(below: string): HeaderFields {
  const lines = below.split(/\r?\n/)
  const start = lines.findIndex((line) => /^[A-Za-z][\w-]{0,60}:/.test(line))
  const end = lines.findIndex((line, index) => index > start && line.trim() === '')
  return readFields(start < 0 ? '' : lines.slice(start, end < 0 ? lines.length : end).join('\n'))
}

function idsOf(header: HeaderFields, returned: HeaderFields | null, below: string): readonly string[] {
  const inText = /^message-id:[ \t]{0,10}(<[^<>\s]{1,990}>)/im.exec(below)?.[1] ?? ''
  // A mail that answers another names that one in its References: those of a report's thread are not what it is about.
  const named = [returned?.first('message-id') ?? '', inText, header.first('in-reply-to')].map(idsIn).find((ids) => ids.length > 0)
  return (named ?? idsIn(header.first('references')).slice(-1)).slice(0, idsLimit)
}

function idsIn(field: string): readonly string[] {
  return [...new Set(field.match(/<[^<>\s]{1,990}>/g))]
}

function fromOf(header: HeaderFields): { readonly name: string; readonly address: string } {
  const raw = header.first('from').slice(0, 1000)
  const [first] = addressparser(raw, { flatten: true })
  // `Mail Delivery System <>` and `MAILER-DAEMON` are no addresses to a parser of them.
  const name = libmime.decodeWords(`${first?.name ?? ''} ${raw.match(/\(([^()]{1,200})\)/)?.[1] ?? ''}`).trim()
  return { name, address: first?.address ?? '' }
}

function subjectOf(header: HeaderFields): string {
  return libmime.decodeWords(header.first('subject').slice(0, 1000)).slice(0, 500)
}

// oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const notPlain = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\s]+/g

function oneLine(text: string): string {
  return text.slice(0, wordsLimit * 4).replace(notPlain, ' ').trim().slice(0, wordsLimit).toWellFormed()
}
