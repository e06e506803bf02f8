/**
 * Messages that were asked for, handed over as they come: the bytes of a literal go to the receiver, piece by piece, while the
 * response they stand in is still being read.
 *
 *   expected ── literal begins ─▶ begun ── its bytes ─▶ … ── response complete ─▶ ended
 *
 * What nobody asked for is let go of.
 */
import { done, failed, type Evidence, type Outcome } from '../../../shared/failures/failure.ts'
import { mostBytesOf } from '../message-limit.ts'
import type { MessageReceiver, MessageSink } from '../net/server-target.ts'
import { largestLiteral, listIn, type Response, type Taker, textIn, type Value } from './imap-responses.ts'
import { itemsIn } from './look-into-folder.ts'

export interface Wanted {
  readonly serverId: string
  /** null = of another UIDVALIDITY: not here any more. */
  readonly uid: number | null
  /** As announced. */
  readonly size: number
}

/** A literal of a message that begins: whose it is, null = not said yet; and where in the message it stands, null = it is all of it. */
export interface Beginning {
  readonly uid: number | null
  readonly start: number | null
}

/** What nobody asked for, bytes: whoever sends more of it never ends. */
const mostUnasked = 16 * 1024 * 1024

/** Takes what is of no use. */
export const letGo: MessageSink = { write: () => {} }

export type Arrivals = ReturnType<typeof createArrivals>

export function createArrivals(receiver: MessageReceiver, evidence: Evidence) {
  const expected = new Map<number, Wanted>()
  const passedOver = new Set<number>()
  let unasked = 0
  /** In the response that is being read. */
  let begun: { readonly message: Wanted; readonly bytes: number } | null = null
  let nameless = 0

  async function take({ uid, start }: Beginning, length: number): Promise<Outcome<MessageSink | null>> {
    const message = uid === null ? undefined : expected.get(uid)
    if (message !== undefined && start === null && begun === null) {
      if (length > mostBytesOf(message.size)) return failed('server.answer-too-long', evidence)
      begun = { message, bytes: length }
      return done(await receiver.begin(message.serverId, message.size))
    }
    // Its UID may come after it.
    if (uid === null && length <= largestLiteral) return done(null)
    if (uid === null) nameless = length
    else unasked += length
    return length > mostBytesOf(0) || unasked > mostUnasked ? failed('server.answer-too-long', evidence) : done(letGo)
  }

  async function handOver(message: Wanted, source: Buffer): Promise<void> {
    const sink = await receiver.begin(message.serverId, message.size)
    await sink.write(source)
    await receiver.end(message.serverId, done({ bytes: source.length }))
  }

  return {
    expect(message: Wanted): void {
      if (message.uid !== null) expected.set(message.uid, message)
    },
    isExpected: (uid: number): boolean => expected.has(uid),
    /** It came, but could not be taken. */
    isPassedOver: (uid: number): boolean => passedOver.has(uid),
    forget({ uid }: Wanted): void {
      if (uid !== null) expected.delete(uid)
    },
    taker: ((response, length) => {
      const beginning = beginningIn(response)
      return beginning === null ? done(null) : take(beginning, length)
    }) satisfies Taker,
    async note({ name, values }: Response): Promise<void> {
      const taken = begun
      begun = null
      if (taken !== null) {
        expected.delete(taken.message.uid ?? 0)
        await receiver.end(taken.message.serverId, done({ bytes: taken.bytes }))
        return
      }
      const passed = nameless
      nameless = 0
      if (name !== 'FETCH') return
      const items = itemsIn(values[0])
      const uid = Number(textIn(items.get('UID')))
      // Without a source it is news of another kind: flags that somebody else changed meanwhile (RFC 9051 section 7.5.2).
      const source = bytesIn(items.get('BODY[]') ?? null)
      const message = expected.get(uid)
      if (message === undefined || passedOver.has(uid)) unasked += passed
      if (message === undefined || source === null) return
      if (passed > 0) return void passedOver.add(uid)
      expected.delete(uid)
      await handOver(message, source)
    },
  }
}

/** null = what begins there is no part of a message that was asked for like this. */
export function beginningIn({ name, values }: Response): Beginning | null {
  const list = listIn(values[0])
  const item = name === 'FETCH' && list.length % 2 === 0 ? /^BODY\[\](?:<(\d{1,12})>)?$/i.exec(textIn(list.at(-2)) ?? '') : null
  if (item === null) return null
  const uid = Number(textIn(itemsIn(list).get('UID')) ?? Number.NaN)
  return { uid: Number.isSafeInteger(uid) ? uid : null, start: item[1] === undefined ? null : Number(item[1]) }
}

/** A short message may come as a quoted string. */
export function bytesIn(value: Value): Buffer | null {
  if (Buffer.isBuffer(value)) return value
  return typeof value === 'string' ? Buffer.from(value, 'utf8') : null
}
