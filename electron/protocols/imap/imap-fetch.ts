/**
 * Brings messages over IMAP in the order asked for, byte for byte: BODY.PEEK[] (RFC 9051 section 6.4.5), many to a command in
 * batches bounded by count and bytes, some commands ahead of their answers, large messages in parts so that none is ever
 * whole in memory.
 *
 * A receiver's rejection closes the connection and is passed on.
 */
import { done, failed, refused } from '../../../shared/failures/failure.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import type { MessageReceiver } from '../net/server-target.ts'
import type { Answer, ImapConnection } from './imap-connection.ts'
import { imapFailure } from './imap-failure.ts'
import { type Response, textIn, type Value } from './imap-responses.ts'
import { itemsIn } from './look-into-folder.ts'
import { uidSet } from './uid-set.ts'

const batchCount = 500
const batchBytes = 16 * 1024 * 1024
const partBytes = 2 * 1024 * 1024
/** Batches ahead of their answers. Their commands are a few kB, so they never fill a socket buffer while the server writes. */
const window = 3

export interface Wanted {
  readonly serverId: string
  /** null = of another UIDVALIDITY: not here any more. */
  readonly uid: number | null
  readonly size: number
}

/** `opened` is waited for before the first answer: the folder may have been opened in the same breath. */
export async function fetchMessages(connection: ImapConnection, wanted: readonly Wanted[], receiver: MessageReceiver, opened: () => Promise<Outcome<unknown>>): Promise<Outcome<void>> {
  const work = batches(wanted)
  const arrivals = createArrivals(connection)
  const sent: (string | null)[] = []
  const sendAhead = (upTo: number) => {
    for (const batch of work.slice(sent.length, upTo)) sent.push(isLarge(batch) ? null : arrivals.ask(batch))
  }
  try {
    sendAhead(window)
    const isOpen = await opened()
    if (!isOpen.ok) {
      await connection.drain()
      return isOpen
    }
    for (const [at, batch] of work.entries()) {
      sendAhead(at + window)
      const first = batch[0]
      const taken = first !== undefined && isLarge(batch) ? await inParts(connection, arrivals, first, receiver) : await together(connection, arrivals, batch, sent[at] ?? null, receiver)
      if (!taken.ok) return taken
    }
    return done(undefined)
  } catch (error) {
    connection.close()
    throw error
  }
}

function isLarge(batch: readonly Wanted[]): boolean {
  return (batch[0]?.size ?? 0) > partBytes
}

type Arrivals = ReturnType<typeof createArrivals>

/**
 * What came before its turn: servers answer in their mailbox's order, and Dovecot works on several commands at a time. At most
 * the batches that are on their way.
 */
function createArrivals(connection: ImapConnection) {
  const expected = new Set<number>()
  const early = new Map<number, Buffer>()
  return {
    /** Answers with the tag; null = there is nothing to ask for. */
    ask(batch: readonly Wanted[]): string | null {
      const uids = batch.flatMap(({ uid }) => uid ?? [])
      for (const uid of uids) expected.add(uid)
      return uids.length === 0 ? null : connection.send(`UID FETCH ${uidSet(uids)} (UID BODY.PEEK[])`)
    },
    note(response: Response): void {
      const message = sourceIn(response)
      // Without a source it is news of another kind: flags that somebody else changed meanwhile (RFC 9051 section 7.5.2).
      if (message !== null && expected.delete(message.uid)) early.set(message.uid, message.source)
    },
    /** undefined = not here yet. */
    take(uid: number): Buffer | undefined {
      const source = early.get(uid)
      early.delete(uid)
      return source
    },
  }
}

async function together(connection: ImapConnection, arrivals: Arrivals, batch: readonly Wanted[], tag: string | null, receiver: MessageReceiver): Promise<Outcome<void>> {
  const due = [...batch].toReversed()
  /** Hands over what is there, up to the first that is not. */
  const deliver = async () => {
    for (let next = due.at(-1); next !== undefined; next = due.at(-1)) {
      const source = next.uid === null ? null : arrivals.take(next.uid)
      if (source === undefined) return
      due.pop()
      await handOver(connection, next, source, receiver)
    }
  }
  await deliver()
  const answer: Outcome<Answer> = tag === null ? done({ status: 'OK', text: '' }) : await connection.until(tag, (response) => {
    arrivals.note(response)
    return deliver()
  })
  if (!answer.ok) return answer
  const { status, text } = answer.value
  const reason = status === 'OK' ? failed('message.gone', connection.evidence) : refused(imapFailure(text, 'message', connection.evidence))
  // One message that the server can't read must not keep the others from coming.
  const alone = status === 'OK' || due.length === 1
  for (const next of due.toReversed()) {
    const source = next.uid === null ? undefined : arrivals.take(next.uid)
    if (source !== undefined) await handOver(connection, next, source, receiver)
    else if (alone || next.uid === null) await receiver.end(next.serverId, reason)
    else {
      const taken = await together(connection, arrivals, [next], arrivals.ask([next]), receiver)
      if (!taken.ok) return taken
    }
  }
  return done(undefined)
}

