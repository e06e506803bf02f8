/**
 * Tells when something happens in an account over JMAP: by the server's event stream (RFC 8620 section 7.3), or, where it offers none, by
 * asking for the state of the messages every two minutes.
 *
 *   sign in ─▶ told once, as something may have happened before ─▶ stream … ended ─▶ told once ─▶ stream …     or ask ─▶ pause ─▶ ask …
 *
 * A stream that held for a while and ends is begun again at once; one that never holds is a failure, and whoever watches waits longer and longer.
 */
import { createParser } from 'eventsource-parser'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import type { ServerTarget, SignInWith } from '../net/server-target.ts'
import { askForState, stateIn } from './email-news.ts'
import type { JmapClient } from './jmap-client.ts'
import { connectJmap } from './open-jmap.ts'
import { expand, parseJson } from './session-resource.ts'

/** Seconds and milliseconds. */
export interface JmapWatchPace {
  /** How often a server that is silent is to say that it is there, seconds. */
  readonly ping: number
  /** A server may choose its own ping; silent for longer than this, seconds, it is gone. */
  readonly silentFor: number
  readonly askEvery: number
  /** A stream that held for this long was one. */
  readonly holdsAfter: number
}
export const usualJmapPace: JmapWatchPace = { ping: 60, silentFor: 15 * 60, askEvery: 2 * 60_000, holdsAfter: 30_000 }

/** RFC 8620 section 7.1. */
const changeSchema = z.object({ changed: z.record(z.string(), z.record(z.string(), z.string())) })
/** Of a whole stream, bytes: at a word a minute, that of centuries. What floods ends, and whoever watches waits longer and longer. */
const longestStream = 16 * 1024 * 1024
/** Characters of one event. */
const longestEvent = 256 * 1024

/** Until the server is lost, or `target.signal` ends it. */
export async function watchJmap(target: ServerTarget, signIn: SignInWith, told: () => void, pace: JmapWatchPace = usualJmapPace): Promise<Outcome<never>> {
  for (;;) {
    const connected = await connectJmap(target, signIn)
    if (!connected.ok) return connected
    const client = connected.value
    try {
      told()
      const began = performance.now()
      const streamed = await listen(client, told, pace)
      if (target.signal.aborted) return failed('job.cancelled', client.evidence)
      if (streamed.ok && !streamed.value) return await ask(client, told, pace.askEvery, target.signal)
      if (performance.now() - began < pace.holdsAfter) return streamed.ok ? failed('connect.lost', client.evidence) : streamed
    } finally {
      client.close()
    }
  }
}

/** False = the server offers no stream. */
async function listen(client: JmapClient, told: () => void, pace: JmapWatchPace): Promise<Outcome<boolean>> {
  const { eventSourceUrl, accountId } = client.session
  if (eventSourceUrl === null) return done(false)
  let isEndless = false
  const decoder = new TextDecoder()
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event !== 'state') return
      const change = changeSchema.safeParse(parseJson(data))
      const types = change.success ? (change.data.changed[accountId] ?? {}) : {}
      if ('Email' in types || 'Mailbox' in types || 'EmailDelivery' in types) told()
    },
    onError: ({ type }) => {
      isEndless ||= type === 'max-buffer-size-exceeded'
    },
    maxBufferSize: longestEvent,
  })
  const sink = {
    write(piece: Uint8Array) {
      parser.feed(decoder.decode(piece, { stream: true }))
      if (isEndless) throw new EndlessEvent()
    },
  }
  const url = expand(eventSourceUrl, { types: 'Email,Mailbox', closeafter: 'no', ping: String(pace.ping) })
  const isStream = (status: number, type: string) => status === 200 && /^text\/event-stream\b/i.test(type)
  try {
    let offered = false
    const answer = await client.listen(url, { silentFor: pace.silentFor, mostBytes: longestStream }, ({ status, headers }) => {
      offered = isStream(status, headers.get('content-type') ?? '')
      return offered ? sink : null
    })
    return answer.ok ? done(offered) : answer
  } catch (error) {
    if (error instanceof EndlessEvent) return failed('server.answer-too-long', client.evidence)
    throw error
  }
}

/** Thrown through the client to end a stream; never leaves this file. */
class EndlessEvent extends Error {}

async function ask(client: JmapClient, told: () => void, askEvery: number, signal: AbortSignal): Promise<Outcome<never>> {
  for (let before: string | null = null; ; ) {
    const answers = await client.call([askForState])
    if (!answers.ok) return answers
    const state = stateIn(answers.value)
    if (!state.ok) return state
    if (before !== null && before !== state.value) told()
    before = state.value
    const waited = await pause(askEvery, true, { signal, ref: false }).catch(() => false)
    if (!waited) return failed('job.cancelled', client.evidence)
  }
}
