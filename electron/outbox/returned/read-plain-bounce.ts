/**
 * Bounces that follow no standard, or only its look: a text that a mail system wrote for a person. Three things must come together
 * before a mail counts as one: a mail system sent it, its subject or text says so in a known family of wording, and it names, or
 * returns, what it is about. A person's words about a bounce, a newsletter, an automatic answer have not all three.
 */
import { addressesIn, typedAddress } from './addresses.ts'
import { isPersonsAutoReply } from './auto-reply.ts'
import { daemonName, opening, returnedHeader, returnedPart, systemAddress, systemName, systemSubject } from './bounce-signs.ts'
import { readDeliveryStatus, type DeliveryStatus, type StatusFields } from './delivery-status.ts'
import type { HeaderFields } from './mail-parts.ts'
import type { DeliveryAction } from './returned-mail.ts'

export interface PlainBounce {
  readonly status: DeliveryStatus
  /** What a person reads about each, in the same order. */
  readonly explanations: readonly string[]
}

export interface BounceMail {
  readonly header: HeaderFields
  readonly from: { readonly name: string; readonly address: string }
  readonly subject: string
  /** What the mail says itself. */
  readonly text: string
  /** The returned message's header, where there is a part or a title for it. */
  readonly returned: HeaderFields | null
  /** It is a part of its own, as programs do it; people quote. */
  readonly returnedAsPart: boolean
}

/** Splits what the report says from the mail it returns below it. */
export function splitReturned(text: string): { readonly said: string; readonly returned: string } {
  const titled = returnedPart.exec(text)?.index ?? text.length
  const header = returnedHeader.exec(text)?.index ?? text.length
  const at = Math.min(titled, header)
  return { said: text.slice(0, at), returned: text.slice(at) }
}

/** Null = not written by a mail system about a mail. */
export function readPlainBounce(mail: BounceMail): PlainBounce | null {
  const said = withoutQuotes(mail.text)
  if (!writtenBySystem(mail, said) || !aboutDelivery(mail, said)) return null
  const status = readDeliveryStatus(said)
  const named = status.recipients.filter(({ finalRecipient }) => finalRecipient !== null)
  if (named.length > 0) return { status: { ...status, recipients: named }, explanations: named.map(() => said) }
  const found = recipientsIn(mail, said)
  if (found.length === 0 && mail.returned === null && !opening.test(said)) return null
  const action = actionIn(mail.subject, said)
  const recipients = (found.length === 0 ? [{ address: null, text: said }] : found).map(
    ({ address, text }): StatusFields => ({ finalRecipient: address, originalRecipient: originalIn(text), action, status: null, diagnostic: found.length > 1 ? text : serverWords(text), remoteServer: null, category: '' }),
  )
  return { status: { ...status, recipients }, explanations: recipients.map((_one, index) => (found.length > 1 ? (found[index]?.text ?? said) : said)) }
}

/**
 * By its name, and with nobody to answer to; or, when only one of them is so, with what another server answered or the returned mail.
 * Whoever can send us mail can pretend all of it: what a report may change is decided by what it names.
 */
function writtenBySystem(mail: BounceMail, said: string): boolean {
  const { header, from } = mail
  const name = `${from.name} ${from.address.slice(0, Math.max(0, from.address.lastIndexOf('@'))).replaceAll(/[_"]/g, ' ')}`
  const named = (from.address === '' && header.names.has('from')) || systemAddress.test(from.address) || systemName.test(name.trim())
  const path = returnPath(header)
  if (daemonName.test(name)) return true
  if (isPersonsAutoReply(header, mail.subject)) return false
  if (named && path !== 'somebody') return true
  if (path === 'nobody' && !header.names.has('from')) return true
  const tells = opening.test(said) && (mail.returned !== null || /\b[45]\.\d\.\d{1,3}\b|\b5[05]\d[ -]/.test(said))
  return tells && (named || ((isAboutDelivery(mail.subject) || mail.returnedAsPart) && (path === 'nobody' || /^multipart\/report/i.test(header.first('content-type')))))
}

