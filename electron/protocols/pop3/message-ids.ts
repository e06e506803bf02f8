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
import { done, failed, refused } from '../../../shared/failures/failure.ts'
import type { Evidence, Outcome } from '../../../shared/failures/failure.ts'
import type { ServerAdvice } from '../../../shared/model/server-advice.ts'
import type { LineConnection } from '../net/line-connection.ts'
import { serverWords } from '../net/server-words.ts'
import type { Pop3Server } from './greet-pop3.ts'
import { readLines, readStatus } from './pop3-dialogue.ts'
import { pop3Failure } from './pop3-failure.ts'
import { sendAhead } from './send-ahead.ts'

export interface Numbered {
  readonly number: number
  /** As announced; 0 where it was not. */
  readonly size: number
}

export interface Listing {
  /** Message numbers of this session by server id; in the server's order. */
  readonly messages: ReadonlyMap<string, readonly Numbered[]>
  readonly advice: readonly ServerAdvice[]
}

const mostMessages = 1_000_000
const longestHeader = 4 * 1024 * 1024

export async function listMessages(server: Pop3Server): Promise<Outcome<Listing>> {
  const { connection, evidence } = server
  if (connection.hasUnread) return failed('server.protocol', { ...evidence, detail: 'an answer to nothing' })
  const next = sendAhead(server, ['LIST', 'UIDL'])
  next()
  const sizes = await numberedLines(connection, /^(\d{1,10}) +(\d{1,15})(?: |$)/, evidence)
  if (!sizes.ok) return sizes
  next()
  const uidls = await numberedLines(connection, /^(\d{1,10}) +([\x21-\x7e]{1,200})(?: |$)/, evidence)
  if (!uidls.ok && uidls.failure.code !== 'server.refused') return uidls

  const names = uidls.ok ? uidls.value : new Map<number, string>()
  const numbers = [...new Set([...sizes.value.keys(), ...names.keys()])].toSorted((a, b) => a - b)
  const clear = namesOfOne(names)
  const unclear = numbers.filter((number) => !clear.has(number))
  const digests = await digestsOf(server, unclear, (number) => Number(sizes.value.get(number) ?? 0), (number) => uidls.ok && !uidls.value.has(number))
  if (!digests.ok) return digests

  const messages = new Map<string, Numbered[]>()
  for (const number of numbers) {
    const name = names.get(number) ?? ''
    const digest = digests.value.get(number)
    const id = clear.get(number) ?? (digest === undefined ? null : `${name === '' ? 'TOP' : name}/${digest}`)
    if (id === null) continue
    messages.set(id, [...(messages.get(id) ?? []), { number, size: Number(sizes.value.get(number) ?? 0) }])
  }
  return done({ messages, advice: adviceOn(uidls.ok, unclear.length) })
}

function adviceOn(knowsUidl: boolean, unclear: number): readonly ServerAdvice[] {
  if (unclear === 0) return []
  return knowsUidl ? [{ kind: 'unclear-message-ids', count: unclear }] : [{ kind: 'no-message-ids' }]
}

/** The names that one message has and no other. */
function namesOfOne(names: ReadonlyMap<number, string>): ReadonlyMap<number, string> {
  const uses = new Map<string, number>()
  for (const name of names.values()) uses.set(name, (uses.get(name) ?? 0) + 1)
  return new Map([...names].filter(([, name]) => name !== '' && uses.get(name) === 1))
}

/** A line with a number whose value can't be read, or that comes twice, leaves that value empty. A line without a number is no list. */
async function numberedLines(connection: LineConnection, shape: RegExp, evidence: Evidence): Promise<Outcome<Map<number, string>>> {
  const status = await readStatus(connection, evidence)
  if (!status.ok) return status
  if (!status.value.positive) return refused(pop3Failure(status.value.line, 'command', evidence))
  const lines = await readLines(connection, evidence)
  if (!lines.ok) return lines
  if (lines.value.length > mostMessages) return failed('server.answer-too-long', evidence)
  const found = new Map<number, string>()
  for (const line of lines.value) {
    const number = Number(/^(\d{1,10})(?: |$)/.exec(line)?.[1] ?? 0)
    if (number === 0) return failed('server.protocol', { ...evidence, serverWords: serverWords(line) })
    found.set(number, found.has(number) ? '' : (shape.exec(line)?.[2] ?? ''))
  }
  return done(found)
}

async function digestsOf(server: Pop3Server, numbers: readonly number[], sizeOf: (number: number) => number, mayBeAbsent: (number: number) => boolean): Promise<Outcome<ReadonlyMap<number, string>>> {
  const digests = new Map<number, string>()
  const next = sendAhead(server, numbers.map((number) => `TOP ${number} 0`))
  for (const number of numbers) {
    next()
    const header = await readTop(server)
    if (!header.ok && header.failure.code === 'server.refused' && mayBeAbsent(number)) continue
    if (!header.ok) return header.failure.code === 'server.refused' ? failed('server.protocol', { ...header.failure.evidence, detail: 'neither unique UIDLs nor TOP' }) : header
    digests.set(number, createHash('sha256').update(header.value.join('\r\n')).update(`\0${sizeOf(number)}`).digest('hex').slice(0, 40))
  }
  return done(digests)
}

async function readTop({ connection, evidence }: Pop3Server): Promise<Outcome<readonly string[]>> {
  const status = await readStatus(connection, evidence)
  if (!status.ok) return status
  if (status.value.positive) return readLines(connection, evidence, longestHeader)
  return refused(pop3Failure(status.value.line, 'command', evidence))
}
