/** What can be done with a mail in each state of `shared/model/outgoing-mail.ts`; the store refuses everything else. */
import { assertNever } from '../../shared/failures/failure.ts'
import type { OutgoingState, ShownState } from '../../shared/model/outgoing-mail.ts'

export type MailAction = 'send' | 'reset' | 'clear' | 'hold' | 'release' | 'cancel' | 'resolve'

/** Most useful first. */
export function actionsFor(state: OutgoingState): readonly MailAction[] {
  switch (state) {
    case 'draft':
      // It is gone on with, or thrown away: see `compose-draft-actions.tsx`.
      return []
    case 'scheduled':
      return ['hold', 'cancel']
    case 'held':
      return ['release', 'cancel']
    case 'ready':
      return ['send', 'hold', 'cancel']
    case 'sending':
      return ['reset']
    case 'submitting':
    case 'sent':
    case 'cancelled':
      return []
    case 'error':
      return ['clear', 'cancel']
    case 'unknown':
      return ['resolve']
    default:
      return assertNever(state)
  }
}

/** What can be done with every one of several mails. A resolution is made one by one. */
export function actionsForAll(states: readonly OutgoingState[]): readonly MailAction[] {
  const [first, ...rest] = states
  if (first === undefined) return []
  const shared = actionsFor(first).filter((action) => rest.every((state) => actionsFor(state).includes(action)))
  return rest.length === 0 ? shared : shared.filter((action) => action !== 'resolve')
}

export type Tone = 'waiting' | 'working' | 'good' | 'bad' | 'doubtful' | 'over'

/** How a state looks; always together with its word, never colour alone. */
export function toneOf(state: ShownState): Tone {
  switch (state) {
    case 'draft':
    case 'scheduled':
    case 'held':
    case 'ready':
      return 'waiting'
    case 'sending':
    case 'submitting':
      return 'working'
    case 'sent':
    case 'delivered':
    case 'read':
      return 'good'
    case 'bounced':
    case 'partly':
    case 'error':
      return 'bad'
    case 'unknown':
      return 'doubtful'
    case 'cancelled':
      return 'over'
    default:
      return assertNever(state)
  }
}
