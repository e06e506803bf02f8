/**
 * What a POP3 server calls its messages. Normally the UIDL (RFC 1939 section 7). It has to be unique, and is not everywhere:
 *
 * - Several messages with one UIDL: their id is `UIDL/digest`, the digest made of header (TOP n 0) and size. Two that agree
 *   even in that are one message sent twice: listed once, removed together. So no message is ever taken for another.
 * - No UIDL at all: the id is `TOP/digest`, made the same way.
 * - Neither UIDL nor TOP: nothing to recognise a message by; the inbox can't be read without fetching everything every time.
 */
import { createHash } from 'node:crypto'
import { done, failed, refused } from '../../../shared/failures/failure.ts'
import type { Evidence, Outcome } from '../../../shared/failures/failure.ts'
import type { LineConnection } from '../net/line-connection.ts'
import { readLines, readStatus } from './pop3-dialogue.ts'
import { pop3Failure } from './pop3-failure.ts'

export interface Numbered {
  readonly number: number
  readonly size: number
}

/** Message numbers of this session by server id; in the server's order. */
export type Listing = ReadonlyMap<string, readonly Numbered[]>

const mostMessages = 1_000_000

export async function listMessages(connection: LineConnection, evidence: Evidence): Promise<Outcome<Listing>> {
  const sizes = await numberedLines(connection, 'LIST', /^(\d{1,10}) +(\d{1,15})/, evidence)
  if (!sizes.ok) return sizes
  const uidls = await numberedLines(connection, 'UIDL', /^(\d{1,10}) +([\x21-\x7e]{1,200})/, evidence)
  if (!uidls.ok && uidls.failure.code !== 'server.refused') return uidls

  const names = uidls.ok ? uidls.value : new Map<number, string>()
  const uses = new Map<string, number>()
  for (const name of names.values()) uses.set(name, (uses.get(name) ?? 0) + 1)

  const listing = new Map<string, Numbered[]>()
  for (const [number, sizeText] of sizes.value) {
    const size = Number(sizeText)
    const name = names.get(number)
    const id = name !== undefined && uses.get(name) === 1 ? done(name) : await digestId(connection, name, number, size, evidence)
    if (!id.ok) return id
    listing.set(id.value, [...(listing.get(id.value) ?? []), { number, size }])
  }
  return done(listing)
}

async function numberedLines(connection: LineConnection, command: string, shape: RegExp, evidence: Evidence): Promise<Outcome<Map<number, string>>> {
  connection.send(command)
  const status = await readStatus(connection, evidence)
  if (!status.ok) return status
  if (!status.value.positive) return refused(pop3Failure(status.value.line, 'command', evidence))
  const lines = await readLines(connection, evidence)
  if (!lines.ok) return lines
  if (lines.value.length > mostMessages) return failed('server.answer-too-long', evidence)
  const found = lines.value.map((line) => shape.exec(line)).filter((match) => match !== null)
  return done(new Map(found.map(([, number, value]) => [Number(number), value ?? ''])))
}

async function digestId(connection: LineConnection, name: string | undefined, number: number, size: number, evidence: Evidence): Promise<Outcome<string>> {
  connection.send(`TOP ${number} 0`)
  const status = await readStatus(connection, evidence)
  if (!status.ok) return status
  if (!status.value.positive) return failed('server.protocol', { ...evidence, detail: 'neither unique UIDLs nor TOP' })
  const header = await readLines(connection, evidence, 4 * 1024 * 1024)
  if (!header.ok) return header
  const digest = createHash('sha256').update(header.value.join('\r\n')).update(`\0${size}`).digest('hex').slice(0, 40)
  return done(`${name ?? 'TOP'}/${digest}`)
}
