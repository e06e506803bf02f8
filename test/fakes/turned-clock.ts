/** A clock that stands still until a test turns it, and the timers that go by it. */
import type { Timers } from '../../electron/jobs/timers.ts'

export interface TurnedClock {
  readonly now: () => Date
  readonly timers: Timers
  /** Lets so much time pass; what falls due is called in order, each at its own time, with pending promises settled between. */
  pass(milliseconds: number): Promise<void>
}

export function createTurnedClock(start = '2026-11-22T09:00:00.000Z'): TurnedClock {
  let at = Date.parse(start)
  let waiting: { readonly due: number; readonly call: () => void }[] = []
  return {
    now: () => new Date(at),
    timers: {
      after(milliseconds, call) {
        const timer = { due: at + milliseconds, call }
        waiting.push(timer)
        return () => {
          waiting = waiting.filter((one) => one !== timer)
        }
      },
    },
    async pass(milliseconds) {
      const until = at + milliseconds
      await settle()
      for (;;) {
        const next = waiting.toSorted((a, b) => a.due - b.due)[0]
        if (next === undefined || next.due > until) break
        waiting = waiting.filter((one) => one !== next)
        at = next.due
        next.call()
        await settle()
      }
      at = until
      await settle()
    },
  }
}

/** Everything that waits for promises only has had its turn. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
}