async function handOver({ evidence }: ImapConnection, { serverId, size }: Wanted, source: Buffer | null, receiver: MessageReceiver): Promise<void> {
  if (source === null) return receiver.end(serverId, failed('message.gone', evidence))
  const sink = await receiver.begin(serverId, size)
  await sink.write(source)
  await receiver.end(serverId, done({ bytes: source.length }))
}

/** Two parts are on their way at a time: while one is written, the server reads the next. */
async function inParts(connection: ImapConnection, arrivals: Arrivals, { serverId, uid, size }: Wanted, receiver: MessageReceiver): Promise<Outcome<void>> {
  const parts = new Map<number, Buffer>()
  const note = (response: Response) => {
    const part = partIn(response)
    if (part !== null && part.uid === uid) parts.set(part.start, part.source)
    else arrivals.note(response)
  }
  const send = (start: number) => connection.send(`UID FETCH ${uid} (UID BODY.PEEK[]<${start}.${partBytes}>)`)
  const sink = await receiver.begin(serverId, size)
  let bytes = 0
  let failure: Outcome<never> | null = null
  let tag: string | null = send(0)
  while (tag !== null) {
    const ahead: string | null = bytes + partBytes < size ? send(bytes + partBytes) : null
    const answer = connection.accepted(await connection.until(tag, note), 'message')
    if (!answer.ok && !connection.usable) return answer
    const part = parts.get(bytes)
    parts.delete(bytes)
    if (!answer.ok) failure = answer
    // After the end, some servers answer NIL, some with nothing in it.
    else if (part === undefined && bytes === 0) failure = failed('message.gone', connection.evidence)
    if (failure === null && part !== undefined) {
      bytes += part.length
      await sink.write(part)
    }
    // A part shorter than asked for is the last one, whatever size was told.
    if (failure === null && part?.length === partBytes) tag = ahead ?? send(bytes)
    else {
      const rest = ahead === null ? done(undefined) : await connection.until(ahead, note)
      if (!rest.ok) return rest
      tag = null
    }
  }
  await receiver.end(serverId, failure ?? done({ bytes }))
  return done(undefined)
}

function sourceIn({ name, values }: Response): { readonly uid: number; readonly source: Buffer } | null {
  if (name !== 'FETCH') return null
  const items = itemsIn(values[0])
  const source = bytesIn(items.get('BODY[]') ?? null)
  const uid = Number(textIn(items.get('UID')))
  return source === null || !Number.isSafeInteger(uid) ? null : { uid, source }
}

function partIn({ name, values }: Response): { readonly uid: number; readonly start: number; readonly source: Buffer } | null {
  if (name !== 'FETCH') return null
  const items = itemsIn(values[0])
  for (const [item, value] of items) {
    const start = /^BODY\[\]<(\d{1,12})>$/.exec(item)?.[1]
    if (start !== undefined) return { uid: Number(textIn(items.get('UID'))), start: Number(start), source: bytesIn(value) ?? Buffer.alloc(0) }
  }
  return null
}

/** A short message may come as a quoted string. */
function bytesIn(value: Value): Buffer | null {
  if (Buffer.isBuffer(value)) return value
  return typeof value === 'string' ? Buffer.from(value, 'utf8') : null
}

/** In the order asked for. A message to be fetched in parts is a batch of its own. */
export function batches(wanted: readonly Wanted[]): readonly (readonly Wanted[])[] {
  const all: Wanted[][] = []
  let bytes = 0
  for (const message of wanted) {
    const last = all.at(-1)
    bytes += message.size
    if (last === undefined || last.length === batchCount || bytes > batchBytes || message.size > partBytes || (last[0]?.size ?? 0) > partBytes) {
      all.push([message])
      bytes = message.size
    } else last.push(message)
  }
  return all
}
