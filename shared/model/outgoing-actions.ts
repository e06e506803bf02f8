/**
 * What a person may ask of a mail on its way out, and in which states: the same for the store, which refuses everything else, for the
 * screen, which offers nothing else, and for the command line.
 */
import type { OutgoingState } from './outgoing-mail.ts'

export const allowedFrom = {
  /** Keeps it here until it is released. */
  hold: ['scheduled', 'ready'],
  release: ['held'],
  /** Only where nothing was submitted: it can't be anywhere. */
  reset: ['sending'],
  /** Back to ready. */
  clear: ['error'],
  /** The error is known, and that is all: the mail is cancelled. */
  dismiss: ['error'],
  cancel: ['draft', 'scheduled', 'held', 'ready', 'error'],
  /** A new, linked mail. Never of one that may still go out, or whose outcome nobody knows: that is resolved first. */
  resend: ['sent', 'error', 'cancelled'],
  resolve: ['unknown'],
} as const satisfies Readonly<Record<string, readonly OutgoingState[]>>

export type OutgoingAction = keyof typeof allowedFrom

export function mayDo(action: OutgoingAction, state: OutgoingState): boolean {
  return (allowedFrom[action] as readonly OutgoingState[]).includes(state)
}
