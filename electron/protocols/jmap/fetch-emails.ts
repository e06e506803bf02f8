/**
 * Brings messages as the bytes they are (RFC 8620 section 6.2), several downloads at a time. What is short waits in memory for its turn,
 * whatever is longer goes to the store as it comes: the receiver gets one message after the other, in whatever order they arrive.
 */
import { z } from 'zod'
import { done, failed, type Failure, refused, type Outcome } from '../../../shared/failures/failure.ts'
import type { FolderMessage } from '../../../shared/model/server-folder.ts'
import { mostBytesOf } from '../message-limit.ts'
import { spareMemoryFor } from '../spare-memory.ts'
import type { MessageReceiver, MessageSink } from '../net/server-target.ts'
import type { JmapClient } from './jmap-client.ts'
import { idSchema } from './session-resource.ts'

/** Bytes of a message that wait in memory while another one is being taken. */
const mostWaiting = 256 * 1024

const blobsSchema = z.object({ list: z.array(z.object({ id: idSchema, blobId: idSchema })).max(10_000) })

export async function fetchEmails(client: JmapClient, messages: readonly FolderMessage[], receiver: MessageReceiver): Promise<Outcome<void>> {
  const { objectsInGet, downloadsAtOnce } = client.session.limits
  spareMemoryFor(messages.length)
  for (let at = 0; at < messages.length; at += objectsInGet) {
    const group = messages.slice(at, at + objectsInGet)
    const blobs = await blobsOf(client, group)
    if (!blobs.ok) return blobs
    const fetched = await fetchGroup(client, group, blobs.value, receiver, downloadsAtOnce)
    if (!fetched.ok) return fetched
  }
  return done(undefined)
}

async function blobsOf(client: JmapClient, messages: readonly FolderMessage[]): Promise<Outcome<ReadonlyMap<string, string>>> {
  const answers = await client.call([{ method: 'Email/get', with: { ids: messages.map(({ serverId }) => serverId), properties: ['id', 'blobId'] }, as: 'blobs' }])
  if (!answers.ok) return answers
  const told = answers.value.read('blobs', 'Email/get', blobsSchema)
  return told.ok ? done(new Map(told.value.list.map(({ id, blobId }) => [id, blobId]))) : told
}

async function fetchGroup(client: JmapClient, messages: readonly FolderMessage[], blobs: ReadonlyMap<string, string>, receiver: MessageReceiver, atOnce: number): Promise<Outcome<void>> {
  const left = messages.values()
  const turns = createTurns()
  const stop = new AbortController()
  let ended: { readonly failure: Failure } | null = null

  async function work(): Promise<void> {
    for (const message of left) {
      if (ended !== null) return
      const outcome = await fetchOne(client, message, blobs.get(message.serverId), receiver, turns, stop.signal)
      if (outcome.ok) continue
      ended ??= { failure: outcome.failure }
      stop.abort()
    }
  }

  try {
    await Promise.all(Array.from({ length: atOnce }, work))
  } finally {
    stop.abort()
  }
  const over = ended as { readonly failure: Failure } | null
  return over === null ? done(undefined) : refused(over.failure)
}

/** Not ok = the server is of no more use; what is wrong with this message alone is told to the receiver. */
async function fetchOne(client: JmapClient, { serverId, size }: FolderMessage, blobId: string | undefined, receiver: MessageReceiver, turns: Turns, signal: AbortSignal): Promise<Outcome<void>> {
  let giveBack: (() => void) | null = null
  let taking: MessageSink | null = null
  let bytes = 0
  const waiting: Uint8Array[] = []

  async function begin(): Promise<MessageSink> {
    giveBack = await turns.take()
    const sink = await receiver.begin(serverId, size)
    for (const piece of waiting.splice(0)) await sink.write(piece)
    taking = sink
    return sink
  }

  const sink: MessageSink = {
    write(piece) {
      bytes += piece.length
      if (taking !== null) return taking.write(piece)
      waiting.push(piece)
      return bytes > mostWaiting ? begin().then(() => undefined) : undefined
    },
  }

  try {
    if (blobId === undefined) return await tell(failed('message.gone', client.evidence))
    const answer = await client.download(blobId, mostBytesOf(size), sink, signal)
    if (!answer.ok && answer.failure.code !== 'message.gone') return answer
    return await tell(answer.ok ? done({ bytes }) : answer)
  } finally {
    // Only set by what was called above, which the compiler does not follow.
    ;(giveBack as (() => void) | null)?.()
  }

  async function tell(outcome: Outcome<{ readonly bytes: number }>): Promise<Outcome<void>> {
    if (taking === null) await begin()
    await receiver.end(serverId, outcome)
    return done(undefined)
  }
}

interface Turns {
  take(): Promise<() => void>
}

/** One at a time, in the order they came. */
function createTurns(): Turns {
  let last: Promise<void> = Promise.resolve()
  return {
    async take() {
      const mine = Promise.withResolvers<void>()
      const before = last
      last = mine.promise
      await before
      return mine.resolve
    },
  }
}
