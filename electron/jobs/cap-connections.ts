/**
 * Keeps the number of connections small, whatever number of accounts is checked at once: to one server, because providers refuse
 * or lock out whoever opens more (Gmail 15, Dovecot 10 per user and address by default), and in all, because each holds memory
 * and this machine writes to one disk. Who comes too late waits for its turn, or until it is cancelled; accounts that share a server share
 * its connections, too (`server-turns.ts`).
 */
import { failed, type Outcome } from '../../shared/failures/failure.ts'
import type { openInbox } from '../protocols/open-inbox.ts'
import type { openSubmission } from '../protocols/open-submission.ts'
import type { ServerTarget } from '../protocols/net/server-target.ts'
import type { Claim, ServerTurns } from './server-turns.ts'

export const connectionsPerServer = 5
export const connectionsInAll = 16

export interface Connectors {
  readonly openInbox: typeof openInbox
  readonly openSubmission: typeof openSubmission
}

/** The same two functions; a connection counts from before it is opened until it is closed. */
export function capConnections({ openInbox, openSubmission }: Connectors, turns: ServerTurns): Connectors {
  return {
    async openInbox(protocol, target, credentials, watcher) {
      const opened = await inTurn(turns, target, () => openInbox(protocol, target, credentials, watcher))
      if (!opened.ok) return opened
      const { session, leaving } = opened.value
      return {
        ok: true,
        value: {
          folders: session.folders,
          advice: () => session.advice(),
          list: () => session.list(),
          headers: (serverIds) => session.headers(serverIds),
          fetch: (serverIds, receiver) => session.fetch(serverIds, receiver),
          removeAndClose: (serverIds) => session.removeAndClose(serverIds),
          close: leaving(() => session.close()),
          hangUp: leaving(() => session.hangUp()),
        },
      }
    },
    async openSubmission(target, credentials, watcher) {
      const opened = await inTurn(turns, target, () => openSubmission(target, credentials, watcher))
      if (!opened.ok) return opened
      const { session, leaving, claim } = opened.value
      return { ok: true, value: { claim, ahead: session.ahead, submit: (request) => session.submit(request), rehearse: (mailFrom, recipient) => session.rehearse(mailFrom, recipient), close: leaving(() => session.close()) } }
    },
  }
}

/** A way to end a session, made into one that gives its place back, once. */
type Leaving = (end: () => Promise<void>) => () => Promise<void>

type Opened<S> = Outcome<{ readonly session: S; readonly leaving: Leaving; readonly claim: () => Claim }>

async function inTurn<S>(turns: ServerTurns, { host, port, signal, sharer }: ServerTarget, connect: () => Promise<Outcome<S>>): Promise<Opened<S>> {
  const turn = await turns.take(host, port, signal, sharer)
  if (turn === null) return failed('job.cancelled', { host, port })
  let isOpen = false
  try {
    const session = await connect()
    if (!session.ok) return session
    isOpen = true
    const leaving: Leaving = (end) => async () => {
      try {
        await end()
      } finally {
        turn.giveBack()
      }
    }
    return { ok: true, value: { session: session.value, leaving, claim: turn.claim } }
  } finally {
    if (!isOpen) turn.giveBack()
  }
}
