/** A connection for sending an account's mail, with what cuts it off when the run is cancelled. */
import { done, type Outcome } from '../../../shared/failures/failure.ts'
import type { AccountId } from '../../../shared/model/account.ts'
import type { SubmissionSession } from '../../protocols/mail-session.ts'
import { machineTimers, type Timers } from '../timers.ts'
import type { SendParts } from './send-parts.ts'

/** How long a cancelled run waits for the answer to a mail that is going out: cut off now, its outcome would be unknown. */
export const graceWhileSubmitting = 3000

export interface OpenedSubmission {
  readonly session: SubmissionSession
  readonly host: string
  readonly cut: Cutter
  /** False once the account is removed, may not send any more, or is to send another way. */
  isWanted(): boolean
}

export interface ConnectOptions {
  /** Ends the wait, and later the connection, by way of the cutter. */
  readonly cancelled: AbortSignal
  /** Ends the wait alone. */
  readonly needless?: AbortSignal
  /** Tells the pauses how it went. */
  readonly isFirst: boolean
}

export async function connectTo(parts: SendParts, accountId: AccountId, { cancelled, needless, isFirst }: ConnectOptions): Promise<Outcome<OpenedSubmission>> {
  const way = parts.accounts.wayMark(accountId, 'outgoing')
  const route = await parts.accounts.route(accountId, 'outgoing')
  if (!route.ok) {
    if (isFirst) parts.pauses.note(accountId, 'outgoing', route.failure)
    return route
  }
  const cut = createCutter(cancelled, parts.timers ?? machineTimers)
  needless?.addEventListener('abort', cut.now)
  if (needless?.aborted === true) cut.now()
  let isOpen = false
  try {
    const opened = await parts.openSubmission({ ...route.value.server, signal: cut.signal, sharer: accountId }, route.value.credentials)
    if (isFirst) parts.pauses.note(accountId, 'outgoing', opened.ok ? null : opened.failure)
    if (!opened.ok) return opened
    isOpen = true
    return done({ session: opened.value, host: route.value.server.host, cut, isWanted: () => parts.accounts.wayMark(accountId, 'outgoing') === way })
  } finally {
    needless?.removeEventListener('abort', cut.now)
    if (!isOpen) cut.over()
  }
}

/** Cuts a connection when the job is cancelled: at once, or, while the answer to a mail is awaited, after its grace. */
export interface Cutter {
  readonly signal: AbortSignal
  /** One mail more, or one less, whose answer is awaited. */
  hold(change: 1 | -1): void
  now(): void
  over(): void
}

function createCutter(cancelled: AbortSignal, timers: Timers): Cutter {
  const controller = new AbortController()
  let held = 0
  let endGrace: (() => void) | null = null
  const cutNow = () => controller.abort()
  const onCancel = () => {
    if (held > 0) endGrace = timers.after(graceWhileSubmitting, cutNow)
    else cutNow()
  }
  if (cancelled.aborted) cutNow()
  cancelled.addEventListener('abort', onCancel, { once: true })
  return {
    signal: controller.signal,
    now: cutNow,
    hold(change) {
      held += change
      if (held > 0 || !cancelled.aborted) return
      endGrace?.()
      cutNow()
    },
    over() {
      endGrace?.()
      cancelled.removeEventListener('abort', onCancel)
    },
  }
}