/** RFC 5321 section 4.5.5: what reports has nobody to report to. Not every mailbox shows it. */
function returnPath(header: HeaderFields): 'nobody' | 'somebody' | 'not said' {
  if (!header.names.has('return-path')) return 'not said'
  const address = header.first('return-path').replaceAll(/[<>\s]/g, '')
  return address === '' || /^mailer-?daemon(?:@|$)/i.test(address) ? 'nobody' : 'somebody'
}

function aboutDelivery(mail: BounceMail, said: string): boolean {
  if (mail.header.names.has('x-failed-recipients')) return true
  return (isAboutDelivery(mail.subject) && (mail.returned !== null || opening.test(said) || addressesIn(said).length > 0)) || opening.test(said)
}

function isAboutDelivery(subject: string): boolean {
  return !/^\s*(?:re|fw|fwd|aw|wg|antw|tr|sv|rv)\s*:/i.test(subject) && systemSubject.test(subject)
}

function withoutQuotes(text: string): string {
  return text.replaceAll(/^>(?!>>)[^\r\n]*$/gm, '')
}

/** RFC 3464's actions, in words. */
function actionIn(subject: string, said: string): DeliveryAction {
  const words = `${subject}\n${said.slice(0, 2000)}`
  if (/warning message only|do not need to resend|no action is required|will (?:be retried|continue)|attempts will continue|not yet been delivered|has been delayed|delivery delayed|status notification \(delay|still trying|will keep trying|wird weiter versucht/i.test(words)) return 'delayed'
  if (/no delivery notification was sent by/i.test(words)) return 'relayed'
  if (/successfully delivered|status notification \(success|has been (?:successfully )?delivered|was (?:successfully )?delivered to|delivery (?:was )?successful/i.test(words)) return 'delivered'
  return 'failed'
}

interface Found {
  readonly address: string
  /** From its line to the next one's. */
  readonly text: string
}

const linesLimit = 500

/** What stands in front of an address in a line that is about it. */
const label = /(?:^|\s)(?:(?:(?:final-|original-|failed )?recipient(?: address| name)?s?|address|rcpt to|rcpt|to|user|for|account|exceeds allowed size|unknown (?:local )?user|宛先|宛先メールアドレス|收件人|收件者|수신자|받는 사람|ontvanger|empfänger|destinataire|destinatario|destinatário|получатель|odbiorca|alıcı|mottagare|modtager|příjemce)\s{0,5}[:=：]\s{0,10}|(?:recipient|(?:deliver(?:ing|ed)?|delivery|mail|message|e-mail|send|sent)(?: of)?(?: your)?(?: message| mail)? to|an|aan|à|para)\s)["'<[(]{0,2}$/iu
const lineLimit = 1000

/** The returned mail's own header, quoted in the report: whom it was for, not whom it did not reach. */
const headerLine = /^\s*[*|>-]{0,3}\s*(?:to|cc|bcc)\s{0,3}:/i

/** Lines that name somebody else than whom it did not reach. */
const othersLine = /^\s*[*|>-]{0,3}\s*(?:from|sender|reply-to|return-path|cc|mail from|message-id|in-reply-to|references|x-[\w-]+|received|subject|list-[\w-]+|sent(?=\s{0,3}:)|contact|please contact|for (?:further|more|any)|if you|questions|visit|hello|hi|dear|>>> mail from)\b/i

function recipientsIn(mail: BounceMail, said: string): readonly Found[] {
  const listed = addressesIn(mail.header.first('x-failed-recipients'))
  const ours = new Set([...addressesIn(mail.header.first('to')), ...addressesIn(mail.header.first('delivered-to')), mail.from.address].map((address) => address.toLowerCase()))
  const lines = said.split(/\r?\n/).slice(0, linesLimit)
  const returnedTo = mail.returned === null ? [] : addressesIn(`${mail.returned.first('to')} ${mail.returned.first('cc')}`)
  const ranked = lines.flatMap((line, index) => anchorsIn(line.slice(0, lineLimit), index))
  const tiers = [
    listed.map((address) => ({ address, index: ranked.find((anchor) => same(anchor.address, address))?.index ?? 0 })),
    ranked.filter(({ strong, address }) => strong && !ours.has(address.toLowerCase())),
    ranked.filter(({ address }) => returnedTo.some((to) => same(to, address))),
    ranked.filter(({ address }) => !ours.has(address.toLowerCase())).slice(0, 1),
    ranked.filter(({ strong }) => strong),
    returnedTo.length === 1 ? returnedTo.map((address) => ({ address, index: 0 })) : [],
  ]
  const anchors = tiers.find((tier) => tier.length > 0) ?? []
  const addresses = [...new Map(anchors.map(({ address }) => [address.toLowerCase(), address])).values()].slice(0, linesLimit)
  if (addresses.length === 1) return addresses.map((address) => ({ address, text: lines.slice(anchors[0]?.index ?? 0).join('\n') }))
  return addresses.map((address) => ({ address, text: textAbout(address, anchors, lines) }))
}

/** What a text says about one address: its line and those after it, up to an empty line or somebody else's. */
export function paragraphAbout(address: string, text: string): string {
  const lines = text.split(/\r?\n/).slice(0, linesLimit)
  const wanted = address.toLowerCase()
  const pieces: string[] = []
  let within = false
  for (const line of lines) {
    const names = line.toLowerCase().includes(wanted)
    if (names) within = true
    else if (line.trim() === '' || (line.includes('@') && !/^\s/.test(line))) within = false
    if (within) pieces.push(line)
  }
  return pieces.join('\n')
}

function textAbout(address: string, anchors: readonly { readonly address: string; readonly index: number }[], lines: readonly string[]): string {
  const pieces = anchors.flatMap((anchor, at) => (same(anchor.address, address) ? [lines.slice(anchor.index, Math.max(anchors[at + 1]?.index ?? lines.length, anchor.index + 1)).join('\n')] : []))
  return pieces.join('\n')
}

function anchorsIn(line: string, index: number): readonly { readonly address: string; readonly index: number; readonly strong: boolean }[] {
  if (!line.includes('@') || othersLine.test(line)) return []
  return addressesIn(line).map((address) => {
    const before = line.slice(0, line.indexOf(address))
    return { address, index, strong: !headerLine.test(line) && (/^[\s*•·|#"'<([-]*(?:\d{1,3}[.)]\s)?[\s"'<([-]*$/.test(before) || label.test(before)) }
  })
}

/** What forwarding made it of: Sendmail's, Exim's and PMDF's words for the address we had given. */
function originalIn(text: string): string | null {
  const [, said] = /\((?:(?:ultimately )?generated from|expanded from):?\s{1,5}([^()\r\n]{3,330})\)/i.exec(text) ?? /^\s{0,20}original address:\s{1,10}(\S{3,330})/im.exec(text) ?? []
  return said === undefined ? null : typedAddress(said)
}

/** The words of the other server, where they can be told from the rest: its lines in a transcript, or from its reply code on. */
function serverWords(text: string): string {
  const answers = text.split(/\r?\n/).filter((line) => /^\s{0,20}<<<\s/.test(line))
  if (answers.length > 0) return answers.map((line) => line.replace(/^\s*<<<\s*/, '')).join('\n')
  const reply = /(?<![\w.:/-])[45]\d\d(?:[ -][45]\.\d\.\d{1,3})?[ -][^\r\n]{3,}(?:\r?\n[^\r\n]+){0,12}/.exec(text)?.[0]
  return reply ?? text
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
