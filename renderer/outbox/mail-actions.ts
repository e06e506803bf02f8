/** What a person is offered for a mail in each state, by `shared/model/outgoing-actions.ts`; the store refuses everything else. */
import { assertNever } from '../../shared/failures/failure.ts'
import { mayDo, type OutgoingAction } from '../../shared/model/outgoing-actions.ts'
import type { OutgoingState, ShownState } from '../../shared/model/outgoing-mail.ts'

export type MailAction = 'send' | OutgoingAction

/** Most useful first. A dismissed error is a cancelled mail, so an error is not offered to be cancelled, too. */
const inOrder: readonly MailAction[] = ['resolve', 'send', 'clear', 'release', 'reset', 'hold', 'resend', 'dismiss', 'cancel']

export function actionsFor(state: OutgoingState): readonly MailAction[] {
  // A draft is gone on with, or thrown away: see `compose-draft-actions.tsx`.
  if (state === 'draft') return []
  return inOrder.filter((action) => (action === 'send' ? state === 'ready' : mayDo(action, state) && !(action === 'cancel' && state === 'error')))
}

/** What is done to several at once: a resolution says which it was. */
export type BulkAction = Exclude<MailAction, 'resolve'> | 'was-sent' | 'was-not-sent'

const inBulk: readonly BulkAction[] = ['was-sent', 'was-not-sent', ...inOrder.filter((action) => action !== 'resolve')]

/** What each action would do to these: those it fits. Actions that fit none are left out. */
export function bulkPlan<M extends { readonly state: OutgoingState }>(mails: readonly M[]): readonly { readonly action: BulkAction; readonly fits: readonly M[] }[] {
  const needed = (action: BulkAction): MailAction => (action === 'was-sent' || action === 'was-not-sent' ? 'resolve' : action)
  return inBulk
    .map((action) => ({ action, fits: mails.filter(({ state }) => actionsFor(state).includes(needed(action))) }))
    .filter(({ fits }) => fits.length > 0)
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
