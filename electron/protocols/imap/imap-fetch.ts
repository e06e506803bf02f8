/**
 * Brings messages over IMAP in the order asked for, byte for byte: BODY.PEEK[] (RFC 9051 section 6.4.5), many to a command in
 * batches bounded by count and bytes, large ones in parts so that none is ever whole in memory.
 *
 * A receiver's rejection closes the connection and is passed on.
 */
import type { FetchMessageObject, ImapFlow } from 'imapflow'
import { done, failed, refused } from '../../../shared/failures/failure.ts'
import type { Evidence, Failure, Outcome } from '../../../shared/failures/failure.ts'
import type { MessageReceiver } from '../net/server-target.ts'
import { imapflowFailure, isRefusal } from './imap-failure.ts'

/** At 40 ms to the server, 2,000 messages took 1.4 s with 500 to a command, 3.4 s with 50 (measured). */
const batchCount = 500
const batchBytes = 16 * 1024 * 1024
const partBytes = 2 * 1024 * 1024

export interface Wanted {
  readonly serverId: string
  /** null = of another UIDVALIDITY: not here any more. */
  readonly uid: number | null
  readonly size: number
}

export class ImapFetch {
  readonly #client: ImapFlow
  readonly #receiver: MessageReceiver
  readonly #evidence: Evidence
  readonly #whyClosed: () => Failure | null

  constructor(client: ImapFlow, receiver: MessageReceiver, evidence: Evidence, whyClosed: () => Failure | null) {
    this.#client = client
    this.#receiver = receiver
    this.#evidence = evidence
    this.#whyClosed = whyClosed
  }

  async bring(wanted: readonly Wanted[]): Promise<Outcome<void>> {
    try {
      for (const batch of batches(wanted)) {
        const first = batch[0]
        const taken = first !== undefined && first.size > partBytes ? await this.#inParts(first) : await this.#together(batch)
        if (!taken.ok) return taken
      }
      return done(undefined)
    } catch (error) {
      this.#client.close()
      throw error
    }
  }

  async #together(batch: readonly Wanted[]): Promise<Outcome<void>> {
    const uids = batch.flatMap(({ uid }) => uid ?? [])
    const due = [...batch]
    // Servers answer in their mailbox's order: what comes early waits for its turn, at most one batch of it.
    const early = new Map<number, FetchMessageObject>()
    let receiverError: { readonly error: unknown } | null = null
    try {
      if (uids.length > 0) {
        for await (const message of this.#client.fetch(uids.join(','), { uid: true, source: true }, { uid: true })) {
          // Without a source it is news of another kind: flags that somebody else changed meanwhile (RFC 9051 section 7.5.2).
          if (message.source === undefined || !due.some(({ uid }) => uid === message.uid)) continue
          early.set(message.uid, message)
          try {
            await this.#deliver(due, early)
          } catch (error) {
            receiverError = { error }
            break
          }
        }
      }
    } catch (error) {
      const reason = this.#whyClosed() ?? imapflowFailure(error, 'message', this.#evidence)
      if (!isRefusal(error) || !this.#client.usable) return refused(reason)
      // One message that the server can't read must not keep the others from coming.
      return due.length === 1 ? this.#missing(due, refused(reason)) : this.#oneByOne(due)
    }
    if (receiverError !== null) throw receiverError.error
    return this.#missing(due, failed('message.gone', this.#evidence), early)
  }

  async #deliver(due: Wanted[], early: Map<number, FetchMessageObject>): Promise<void> {
    for (let next = due[0]; next !== undefined && early.has(next.uid ?? 0); next = due[0]) {
      const message = early.get(next.uid ?? 0)
      early.delete(next.uid ?? 0)
      due.shift()
      await this.#handOver(next, message?.source)
    }
  }

  /** After the server's answer: what it did not send is not there; what was sent early still gets its turn. */
  async #missing(due: readonly Wanted[], reason: Outcome<never>, early: ReadonlyMap<number, FetchMessageObject> = new Map()): Promise<Outcome<void>> {
    for (const wanted of due) {
      const message = early.get(wanted.uid ?? 0)
      if (message === undefined) await this.#receiver.end(wanted.serverId, reason)
      else await this.#handOver(wanted, message.source)
    }
    return done(undefined)
  }

  async #oneByOne(due: readonly Wanted[]): Promise<Outcome<void>> {
    for (const wanted of due) {
      const taken = await this.#together([wanted])
      if (!taken.ok) return taken
    }
    return done(undefined)
  }

  async #handOver({ serverId, size }: Wanted, source: Buffer | undefined): Promise<void> {
    if (source === undefined) {
      await this.#receiver.end(serverId, failed('message.gone', this.#evidence))
      return
    }
    const sink = await this.#receiver.begin(serverId, size)
    await sink.write(source)
    await this.#receiver.end(serverId, done({ bytes: source.length }))
  }

  async #inParts(wanted: Wanted): Promise<Outcome<void>> {
    const first = await this.#part(wanted, 0)
    if (!first.ok) return this.#partRefused(wanted, first)
    const sink = await this.#receiver.begin(wanted.serverId, wanted.size)
    let bytes = 0
    for (let part = first.value; ; ) {
      bytes += part.length
      await sink.write(part)
      // A part shorter than asked for is the last one.
      if (part.length < partBytes) break
      const next = await this.#part(wanted, bytes)
      if (!next.ok) return this.#partRefused(wanted, next)
      part = next.value
    }
    await this.#receiver.end(wanted.serverId, done({ bytes }))
    return done(undefined)
  }

  async #partRefused(wanted: Wanted, reason: Outcome<never>): Promise<Outcome<void>> {
    if (!this.#client.usable) return reason
    await this.#receiver.end(wanted.serverId, reason)
    return done(undefined)
  }

  async #part({ uid }: Wanted, start: number): Promise<Outcome<Buffer>> {
    try {
      const message = await this.#client.fetchOne(String(uid), { uid: true, source: { start, maxLength: partBytes } }, { uid: true })
      if (message !== false && message !== undefined && message.source !== undefined) return done(message.source)
      return this.#client.usable ? failed('message.gone', this.#evidence) : refused(this.#whyClosed() ?? { code: 'connect.lost', evidence: this.#evidence })
    } catch (error) {
      return refused(this.#whyClosed() ?? imapflowFailure(error, 'message', this.#evidence))
    }
  }
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
