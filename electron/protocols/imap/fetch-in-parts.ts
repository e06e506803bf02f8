/**
 * Brings one large message in parts (BODY.PEEK[]<start.count>, RFC 9051 section 6.4.5), two of them on their way at a time: while
 * one is written, the server reads the next. A server that takes no notice of the parts and sends all at once is taken at that.
 * Nothing else may be under way.
 */
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import { mostBytesOf } from '../message-limit.ts'
import type { MessageReceiver, MessageSink } from '../net/server-target.ts'
import { beginningIn, bytesIn, letGo, type Wanted } from './arrivals.ts'
import type { ImapConnection } from './imap-connection.ts'
import { type Response, type Taker, textIn } from './imap-responses.ts'
import { itemsIn } from './look-into-folder.ts'

export const partBytes = 2 * 1024 * 1024

export async function fetchInParts(connection: ImapConnection, { serverId, uid, size }: Wanted, receiver: MessageReceiver): Promise<Outcome<void>> {
  /** Came before their turn, or in a way that can't be taken piece by piece. */
  const early = new Map<number, Buffer>()
  const most = mostBytesOf(size)
  let bytes = 0
  /** Of the part that is next, as far as it was taken; null = it has not begun. */
  let taken: number | null = null
  let isAll = false
  const sink = await receiver.begin(serverId, size)
  const counting: MessageSink = {
    write(piece) {
      taken = (taken ?? 0) + piece.length
      return sink.write(piece)
    },
  }
  const taker: Taker = (response, length) => {
    const beginning = beginningIn(response)
    if (beginning === null || beginning.uid === null) return done(null)
    if (length > most) return failed('server.answer-too-long', connection.evidence)
    if (beginning.uid !== uid) return done(letGo)
    const start = beginning.start ?? 0
    if (taken !== null || start !== bytes) return done(start > bytes && length <= partBytes ? null : letGo)
    taken = 0
    isAll = beginning.start === null || length > partBytes
    return done(counting)
  }
  const note = (response: Response): void => {
    const part = partIn(response)
    if (part !== null && part.uid === uid && part.source.length > 0) early.set(part.start, part.source)
  }
  const send = (start: number) => connection.send(`UID FETCH ${uid} (UID BODY.PEEK[]<${start}.${partBytes}>)`)

  let failure: Outcome<never> | null = null
  let tag: string | null = send(0)
  while (tag !== null) {
    const ahead: string | null = bytes + partBytes < size ? send(bytes + partBytes) : null
    const answer = connection.accepted(await connection.until(tag, note, taker), 'message')
    if (!answer.ok && !connection.usable) return answer
    const part = early.get(bytes)
    early.delete(bytes)
    if (part !== undefined && taken === null) await counting.write(part)
    const came: number = taken ?? 0
    if (!answer.ok) failure = answer
    // After the end, some servers answer NIL, some with nothing in it.
    else if (taken === null && bytes === 0) failure = failed('message.gone', connection.evidence)
    else if (bytes + came > most) failure = failed('server.answer-too-long', connection.evidence)
    bytes += came
    taken = null
    // A part shorter than asked for is the last one, whatever size was told.
    if (failure === null && came === partBytes && !isAll) tag = ahead ?? send(bytes)
    else {
      const rest = ahead === null ? done(undefined) : await connection.until(ahead, note, taker)
      if (!rest.ok) return rest
      tag = null
    }
  }
  await receiver.end(serverId, failure ?? done({ bytes }))
  return done(undefined)
}

function partIn({ name, values }: Response): { readonly uid: number; readonly start: number; readonly source: Buffer } | null {
  if (name !== 'FETCH') return null
  const items = itemsIn(values[0])
  for (const [item, value] of items) {
    const start = /^BODY\[\](?:<(\d{1,12})>)?$/.exec(item)
    if (start !== null) return { uid: Number(textIn(items.get('UID'))), start: Number(start[1] ?? 0), source: bytesIn(value) ?? Buffer.alloc(0) }
  }
  return null
}
