/** The running program as a host sees it. Built in `create-app.ts`, the one place where parts are wired. */
import type { Caller } from '../../shared/contract/caller.ts'

/** One window, terminal or other process talking to the dispatcher over some transport of text messages. */
export interface Connection {
  /** A text from the other side; anything that is not a well-formed call is answered as such or dropped, never thrown. */
  receive(text: string): void
  close(): void
}

export interface App {
  /** The contract in this very process, parsed in and out like every other transport. */
  readonly caller: Caller
  /** Serves one more peer; `send` gets the texts of answers and events. */
  connect(send: (text: string) => void): Connection
  /** Takes no more work from other processes and resolves when those at work here have gone: a short command then leaves nobody behind. */
  letPeersFinish(): Promise<void>
  /** Ends jobs, closes everything in order, gives the data folder free. Safe to call twice. */
  stop(): Promise<void>
}
