/** An inbox in memory that keeps the port's promises, and breaks them where a test says so. */
import { done, failed, refused, type Failure, type Outcome } from '../../shared/failures/failure.ts'
import type { ServerAdvice } from '../../shared/model/server-advice.ts'
import type { InboxSession } from '../../electron/protocols/mail-session.ts'
import type { openInbox } from '../../electron/protocols/open-inbox.ts'

export class FakeInbox {
  readonly messages = new Map<string, Buffer>()
  readonly gone = new Set<string>()
  readonly removed: string[] = []
  openFailure: Failure | null = null
  /** Refuses every other user name; null = takes all. */
  takes: string | null = null
  /** User names, in the order of the sign-ins. */
  readonly signIns: string[] = []
  /** The connection breaks in the middle of the message after so many. */
  breaksAfter = Number.POSITIVE_INFINITY
  /** The server confirms no more than this many removals. */
  confirms = Number.POSITIVE_INFINITY
  opened = 0
  closed = 0
  hungUp = 0
  advice: readonly ServerAdvice[] = []
  onMessage: (count: number) => void = () => {}

  readonly open: typeof openInbox = async (_protocol, target, credentials, watcher) => {
    watcher?.began('name')
    watcher?.ended('name', '192.0.2.1')
    if (this.openFailure !== null) {
      watcher?.began(this.openFailure.code.startsWith('signin') ? 'sign-in' : 'connect')
      return refused(this.openFailure)
    }
    for (const step of ['connect', 'secure'] as const) {
      watcher?.began(step)
      watcher?.ended(step, step)
    }
    watcher?.began('sign-in')
    this.signIns.push(credentials.userName)
    if (this.takes !== null && credentials.userName !== this.takes) return failed('signin.rejected')
    watcher?.ended('sign-in', 'sign-in')
    this.opened += 1
    return done(this.session(target.signal))
  }

  private session(signal: AbortSignal): InboxSession {
    return {
      folders: null,
      list: async () => done([...this.messages].map(([serverId, bytes]) => ({ serverId, size: bytes.length, seen: false }))),
      headers: async (serverIds) => done(new Map(serverIds.map((serverId) => [serverId, this.messages.get(serverId) ?? Buffer.alloc(0)]))),
      fetch: async (serverIds, receiver): Promise<Outcome<void>> => {
        let count = 0
        for (const serverId of serverIds) {
          if (signal.aborted) return failed('connect.lost')
          const bytes = this.messages.get(serverId) ?? Buffer.alloc(0)
          const sink = await receiver.begin(serverId, bytes.length)
          await sink.write(bytes.subarray(0, 10))
          if (count >= this.breaksAfter) return failed('connect.lost')
          await sink.write(bytes.subarray(10))
          await receiver.end(serverId, this.gone.has(serverId) ? failed('message.gone') : done({ bytes: bytes.length }))
          count += 1
          this.onMessage(count)
        }
        return done(undefined)
      },
      removeAndClose: async (serverIds) => {
        const confirmed = serverIds.slice(0, this.confirms)
        for (const serverId of confirmed) this.messages.delete(serverId)
        this.removed.push(...confirmed)
        return done(confirmed)
      },
      advice: () => this.advice,
      close: async () => {
        this.closed += 1
      },
      hangUp: async () => {
        this.hungUp += 1
      },
    }
  }
}
