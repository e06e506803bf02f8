/**
 * Why a mail did not arrive, and whether the next one to that address will. The words decide over the status, because many servers
 * give any refusal the same status; a status that says something decides over words that say nothing.
 */
import type { RefusalCause } from '../../../shared/model/mail-return.ts'
import { plainlyUnknownWords, refusalWords } from './refusal-words.ts'

export interface Refusal {
  /** What the refusing server said, as far as the report sets it apart. */
  readonly diagnostic: string
  /** Everything the report says to a person about this recipient. */
  readonly explanation: string
  /** The report's own status field. */
  readonly status: string | null
  /** What the reporting system files it under, where it has such a name for it. */
  readonly category?: string
}

export interface Judgement {
  readonly cause: RefusalCause
  readonly status: string | null
  readonly replyCode: number | null
}

/** Only these are about the address itself: a later mail to it fails as well. */
export const hardCauses: ReadonlySet<RefusalCause> = new Set(['no-such-address', 'no-such-domain', 'moved', 'takes-no-mail'])

const diagnosticLimit = 3000
const explanationLimit = 6000

/** PowerMTA's bounce categories, as its user's guide has them. */
const categories: Readonly<Record<string, RefusalCause>> = {
  'bad-mailbox': 'no-such-address', 'bad-domain': 'no-such-domain', 'inactive-mailbox': 'mailbox-disabled', 'quota-issues': 'mailbox-full', 'message-expired': 'gave-up', 'policy-related': 'not-allowed',
  'spam-related': 'content-refused', 'content-related': 'content-refused', 'virus-related': 'content-refused', 'invalid-sender': 'sender-refused', 'relaying-issues': 'sender-refused',
  'bad-connection': 'server-trouble', 'no-answer-from-host': 'server-trouble', 'routing-errors': 'server-trouble', 'protocol-errors': 'server-trouble', 'bad-configuration': 'server-trouble',
}

export function judgeRefusal({ diagnostic, explanation, status, category = '' }: Refusal): Judgement {
  const said = diagnostic.slice(0, diagnosticLimit)
  const told = explanation.slice(0, explanationLimit)
  const codes = { status: preciser(statusIn(said), preciser(status, statusIn(told))), replyCode: replyCodeIn(said) ?? replyCodeIn(told) }
  const cause = wordsMean(said) ?? linksMean(said) ?? statusMeans(codes.status) ?? wordsMean(told) ?? categories[category] ?? 'unknown'
  // "Invalid address" under these speaks of the sender's (RFC 3463 section 3.2).
  if (cause === 'no-such-address' && /^[45]\.1\.[78]$/.test(codes.status ?? '')) return { cause: 'sender-refused', ...codes }
  return { cause: categories[category] === cause || answersTheAddress(cause, codes, said, told) ? cause : 'not-allowed', ...codes }
}

/**
 * An address is only called dead when the words have a witness: a status about addresses (x.1.x), or that they answered RCPT, or
 * that they are the reporting system's own. Before the recipient was named nothing can be said about it; and a server that took
 * the address when it was named, and calls it unknown once it has seen the mail, refuses this mail: filters answer so.
 */
function answersTheAddress(cause: RefusalCause, { status, replyCode }: Omit<Judgement, 'cause'>, said: string, told: string): boolean {
  if (cause !== 'no-such-address' || plainlyUnknown.test(plainWords(said))) return true
  if (status !== null && /^[45]\.1\./.test(status)) return true
  const phase = phaseIn(said) ?? phaseIn(told)
  return phase === null ? replyCode === null : phase === 'rcpt'
}

/** What the refusal answered, in the words of Postfix, Exim, Sendmail, qmail and their like; the last one counts. */
const answered = /in reply to (?:the )?(?:end of )?(data|mail from|helo|ehlo|rcpt to)|after (end of data|initial connection|i sent the message)|after (?:sending |pipelined )?(mail from|rcpt|data)|(?:^|\n)[ \t]{0,20}(?:>>>[ \t]{0,5}|-{3,20}smtp command\s{1,5})(data|mail from|ehlo|helo|rcpt to)|(?:error following|most progress was|did not like our|smtp:)\s{0,5}(data|mail from|rcpt)|does not like (recipient)|(rejected recipient)|(rcpt to) generated|has rejected (address)|(recipient)s? (?:was|were) (?:rejected|refused)/gi

