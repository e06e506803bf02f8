/**
 * What a POP3 server calls its messages. Normally the UIDL (RFC 1939 section 7). It has to be unique, and is not everywhere:
 *
 * - Several messages with one UIDL: their id is `UIDL/digest`, the digest made of header (TOP n 0) and size. Two that agree
 *   even in that are one message sent twice: listed once, removed together. So no message is ever taken for another.
 * - No UIDL at all, for one message or for all: the id is `TOP/digest`, made the same way.
 * - Neither UIDL nor TOP: nothing to recognise a message by; the inbox can't be read without fetching everything every time.
 *
 * A message that stands in only one of the two lists is there all the same, unless UIDL leaves it out and TOP does not know it
 * either. A list that can't be read is no empty list.
 */
import { createHash } from 'node:crypto'
import { done, failed, failure, refused } from '../../../shared/failures/failure.ts'
import type { Evidence, Outcome } from '../../../shared/failures/failure.ts'
import type { ServerAdvice } from '../../../shared/model/server-advice.ts'
import type { LineConnection } from '../net/line-connection.ts'
import { serverWords } from '../net/server-words.ts'
import { spareMemoryAt } from '../spare-memory.ts'
import { lookForDot } from './first-dot.ts'
import type { Pop3Server } from './greet-pop3.ts'
import { readEachLine, readBytes, readStatus } from './pop3-dialogue.ts'
import { pop3Failure } from './pop3-failure.ts'
import { sendAhead } from './send-ahead.ts'

export interface Numbered {
  readonly number: number
  /** As announced; 0 where it was not. */
  readonly size: number
  /** Numbers of the messages that nothing tells from this one. */
  readonly twins: readonly number[]
}

export interface Listing {
  /** By server id, in the server's order. For 200,000 messages one small object each: this is held for the whole session. */
  readonly messages: ReadonlyMap<string, Numbered>
  readonly advice: readonly ServerAdvice[]
}

const mostMessages = 1_000_000
const longestHeader = 4 * 1024 * 1024

export async function listMessages(server: Pop3Server): Promise<Outcome<Listing>> {
  const { connection, evidence } = server
  if (connection.hasUnread) return failed('server.protocol', { ...evidence, detail: 'an answer to nothing' })
  const next = sendAhead(server, ['LIST', 'UIDL'])
  next()
  const sizes = await numberedLines(connection, sizeAt, evidence)
  if (!sizes.ok) return sizes
  next()
  const uidls = await numberedLines(connection, nameAt, evidence)
  if (!uidls.ok && uidls.failure.code !== 'server.refused') return uidls

  const names = uidls.ok ? uidls.value : new Map<number, string>()
  const numbers = [...sizes.value.keys(), ...[...names.keys()].filter((number) => !sizes.value.has(number))].toSorted((a, b) => a - b)
  const sizeOf = (number: number) => sizes.value.get(number) ?? 0
  const isClear = clearNames(names)
  const unclear = numbers.filter((number) => !isClear(names.get(number) ?? ''))
  const digests = await digestsOf(server, unclear, sizeOf, (number) => uidls.ok && !uidls.value.has(number))
  if (!digests.ok) return digests

  const messages = new Map<string, Numbered>()
  for (const number of numbers) {
    const name = names.get(number) ?? ''
    const digest = digests.value.get(number)
    const id = isClear(name) ? name : digest === undefined ? null : `${name === '' ? 'TOP' : name}/${digest}`
    if (id === null) continue
    const twin = messages.get(id)
    messages.set(id, twin === undefined ? { number, size: sizeOf(number), twins: noTwins } : { ...twin, twins: [...twin.twins, number] })
  }
  return done({ messages, advice: adviceOn(uidls.ok, unclear.length) })
}

const noTwins: readonly number[] = []

function adviceOn(knowsUidl: boolean, unclear: number): readonly ServerAdvice[] {
  if (unclear === 0) return []
  return knowsUidl ? [{ kind: 'unclear-message-ids', count: unclear }] : [{ kind: 'no-message-ids' }]
}

/** Tells of a name whether one message has it and no other. */
function clearNames(names: ReadonlyMap<number, string>): (name: string) => boolean {
  const seen = new Set<string>()
  const repeated = new Set<string>([''])
  for (const name of names.values()) {
    if (seen.has(name)) repeated.add(name)
    seen.add(name)
  }
  return (name) => !repeated.has(name)
}

const space = 0x20

