/**
 * The one interface between whoever shows Mailroom and Mailroom itself. The window's bridge, the terminal in the same
 * process and a second process over the data folder's socket all implement it, so no caller knows which it talks to.
 */
import type { Outcome } from '../failures/failure.ts'
import type { EventData, EventName } from './events.ts'
import type { MethodName, Params, Result } from './methods.ts'

export interface Caller {
  call<M extends MethodName>(method: M, params: Params<M>): Promise<Outcome<Result<M>>>
  /** Answers with a function that stops listening. */
  on<E extends EventName>(event: E, listener: (data: EventData<E>) => void): () => void
}

/**
 * What travels between a caller and the dispatcher, on every transport. `id` pairs an answer with its call.
 */
export type CallMessage = { readonly id: number; readonly method: string; readonly params: unknown }
export type AnswerMessage = { readonly id: number; readonly outcome: Outcome<unknown> }
export type EventMessage = { readonly event: string; readonly data: unknown }

/**
 * What a host puts into its window as `window.mailroom`: text goes over, JSON of the three messages above, nothing else.
 * Electron's preload and the Chromium host's binding both provide exactly this.
 */
export interface Wire {
  send(text: string): void
  onMessage(listener: (text: string) => void): void
}
