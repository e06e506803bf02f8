/**
 * Sends a message to oneself and, where the account receives, waits until it stands in the inbox: asked again after 0.5, 1, 2,
 * 4 and then every 8 seconds, until the account's timeout.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import type { InboxSession, ServerMessage } from '../../protocols/mail-session.ts'
import { pause, type Timers } from '../timers.ts'
import type { CheckSides } from './check-sides.ts'
import type { StepList } from './check-steps.ts'
import { composeTestMessage, type TestMessageWords } from './compose-test-message.ts'

export interface TestMessageOptions {
  readonly address: string
  /** How long to wait for it to arrive. */
  readonly seconds: number
  readonly watchInbox: boolean
  readonly signal: AbortSignal
  readonly words: TestMessageWords
  readonly spool: string
  readonly now: () => Date
  readonly timers: Timers
}

/** A message larger than this is somebody else's. */
const largest = 256 * 1024
const firstWait = 500
const longestWait = 8000

export async function sendTestMessage(sides: CheckSides, list: StepList, options: TestMessageOptions): Promise<void> {
  const token = randomUUID()
  const before = options.watchInbox ? await idsInInbox(sides) : done(new Set<string>())
  list.begin('test-message', 'submit')
  const submitted = before.ok ? await submit(sides, options, token) : before
  if (!submitted.ok) return list.fail('test-message', 'submit', submitted.failure)
  list.end('test-message', 'submit', submitted.value)
  if (!options.watchInbox || !before.ok) return

  list.begin('test-message', 'arrive')
  const arrived = await waitFor(sides, options, before.value, token)
  if (arrived.ok) list.end('test-message', 'arrive', null)
  else list.fail('test-message', 'arrive', arrived.failure)
}

async function submit(sides: CheckSides, options: TestMessageOptions, token: string): Promise<Outcome<string>> {
  const { address, words, now, spool } = options
  const message = composeTestMessage(address, words, token, now())
  const file = join(spool, `test-${token}.eml`)
  const opened = await sides.openOutgoing()
  if (!opened.ok) return opened
  try {
    await mkdir(spool, { recursive: true, mode: 0o700 })
    await writeFile(file, message, { mode: 0o600 })
    const request = { mailFrom: address, recipients: [address], file, size: message.length, envelopeId: null, submitting: () => true }
    const answer = await opened.value.submit(request)
    return answer.ok ? done(answer.value.words) : answer
  } finally {
    await rm(file, { force: true })
    await opened.value.close()
  }
}

async function waitFor(sides: CheckSides, options: TestMessageOptions, before: ReadonlySet<string>, token: string): Promise<Outcome<void>> {
  const { now, timers, signal, seconds, address } = options
  const until = now().getTime() + seconds * 1000
  const looked = new Set(before)
  for (let wait = firstWait; now().getTime() < until && !signal.aborted; wait = Math.min(wait * 2, longestWait)) {
    await pause(timers, wait, signal)
    // A look that fails is not the end: a POP3 mailbox may be in use for a moment. The next one, or the timeout, decides.
    const found = await inInbox(sides, (session) => lookFor(session, looked, token))
    if (found.ok && found.value) return done(undefined)
  }
  return signal.aborted ? failed('job.cancelled') : failed('send.test-not-arrived', { seconds, address })
}

/** Reads the small messages that are new since the last look, and says whether ours is one of them. */
async function lookFor(session: InboxSession, looked: Set<string>, token: string): Promise<Outcome<boolean>> {
  const listed = await session.list()
  if (!listed.ok) return listed
  const fresh = listed.value.filter(({ serverId, size }: ServerMessage) => !looked.has(serverId) && size <= largest)
  if (fresh.length === 0) return done(false)
  let found = false
  let pieces: Uint8Array[] = []
  const fetched = await session.fetch(fresh.map(({ serverId }) => serverId), {
    begin() {
      pieces = []
      return { write: (piece) => void pieces.push(Uint8Array.from(piece)) }
    },
    end(serverId) {
      looked.add(serverId)
      found ||= Buffer.concat(pieces).includes(token)
    },
  })
  return found || fetched.ok ? done(found) : fetched
}

async function idsInInbox(sides: CheckSides): Promise<Outcome<Set<string>>> {
  return inInbox(sides, async (session) => {
    const listed = await session.list()
    return listed.ok ? done(new Set(listed.value.map(({ serverId }) => serverId))) : listed
  })
}

async function inInbox<T>(sides: CheckSides, work: (session: InboxSession) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  const opened = await sides.openIncoming()
  if (!opened.ok) return opened
  try {
    return await work(opened.value)
  } finally {
    // What was looked at here is stored nowhere: no good-bye that could be taken for a receipt.
    await opened.value.hangUp()
  }
}
