/**
 * The outbox as a person filters it. Sending and submitting are one thing to a person; a group that holds nothing and is
 * not among the usual ones is not offered.
 */
import type { ShownState } from '../../shared/model/outgoing-mail.ts'

export const stateGroups = ['all', 'ready', 'scheduled', 'held', 'sending', 'error', 'unknown', 'bounced', 'partly', 'sent', 'delivered', 'read', 'cancelled', 'draft'] as const
export type StateGroup = (typeof stateGroups)[number]

const usual: ReadonlySet<StateGroup> = new Set(['all', 'ready', 'sending', 'sent', 'error'])

/** The states of a group; null = all of them. */
export function statesOf(group: StateGroup): readonly ShownState[] | null {
  if (group === 'all') return null
  return group === 'sending' ? ['sending', 'submitting'] : [group]
}

export interface GroupCount {
  readonly group: StateGroup
  readonly count: number
}

/** `chosen` stays offered even when it has become empty under the user's eyes. */
export function groupCounts(counts: Partial<Readonly<Record<ShownState, number>>>, chosen: StateGroup): readonly GroupCount[] {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return stateGroups
    .map((group) => ({ group, count: statesOf(group)?.reduce((sum, state) => sum + (counts[state] ?? 0), 0) ?? all }))
    .filter(({ group, count }) => count > 0 || usual.has(group) || group === chosen)
}
