/**
 * Brings messages over IMAP, byte for byte: BODY.PEEK[] (RFC 9051 section 6.4.5), many to a command in batches bounded by count
 * and bytes, some commands ahead of their answers, large messages in parts. Each goes to its receiver as it comes, in whatever
 * order the server answers (Dovecot works on several commands at a time), so that none is ever whole in memory, however large it
 * was said to be.
 *
 * A receiver's rejection closes the connection and is passed on. A message that breaks off is begun and not ended.
 */
import { done, failed, refused } from '../../../shared/failures/failure.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import type { MessageReceiver } from '../net/server-target.ts'
import { createArrivals, type Arrivals, type Wanted } from './arrivals.ts'
import { fetchInParts, partBytes } from './fetch-in-parts.ts'
import type { Answer, ImapConnection } from './imap-connection.ts'
import { imapFailure } from './imap-failure.ts'
import { uidSet } from './uid-set.ts'

const batchCount = 500
const batchBytes = 16 * 1024 * 1024
/** Batches ahead of their answers. Their commands are a few kB, so they never fill a socket buffer while the server writes. */
const window = 3

/** A batch, and the command it was asked for with; null = nothing was asked for. */
interface Sent {
  readonly batch: readonly Wanted[]
  readonly tag: string | null
}

/** `opened` is waited for before the first answer: the folder may have been opened in the same breath. */
export async function fetchMessages(connection: ImapConnection, wanted: Iterable<Wanted>, receiver: MessageReceiver, opened: () => Promise<Outcome<unknown>>): Promise<Outcome<void>> {
  const arrivals = createArrivals(receiver, connection.evidence)
  const work = batches(wanted)
  const ahead: Sent[] = []
  /** Too long for memory, and named too late to be taken as they came. */
  const later: Wanted[] = []
  /** Nothing comes between the parts of a message: before them all is answered, and beyond them nothing is asked. */
  const sendAhead = () => {
    while (ahead.length < window && !ahead.some(({ batch }) => isLarge(batch))) {
      const next = work.next()
      if (next.done === true) return
      ahead.push({ batch: next.value, tag: isLarge(next.value) ? null : ask(connection, arrivals, next.value) })
    }
  }
  try {
    sendAhead()
    const isOpen = await opened()
    if (!isOpen.ok) {
      await connection.drain()
      return isOpen
    }
    for (let next = ahead[0]; next !== undefined; next = ahead[0]) {
      const [first] = next.batch
      if (first !== undefined && isLarge(next.batch)) {
        const taken = await fetchInParts(connection, first, receiver)
        if (!taken.ok) return taken
        ahead.shift()
        sendAhead()
      } else {
        ahead.shift()
        sendAhead()
        const taken = await together(connection, arrivals, next, receiver, later)
        if (!taken.ok) return taken
      }
    }
    for (const message of later) {
      const taken = await fetchInParts(connection, message, receiver)
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

function ask(connection: ImapConnection, arrivals: Arrivals, batch: readonly Wanted[]): string | null {
  const uids = batch.flatMap(({ uid }) => uid ?? [])
  for (const message of batch) arrivals.expect(message)
  return uids.length === 0 ? null : connection.send(`UID FETCH ${uidSet(uids)} (UID BODY.PEEK[])`)
}

async function together(connection: ImapConnection, arrivals: Arrivals, { batch, tag }: Sent, receiver: MessageReceiver, later: Wanted[]): Promise<Outcome<void>> {
  const answer: Outcome<Answer> = tag === null ? done({ status: 'OK', text: '' }) : await connection.until(tag, arrivals.note, arrivals.taker)
  if (!answer.ok) return answer
  const { status, text } = answer.value
  const reason = status === 'OK' ? failed('message.gone', connection.evidence) : refused(imapFailure(text, 'message', connection.evidence))
  const missing = batch.filter(({ uid }) => uid === null || arrivals.isExpected(uid))
  // One message that the server can't read must not keep the others from coming.
  const alone = status === 'OK' || missing.length === 1
  for (const message of missing) {
    const { serverId, uid } = message
    if (uid === null || (alone && !arrivals.isPassedOver(uid))) {
      arrivals.forget(message)
      await receiver.end(serverId, reason)
    } else if (arrivals.isPassedOver(uid)) {
      arrivals.forget(message)
      later.push(message)
    } else {
      const taken = await together(connection, arrivals, { batch: [message], tag: ask(connection, arrivals, [message]) }, receiver, later)
      if (!taken.ok) return taken
    }
  }
  return done(undefined)
}

/** In the order asked for. A message to be fetched in parts is a batch of its own. */
export function* batches(wanted: Iterable<Wanted>): Generator<readonly Wanted[]> {
  let batch: Wanted[] = []
  let bytes = 0
  for (const message of wanted) {
    bytes += message.size
    if (batch.length > 0 && (batch.length === batchCount || bytes > batchBytes || message.size > partBytes || isLarge(batch))) {
      yield batch
      batch = []
      bytes = message.size
    }
    batch.push(message)
  }
  if (batch.length > 0) yield batch
}
