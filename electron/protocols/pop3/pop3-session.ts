/**
 * A POP3 inbox somebody is signed in to (RFC 1939).
 *
 * What is handed on is what the server sent between the +OK and the closing dot: dots un-stuffed, CRLF as sent, nothing
 * decoded, streamed with back-pressure. A connection that breaks within a message ends the fetch as a failure; the message
 * begun is then not ended. A message that begins with a dot is asked for twice (first-dot.ts), the second time after all others.
 * Nothing is marked for removal while fetching.
 */
import { done, failed, failure, refused } from '../../../shared/failures/failure.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import type { ServerAdvice } from '../../../shared/model/server-advice.ts'
import type { InboxSession, ServerMessage } from '../mail-session.ts'
import { mostBytesOf } from '../message-limit.ts'
import type { MessageReceiver } from '../net/server-target.ts'
import { lookForDot, readingOf } from './first-dot.ts'
import type { Pop3Server } from './greet-pop3.ts'
import { listMessages, readTop } from './message-ids.ts'
import type { Listing, Numbered } from './message-ids.ts'
import { ask, readStatus } from './pop3-dialogue.ts'
import { pop3Failure } from './pop3-failure.ts'
import { sendAhead } from './send-ahead.ts'
import { announcedHabits } from './server-habits.ts'
import { type FirstLine, Unstuffer } from './unstuff.ts'

/** So many stretches of one segment are written one by one, without copying them together. */
const fewParts = 8

export class Pop3Session implements InboxSession {
  readonly folders = null
  readonly #server: Pop3Server
  #listing: Listing | null = null
  #wrongSizes = 0
  #undoubledDots = 0

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
    const numbered = serverIds.flatMap((serverId) => {
      const message = listing.value.messages.get(serverId)
      return message === undefined ? [] : [{ serverId, ...message }]
    })
    const next = sendAhead(this.#server, numbered.map(({ number }) => `TOP ${number} 0`))
    const headers = new Map<string, Buffer>()
    for (const { serverId, size } of numbered) {
      const header = await readTop(this.#server, size, next())
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
    try {
      const readings = await this.#fetchEach(serverIds, messages, receiver, new Map())
      if (!readings.ok || readings.value.size === 0) return readings.ok ? done(undefined) : readings
      for (const reading of readings.value.values()) if (reading === 'as it is') this.#undoubledDots += 1
      const again = await this.#fetchEach([...readings.value.keys()], messages, receiver, readings.value)
      return again.ok ? done(undefined) : again
    } catch (error) {
      this.#server.connection.close()
      throw error
    }
  }

  /** Answers with how those are to be read that were only counted: nothing was known of their first line. */
  async #fetchEach(serverIds: readonly string[], messages: Listing['messages'], receiver: MessageReceiver, known: ReadonlyMap<string, FirstLine>): Promise<Outcome<ReadonlyMap<string, FirstLine>>> {
    const retrieve = sendAhead(this.#server, retrievals(serverIds, messages))
    const readings = new Map<string, FirstLine>()
    for (const serverId of serverIds) {
      const message = messages.get(serverId)
      if (message === undefined) {
        await receiver.end(serverId, failed('message.gone', this.#server.evidence))
        continue
      }
      const following = retrieve()
      const reading = await this.#receive(serverId, message, receiver, known.get(serverId) ?? null, following)
      if (!reading.ok) return this.#server.connection.refuse(reading.failure)
      if (reading.value !== null) readings.set(serverId, reading.value)
    }
    return done(readings)
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
    const undoubledDots = this.#undoubledDots === 0 ? [] : [{ kind: 'undoubled-dots', count: this.#undoubledDots } as const]
    return [...announcedHabits(this.#server.capabilities), ...(this.#listing?.advice ?? []), ...wrongSizes, ...undoubledDots]
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

  /** Null = it was handed over. */
  async #receive(serverId: string, { size }: Numbered, receiver: MessageReceiver, firstLine: FirstLine | null, following: number): Promise<Outcome<FirstLine | null>> {
    const { connection, evidence } = this.#server
    const status = await readStatus(connection, evidence)
    if (!status.ok) return status
    if (!status.value.positive) {
      const reason = pop3Failure(status.value.line, 'message', evidence)
      await receiver.end(serverId, refused(reason))
      return done(null)
    }
    const beginning = firstLine === null ? await lookForDot(this.#server, size, following) : usual
    if (!beginning.ok) return beginning
    if (beginning.value.is === 'dot' || beginning.value.is === 'line') return readingOf(this.#server, beginning.value, size)
    const sink = await receiver.begin(serverId, size)
    const unstuffer = new Unstuffer(firstLine ?? 'stuffed')
    let bytes = 0
    while (beginning.value.is === 'usual' && !unstuffer.over) {
      const piece = await connection.piece()
      if (!piece.ok) return piece
      const { content, rest } = unstuffer.take(piece.value)
      connection.putBack(rest)
      // A stuffed dot must not cost a write of its own, where there are many.
      for (const part of content.length > fewParts ? [Buffer.concat(content)] : content) {
        bytes += part.length
        if (bytes > mostBytesOf(size)) return refused(failure('server.answer-too-long', evidence))
        const room = sink.write(part)
        if (room !== undefined) await room
      }
      if (rest.length === 0) connection.giveBack(piece.value)
    }
    if (bytes !== size) this.#wrongSizes += 1
    await receiver.end(serverId, done({ bytes }))
    return done(null)
  }
}

const usual = done({ is: 'usual' } as const)

function* retrievals(serverIds: readonly string[], messages: Listing['messages']): Iterable<string> {
  for (const serverId of serverIds) {
    const message = messages.get(serverId)
    if (message !== undefined) yield `RETR ${message.number}`
  }
}

function numbersOf(message: Numbered | undefined): readonly number[] {
  return message === undefined ? [] : [message.number, ...message.twins]
}