/**
 * A line with a number whose value can't be read, or that comes twice, has no value. A line without a number is no list. What is
 * read is read from the bytes: a text cut from a line would keep the whole line in memory, and there may be a million of them.
 */
async function numberedLines<T extends number | string>(connection: LineConnection, read: ValueAt<T>, evidence: Evidence): Promise<Outcome<Map<number, T>>> {
  const status = await readStatus(connection, evidence)
  if (!status.ok) return status
  if (!status.value.positive) return refused(pop3Failure(status.value.line, 'command', evidence))
  const found = new Map<number, T>()
  let lines = 0
  const over = await readEachLine(connection, evidence, (bytes, from, to) => {
    lines += 1
    spareMemoryAt(lines)
    if (lines > mostMessages) return failure('server.answer-too-long', evidence)
    const numberEnd = wordEnd(bytes, from, to)
    const number = digitsAt(bytes, from, numberEnd, 10) ?? 0
    if (number === 0) return failure('server.protocol', { ...evidence, serverWords: serverWords(bytes.toString('utf8', from, to)) })
    let at = numberEnd
    while (at < to && bytes[at] === space) at += 1
    found.set(number, found.has(number) ? read.none : read.at(bytes, at, wordEnd(bytes, at, to)))
    return null
  })
  return over.ok ? done(found) : over
}

/** How a value is read from the bytes of a word, and what stands for one that can't be. */
interface ValueAt<T> {
  readonly none: T
  at(bytes: Buffer, from: number, to: number): T
}

const sizeAt: ValueAt<number> = { none: 0, at: (bytes, from, to) => digitsAt(bytes, from, to, 15) ?? 0 }
/** RFC 1939 section 7 allows 70 characters, from 0x21 to 0x7E; longer ones are met. */
const nameAt: ValueAt<string> = {
  none: '',
  at(bytes, from, to) {
    if (to - from > 200) return ''
    for (let at = from; at < to; at += 1) if ((bytes[at] ?? 0) < 0x21 || (bytes[at] ?? 0) > 0x7e) return ''
    return bytes.toString('latin1', from, to)
  },
}

function wordEnd(bytes: Buffer, from: number, to: number): number {
  let end = from
  while (end < to && bytes[end] !== space) end += 1
  return end
}

/** null = these are not one to `most` digits. */
function digitsAt(bytes: Buffer, from: number, to: number, most: number): number | null {
  if (to <= from || to - from > most) return null
  let value = 0
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] ?? 0) - 0x30
    if (digit < 0 || digit > 9) return null
    value = value * 10 + digit
  }
  return value
}

async function digestsOf(server: Pop3Server, numbers: readonly number[], sizeOf: (number: number) => number, mayBeAbsent: (number: number) => boolean): Promise<Outcome<ReadonlyMap<number, string>>> {
  const digests = new Map<number, string>()
  const next = sendAhead(server, numbers.map((number) => `TOP ${number} 0`))
  for (const number of numbers) {
    const answer = await readTop(server, sizeOf(number), next())
    if (!answer.ok) return answer
    const header = answer.value
    if (!header.ok && header.failure.code === 'server.refused' && mayBeAbsent(number)) continue
    if (!header.ok) return header.failure.code === 'server.refused' ? failed('server.protocol', { ...header.failure.evidence, detail: 'neither unique UIDLs nor TOP' }) : header
    digests.set(number, createHash('sha256').update(header.value).update(`\0${sizeOf(number)}`).digest('hex').slice(0, 40))
  }
  return done(digests)
}

/** The answer to TOP n 0 of a message of so many bytes, so many answers before the last: the header, byte for byte, or why the server does not give it. Not ok = the connection is of no more use. */
export async function readTop(server: Pop3Server, announced: number, following: number): Promise<Outcome<Outcome<Buffer>>> {
  const { connection, evidence } = server
  const status = await readStatus(connection, evidence)
  if (!status.ok) return status
  if (!status.value.positive) return done(refused(pop3Failure(status.value.line, 'command', evidence)))
  const beginning = await lookForDot(server, announced, following)
  if (!beginning.ok) return beginning
  if (beginning.value.is === 'end') return done(done(Buffer.alloc(0)))
  const header = await readBytes(connection, evidence, longestHeader)
  if (!header.ok || beginning.value.is !== 'line') return header.ok ? done(header) : header
  const fence = beginning.value.isFenced ? await readStatus(connection, evidence) : done(undefined)
  return fence.ok ? done(done(Buffer.concat([Buffer.from('.\r\n'), header.value]))) : fence
}
