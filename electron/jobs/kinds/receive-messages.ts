/**
 * Messages on their way from a server into the store: counted as they come, committed in groups, one round of fsync for each.
 * What came in whole is kept, however the run ended.
 */
import { done, failure, refused, type Failure, type Outcome } from '../../../shared/failures/failure.ts'
import type { Account } from '../../../shared/model/account.ts'
import { skippedNamed, type JobDetail } from '../../../shared/model/job.ts'
import type { ServerAdvice } from '../../../shared/model/server-advice.ts'
import type { IncomingBatch, IncomingMessage, KnownOfMessage, MailStore } from '../../mail/mail-store.ts'
import type { MessageReceiver } from '../../protocols/net/server-target.ts'
import type { JobContext } from '../job-engine.ts'

/** A group is committed when it has this many messages or bytes, whatever comes first. */
export const groupMessages = 500
const groupBytes = 32 * 1024 * 1024

type FetchDetail = Extract<JobDetail, { kind: 'fetch-mail' }>

export const nothingYet: FetchDetail = { kind: 'fetch-mail', phase: 'connect', fetched: 0, arrived: null, known: 0, bytes: 0, bytesTotal: null, skipped: [], skippedTotal: 0, removed: 0, advice: [] }

/** Counts what happens and reports it: bytes as they come, messages as they are durable. */
export function createTally(wanted: readonly { readonly size: number }[], known: number, context: JobContext<'fetch-mail'>) {
  const total = wanted.length
  let detail: FetchDetail = { ...nothingYet, phase: 'fetch', known, bytesTotal: wanted.reduce((sum, { size }) => sum + size, 0) }
  let received = 0
  const change = (next: Partial<FetchDetail>) => {
    detail = { ...detail, ...next }
    context.report({ done: received, total }, detail)
  }
  change({})
  return {
    piece: (bytes: number) => change({ bytes: detail.bytes + bytes }),
    received() {
      received += 1
      change({})
    },
    /** They are here already, as it turns out. */
    spared(messages: readonly { readonly size: number }[]) {
      received += messages.length
      const bytes = messages.reduce((sum, { size }) => sum + size, 0)
      change({ known: detail.known + messages.length, bytesTotal: Math.max(0, (detail.bytesTotal ?? 0) - bytes) })
    },
    skipped(serverId: string, reason: Failure) {
      received += 1
      const skipped = detail.skipped.length < skippedNamed ? [...detail.skipped, { serverId, failure: reason }] : detail.skipped
      change({ skipped, skippedTotal: detail.skippedTotal + 1 })
    },
    skippedSoFar: () => detail.skippedTotal,
    stored: (count: number) => change({ fetched: detail.fetched + count }),
    arrived: (count: number) => change({ arrived: (detail.arrived ?? 0) + count }),
    removing: () => change({ phase: 'remove' }),
    removed: (count: number) => change({ removed: count }),
    advised: (advice: readonly ServerAdvice[]) => change({ advice: [...advice] }),
  }
}

export type Tally = ReturnType<typeof createTally>

/** Thrown through a session's `fetch` to end it because storing failed here; never leaves this file. */
class StoringFailed extends Error {
  readonly reason: Failure
  constructor(reason: Failure) {
    super(reason.code)
    this.reason = reason
  }
}

/** What is known of a message before it comes; `told`: by a server with folders. */
export interface KnownBefore {
  readonly seen: boolean
  readonly told?: KnownOfMessage
}

/** `fetch` brings `count` messages, one after the other, to the receiver it is given. */
export async function receiveMessages(
  mail: Pick<MailStore, 'receive'>,
  account: Account,
  folder: string,
  count: number,
  knownOf: (serverId: string) => KnownBefore,
  tally: Tally,
  fetch: (receiver: MessageReceiver) => Promise<Outcome<void>>,
): Promise<Outcome<void>> {
  if (count === 0) return done(undefined)
  const groups = createGroups(mail, account, folder, knownOf, tally)
  try {
    const fetched = await fetch(groups.receiver)
    await groups.finish()
    return fetched
  } catch (error) {
    if (error instanceof StoringFailed) return refused(error.reason)
    throw error
  } finally {
    await groups.abandon()
  }
}

function createGroups(mail: Pick<MailStore, 'receive'>, account: Account, folder: string, knownOf: (serverId: string) => KnownBefore, tally: Tally) {
  const batch: IncomingBatch = mail.receive(account.id, folder, account.privacy, (serverId) => knownOf(serverId).told)
  let current: IncomingMessage | null = null
  let waiting = { messages: 0, bytes: 0 }
  /** The group that is becoming durable while the next one comes in. */
  let committing: Promise<void> = Promise.resolve()

  async function beginCommit(): Promise<void> {
    await committing
    if (waiting.messages === 0) return
    waiting = { messages: 0, bytes: 0 }
    committing = commit()
    // Whoever waits for it next is told; until then a failure must not count as nobody's.
    committing.catch(() => {})
  }

  async function commit(): Promise<void> {
    const committed = await batch.commit()
    if (!committed.ok) throw new StoringFailed(committed.failure)
    tally.stored(committed.value.stored)
  }

  const receiver = {
    async begin(serverId: string) {
      const message = await batch.begin(serverId, { seen: knownOf(serverId).seen })
      current = message
      return {
        write(piece: Uint8Array) {
          tally.piece(piece.length)
          return message.write(piece)
        },
      }
    },
    async end(serverId: string, outcome: Outcome<{ readonly bytes: number }>) {
      const message = current
      current = null
      if (!outcome.ok) {
        await message?.abandon()
        tally.skipped(serverId, outcome.failure)
        return
      }
      const finished = await message?.finish()
      if (finished === undefined || !finished.ok) throw new StoringFailed(finished?.failure ?? failure('storage.failed'))
      tally.received()
      waiting = { messages: waiting.messages + 1, bytes: waiting.bytes + outcome.value.bytes }
      if (waiting.messages >= groupMessages || waiting.bytes >= groupBytes) await beginCommit()
    },
  }

  return {
    receiver,
    /** What came in whole is kept, however the run ended; the one that was cut off is not. */
    async finish(): Promise<void> {
      await current?.abandon()
      current = null
      await beginCommit()
      await committing
    },
    async abandon(): Promise<void> {
      await committing.catch(() => {})
      await batch.abandon()
    },
  }
}
