/**
 * Keeps the number of connections to one server small, whatever number of accounts lives there: providers refuse or lock out
 * whoever opens more (Gmail 15, Dovecot 10 per user and address by default). Who comes too late waits for its turn, in order,
 * or until it is cancelled.
 */
import { failed, type Outcome } from '../../shared/failures/failure.ts'
import type { openInbox } from '../protocols/open-inbox.ts'
import type { openSubmission } from '../protocols/open-submission.ts'
import type { ServerTarget } from '../protocols/net/server-target.ts'

export const connectionsPerServer = 5

export interface Connectors {
  readonly openInbox: typeof openInbox
  readonly openSubmission: typeof openSubmission
}

/** The same two functions; a connection counts from before it is opened until it is closed. */
export function capConnections({ openInbox, openSubmission }: Connectors, limit = connectionsPerServer): Connectors {
  const servers = createTurns(limit)
  return {
    async openInbox(protocol, target, credentials, watcher) {
      const opened = await servers.open(target, () => openInbox(protocol, target, credentials, watcher))
      if (!opened.ok) return opened
      const { session, close } = opened.value
      return {
        ok: true,
        value: {
          folders: session.folders,
          list: () => session.list(),
          fetch: (serverIds, receiver) => session.fetch(serverIds, receiver),
          removeAndClose: (serverIds) => session.removeAndClose(serverIds),
          close,
        },
      }
    },
    async openSubmission(target, credentials, watcher) {
      const opened = await servers.open(target, () => openSubmission(target, credentials, watcher))
      if (!opened.ok) return opened
      const { session, close } = opened.value
      return { ok: true, value: { submit: (request) => session.submit(request), rehearse: (mailFrom, recipient) => session.rehearse(mailFrom, recipient), close } }
    },
  }
}

interface Closable {
  close(): Promise<void>
}

function createTurns(limit: number) {
  const open = new Map<string, number>()
  const waiting = new Map<string, (() => void)[]>()

  function take(server: string, signal: AbortSignal): Promise<boolean> {
    const count = open.get(server) ?? 0
    if (signal.aborted) return Promise.resolve(false)
    if (count < limit) {
      open.set(server, count + 1)
      return Promise.resolve(true)
    }
    return new Promise((resolve) => {
      const line = waiting.get(server) ?? []
      waiting.set(server, line)
      const giveUp = () => {
        line.splice(line.indexOf(turn), 1)
        resolve(false)
      }
      const turn = () => {
        signal.removeEventListener('abort', giveUp)
        resolve(true)
      }
      line.push(turn)
      signal.addEventListener('abort', giveUp, { once: true })
    })
  }

  /** Hands the place to whoever waits, or gives it back. */
  function giveBack(server: string): void {
    const next = waiting.get(server)?.shift()
    if (next !== undefined) return next()
    const left = (open.get(server) ?? 1) - 1
    if (left > 0) return void open.set(server, left)
    open.delete(server)
    waiting.delete(server)
  }

  return {
    async open<S extends Closable>({ host, port, signal }: ServerTarget, connect: () => Promise<Outcome<S>>): Promise<Outcome<{ session: S; close(): Promise<void> }>> {
      const server = `${host.toLowerCase()}:${port}`
      if (!(await take(server, signal))) return failed('job.cancelled', { host, port })
      let isOpen = false
      try {
        const session = await connect()
        if (!session.ok) return session
        isOpen = true
        const close = async () => {
          try {
            await session.value.close()
          } finally {
            if (isOpen) giveBack(server)
            isOpen = false
          }
        }
        return { ok: true, value: { session: session.value, close } }
      } finally {
        if (!isOpen) giveBack(server)
      }
    },
  }
}