function phaseIn(text: string): 'before' | 'rcpt' | 'data' | null {
  const last = [...text.matchAll(answered)].at(-1)?.slice(1).find((word) => word !== undefined)?.toLowerCase()
  if (last === undefined) return null
  if (/^rcpt|recipient|address/.test(last)) return 'rcpt'
  // A pipelining sender shows the answer to RCPT below its DATA, followed by the server's complaint that nobody is left.
  if (/data|i sent/.test(last)) return /no valid recipients|need rcpt|rcpt first|no recipients|valid rcpt/i.test(text) ? 'rcpt' : 'data'
  return 'before'
}

function wordsMean(text: string): RefusalCause | null {
  const plain = plainWords(text)
  return families.find(([, pattern]) => pattern.test(plain))?.[0] ?? null
}

function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/https?:\/\/\S{0,300}/g, ' ')
    .replaceAll(/<?[^\s<>()]{1,64}@[^\s<>()]{1,255}>?/g, '<>')
    .replaceAll(/\b\d{3}-(?:\d\.\d{1,3}\.\d{1,3})?/g, ' ')
    .replaceAll('’', "'")
    .replaceAll(/\s+/g, ' ')
}

/** The page a refusal points to often says in its name what the words leave out. */
function linksMean(text: string): RefusalCause | null {
  const links = (text.match(/https?:\/\/\S{0,300}/g) ?? []).join(' ').toLowerCase().replaceAll(/[-_/?=&#.]/g, ' ')
  return links === '' ? null : families.find(([, pattern]) => pattern.test(links))?.[0] ?? null
}

const families: readonly (readonly [RefusalCause, RegExp])[] = refusalWords.map(([cause, phrases]) => [cause, anyOf(phrases)])
const plainlyUnknown = anyOf(plainlyUnknownWords)

function anyOf(phrases: readonly string[]): RegExp {
  return new RegExp(phrases.map(asPattern).join('|'), 'u')
}

function asPattern(phrase: string): string {
  const [start = '', end] = phrase.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`))
  return end === undefined ? start : `${start}.{0,60}?${end}`
}

/** RFC 3463 section 3, and what IANA's registry added (RFC 7372, 7505). Without its class; '5.' where the class matters. */
const statuses: Readonly<Record<string, RefusalCause>> = {
  '1.1': 'no-such-address', '1.2': 'no-such-domain', '1.3': 'no-such-address', '1.4': 'no-such-address', '1.6': 'moved', '1.7': 'sender-refused', '1.8': 'sender-refused', '1.10': 'takes-no-mail',
  '2.1': 'mailbox-disabled', '2.2': 'mailbox-full', '2.3': 'too-large', '3.1': 'server-trouble', '3.3': 'server-trouble', '3.4': 'too-large',
  '4.1': 'server-trouble', '4.2': 'server-trouble', '4.3': 'server-trouble', '5.4.4': 'no-such-domain', '4.4.4': 'server-trouble', '4.5': 'server-trouble', '4.6': 'server-trouble', '4.7': 'gave-up',
  '5.3': 'too-many', '6.1': 'content-refused', '6.2': 'content-refused', '6.3': 'content-refused', '6.6': 'content-refused', '6.7': 'content-refused', '6.8': 'content-refused', '6.9': 'content-refused',
  '7.1': 'not-allowed', '7.2': 'not-allowed', '7.3': 'not-allowed', '7.7': 'content-refused', '7.8': 'sender-refused', '7.20': 'sender-refused', '7.21': 'sender-refused', '7.22': 'sender-refused', '7.23': 'sender-refused',
  '7.24': 'sender-refused', '7.25': 'sender-refused', '7.26': 'sender-refused', '7.27': 'sender-refused', '7.28': 'too-many', '7.29': 'sender-refused',
}

function statusMeans(status: string | null): RefusalCause | null {
  if (status === null) return null
  return statuses[status] ?? statuses[status.slice(2)] ?? null
}

/** The one that names its detail; 5.0.0, 5.1.0, 5.2.0 and the like say little more than "no". */
function preciser(first: string | null, second: string | null): string | null {
  return first !== null && (statusMeans(first) !== null || second === null || statusMeans(second) === null) ? first : second
}

function statusIn(text: string): string | null {
  return /(?<![\d.])([45]\.\d\.\d{1,3})(?![\d.]*\d)/.exec(text)?.[1] ?? null
}

function replyCodeIn(text: string): number | null {
  const code = /(?<![\d.:-])([45][0-7]\d)(?=[ -]|$)/m.exec(text)?.[1]
  return code === undefined ? null : Number(code)
}
