/**
 * Tells when something happens in an inbox: by IDLE (RFC 2177), begun anew before the 29 minutes after which a server may end it,
 * or, where the server does not offer it, by asking every two minutes. The inbox is only looked at, so nothing in it changes.
 *
 *   sign in ─▶ EXAMINE ─▶ told once, as something may have happened before ─▶ IDLE … DONE ─▶ IDLE …   or NOOP ─▶ pause ─▶ NOOP …
 */
import { setTimeout as pause } from 'node:timers/promises'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import type { ServerTarget, SignInWith } from '../net/server-target.ts'
import { withoutSecret } from '../net/server-words.ts'
import { withToken } from '../sasl/with-token.ts'
import type { ImapConnection } from './imap-connection.ts'
import type { Response } from './imap-responses.ts'
import { connectImap } from './open-imap.ts'

/** Milliseconds. Routers forget a silent connection sooner than servers do. */
export interface WatchPace {
  readonly renewEvery: number
  readonly askEvery: number
}
export const usualPace: WatchPace = { renewEvery: 24 * 60_000, askEvery: 2 * 60_000 }

/** Longer than between two renewals. */
const longestSilenceSeconds = 29 * 60

/** Until the connection ends, or `target.signal` ends it. */
export async function watchImap(target: ServerTarget, signIn: SignInWith, told: () => void, pace: WatchPace = usualPace): Promise<Outcome<never>> {
  return withToken(signIn, target.signal, async (credentials) => {
    const connected = await connectImap(target, credentials)
    return connected.ok ? withoutSecret(await watch(connected.value, target.signal, told, pace), credentials.secret) : connected
  })
}

async function watch(connection: ImapConnection, signal: AbortSignal, told: () => void, pace: WatchPace): Promise<Outcome<never>> {
  try {
    const opened = await connection.ask('EXAMINE INBOX')
    if (!opened.ok) return opened
    told()
    const listener = ({ name }: Response) => {
      if (name === 'EXISTS' || name === 'EXPUNGE' || name === 'VANISHED' || name === 'FETCH') told()
    }
    const idled = connection.capabilities.has('IDLE') ? await idle(connection, listener, pace.renewEvery) : done(undefined)
    return idled.ok ? await ask(connection, listener, pace.askEvery, signal) : idled
  } finally {
    connection.close()
  }
}

/** Ok = the server would not. */
async function idle(connection: ImapConnection, listener: (response: Response) => void, renewEvery: number): Promise<Outcome<void>> {
  for (;;) {
    const tag = connection.send('IDLE')
    let renewal: NodeJS.Timeout | undefined
    const answer = await connection.until(tag, (response) => {
      if (response.tag !== '+') return listener(response)
      connection.waitUpTo(longestSilenceSeconds)
      renewal ??= setTimeout(() => connection.say('DONE'), renewEvery).unref()
    })
    clearTimeout(renewal)
    connection.waitUpTo(null)
    if (!answer.ok) return answer
    if (answer.value.status !== 'OK') return done(undefined)
  }
}

async function ask(connection: ImapConnection, listener: (response: Response) => void, askEvery: number, signal: AbortSignal): Promise<Outcome<never>> {
  for (;;) {
    const waited = await pause(askEvery, true, { signal, ref: false }).catch(() => false)
    if (!waited) return failed('job.cancelled', connection.evidence)
    const answer = await connection.until(connection.send('NOOP'), listener)
    if (!answer.ok) return answer
  }
}
