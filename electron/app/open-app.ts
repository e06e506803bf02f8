/**
 * The program on a data folder, whoever owns it: this process, or another one that answers for it.
 *
 *   own it ── in use ──▶ connect to the owner ── no answer ──▶ wait ──▶ own it …  (until `patience` is over)
 *
 * An owner that is just starting does not listen yet, and one that is just ending listens no more: both are over in moments.
 */
import type { Caller } from '../../shared/contract/caller.ts'
import { done, type Outcome } from '../../shared/failures/failure.ts'
import { connectToOwner } from '../ipc/socket-transport.ts'
import type { App } from './app.ts'
import { type AppOptions, createApp } from './create-app.ts'

export interface OpenedApp {
  readonly caller: Caller
  /** null = another process owns the folder and answers through `caller`. */
  readonly app: App | null
  close(): Promise<void>
}

const patience = { milliseconds: 10_000, betweenTries: 100 } as const

export async function openApp(options: AppOptions): Promise<Outcome<OpenedApp>> {
  const until = performance.now() + patience.milliseconds
  for (;;) {
    const created = await createApp(options)
    if (created.ok) {
      const app = created.value
      return done({
        caller: app.caller,
        app,
        async close() {
          await app.letPeersFinish()
          await app.stop()
        },
      })
    }
    if (created.failure.code !== 'data-folder.in-use') return created
    const owner = await connectToOwner(options.root)
    if (owner.ok) return done({ caller: owner.value, app: null, close: () => owner.value.close() })
    if (performance.now() > until) return owner
    await new Promise((resolve) => setTimeout(resolve, patience.betweenTries))
  }
}
