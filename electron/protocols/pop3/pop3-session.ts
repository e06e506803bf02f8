/**
 * A POP3 inbox somebody is signed in to (RFC 1939).
 *
 * What is handed on is what the server sent between the +OK and the closing dot: dots un-stuffed, CRLF as sent, nothing
 * decoded, streamed with back-pressure. A connection that breaks within a message ends the fetch as a failure; the message
 * begun is then not ended. Nothing is marked for removal while fetching.
 */
import { done, failed, failure, refused } from '../../../shared/failures/failure.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import type { ServerAdvice } from '../../../shared/model/server-advice.ts'
import type { InboxSession, ServerMessage } from '../mail-session.ts'
import { mostBytesOf } from '../message-limit.ts'
import type { MessageReceiver } from '../net/server-target.ts'
import type { Pop3Server } from './greet-pop3.ts'
import { listMessages, readTop } from './message-ids.ts'
import type { Listing, Numbered } from './message-ids.ts'
import { ask, readStatus } from './pop3-dialogue.ts'
import { pop3Failure } from './pop3-failure.ts'
import { sendAhead } from './send-ahead.ts'
import { announcedHabits } from './server-habits.ts'
import { Unstuffer } from './unstuff.ts'

/** So many stretches of one segment are written one by one, without copying them together. */
const fewParts = 8

export class Pop3Session implements InboxSession {
  readonly folders = null
  readonly #server: Pop3Server
  #listing: Listing | null = null
  #wrongSizes = 0

  constructor(server: Pop3Server) {
    this.#server = server
  }

  async list(): Promise<Outcome<readonly ServerMessage[]>> {
    const listing = await this.#list()
    if (!listing.ok) return listing
    // POP3 does not tell what has been read.
    const messages: ServerMessage[] = []
    for (const [serverId, { size }] of listing.value.messages) messages.push({ serverId, size, seen: false })
    return done(messages)
  }

  async headers(serverIds: readonly string[]): Promise<Outcome<ReadonlyMap<string, Buffer>>> {
    const listing = await this.#list()
    if (!listing.ok) return listing
    const numbered = serverIds.flatMap((serverId) => numbersOf(listing.value.messages.get(serverId)).slice(0, 1).map((number) => ({ serverId, number })))
    const next = sendAhead(this.#server, numbered.map(({ number }) => `TOP ${number} 0`))
    const headers = new Map<string, Buffer>()
    for (const { serverId } of numbered) {
      next()
      const header = await readTop(this.#server)
      if (!header.ok) return this.#server.connection.refuse(header.failure)
      if (header.value.ok) headers.set(serverId, header.value.value)
    }
    return done(headers)
  }

  /** A rejection of the receiver closes the connection and is passed on. */
  async fetch(serverIds: readonly string[], receiver: MessageReceiver): Promise<Outcome<void>> {
    const listing = await this.#list()
    if (!listing.ok) return listing
    const { messages } = listing.value
    const retrieve = sendAhead(this.#server, retrievals(serverIds, messages))
    try {
      for (const serverId of serverIds) {
        const message = messages.get(serverId)
        if (message === undefined) {
          await receiver.end(serverId, failed('message.gone', this.#server.evidence))
          continue
        }
        retrieve()
        const taken = await this.#receive(serverId, message, receiver)
        if (!taken.ok) return this.#server.connection.refuse(taken.failure)
      }
    } catch (error) {
      this.#server.connection.close()
      throw error
    }
    return done(undefined)
  }

  async removeAndClose(serverIds: readonly string[]): Promise<Outcome<readonly string[]>> {
    const { connection, evidence } = this.#server
    const listing = await this.#list()
    if (!listing.ok) return this.#server.connection.refuse(listing.failure)
    const marked: string[] = []
    const deletions = serverIds.flatMap((serverId) => numbersOf(listing.value.messages.get(serverId)).map((number) => ({ serverId, number })))
    if (connection.hasUnread) return connection.refuse(failure('server.protocol', { ...evidence, detail: 'an answer to nothing' }))
    const advance = sendAhead(this.#server, deletions.map(({ number }) => `DELE ${number}`))
    const spared = new Set<string>()
    for (const { serverId } of deletions) {
      advance()
      const status = await readStatus(connection, evidence)
      if (!status.ok) return this.#server.connection.refuse(status.failure)
      if (!status.value.positive) spared.add(serverId)
      marked.push(serverId)
    }
    // RFC 1939 section 6: only QUIT removes, and its +OK is the confirmation.
    const goodbye = await ask(connection, 'QUIT', evidence)
    connection.close()
    return goodbye.ok ? done([...new Set(marked)].filter((serverId) => !spared.has(serverId))) : goodbye
  }

  advice(): readonly ServerAdvice[] {
    const wrongSizes = this.#wrongSizes === 0 ? [] : [{ kind: 'wrong-sizes', count: this.#wrongSizes } as const]
    return [...announcedHabits(this.#server.capabilities), ...(this.#listing?.advice ?? []), ...wrongSizes]
  }

  async hangUp(): Promise<void> {
    this.#server.connection.close()
  }

  async close(): Promise<void> {
    // QUIT without DELE before it removes nothing; its answer is of no interest.
    this.#server.connection.send('QUIT')
    this.#server.connection.end()
  }

  async #list(): Promise<Outcome<Listing>> {
    if (this.#listing !== null) return done(this.#listing)
    const listing = await listMessages(this.#server)
    if (!listing.ok) return this.#server.connection.refuse(listing.failure)
    this.#listing = listing.value
    return listing
  }

  async #receive(serverId: string, { size }: Numbered, receiver: MessageReceiver): Promise<Outcome<void>> {
    const { connection, evidence } = this.#server
    const status = await readStatus(connection, evidence)
    if (!status.ok) return status
    if (!status.value.positive) {
      const reason = pop3Failure(status.value.line, 'message', evidence)
      await receiver.end(serverId, refused(reason))
      return done(undefined)
    }
    const sink = await receiver.begin(serverId, size)
    const unstuffer = new Unstuffer()
    let bytes = 0
    while (!unstuffer.over) {
      const piece = await connection.piece()
      if (!piece.ok) return piece
      const { content, rest } = unstuffer.take(piece.value)
      connection.putBack(rest)
      // A stuffed dot must not cost a write of its own, where there are many.
      for (const part of content.length > fewParts ? [Buffer.concat(content)] : content) {
        bytes += part.length
        if (bytes > mostBytesOf(size)) return refused(failure('server.answer-too-long', evidence))
        await sink.write(part)
      }
      if (rest.length === 0) connection.giveBack(piece.value)
    }
    if (bytes !== size) this.#wrongSizes += 1
    await receiver.end(serverId, done({ bytes }))
    return done(undefined)
  }
}

function* retrievals(serverIds: readonly string[], messages: Listing['messages']): Iterable<string> {
  for (const serverId of serverIds) {
    const message = messages.get(serverId)
    if (message !== undefined) yield `RETR ${message.number}`
  }
}

function numbersOf(message: Numbered | undefined): readonly number[] {
  return message === undefined ? [] : [message.number, ...message.twins]
}
