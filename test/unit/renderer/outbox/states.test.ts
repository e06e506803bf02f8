import { expect, test } from 'vitest'
import { shownStateSchema } from '../../../../shared/model/outgoing-mail.ts'
import { actionsFor, bulkPlan } from '../../../../renderer/outbox/mail-actions.ts'
import { groupCounts, stateGroups, statesOf } from '../../../../renderer/outbox/state-groups.ts'

test('every state belongs to exactly one group beside "all"', () => {
  const grouped = stateGroups.flatMap((group) => (group === 'all' ? [] : (statesOf(group) ?? [])))
  expect(grouped.toSorted()).toEqual([...shownStateSchema.options].toSorted())
})

test('counts add up, and usual groups are offered also when they are empty', () => {
  const groups = groupCounts({ ready: 2, sending: 1, submitting: 1, unknown: 3 }, 'all')
  expect(groups).toEqual([
    { group: 'all', count: 7 }, { group: 'ready', count: 2 }, { group: 'sending', count: 2 }, { group: 'error', count: 0 }, { group: 'unknown', count: 3 }, { group: 'sent', count: 0 },
  ])
  expect(groupCounts({}, 'held').map(({ group }) => group)).toContain('held')
})

test('a mail that may have been sent is never offered to be sent again', () => {
  for (const state of ['submitting', 'sent', 'unknown'] as const) {
    for (const action of ['send', 'reset', 'clear', 'release'] as const) expect(actionsFor(state)).not.toContain(action)
  }
})

test('of several mails each action takes those it fits, and a resolution says which it was', () => {
  const mails = (['ready', 'held', 'error', 'sent', 'unknown', 'submitting'] as const).map((state) => ({ state }))
  expect(bulkPlan(mails).map(({ action, fits }) => [action, fits.map(({ state }) => state)])).toEqual([
    ['was-sent', ['unknown']], ['was-not-sent', ['unknown']], ['send', ['ready']], ['clear', ['error']], ['release', ['held']], ['hold', ['ready']], ['resend', ['error', 'sent']], ['dismiss', ['error']], ['cancel', ['ready', 'held']],
  ])
  expect([actionsFor('unknown'), bulkPlan([])]).toEqual([['resolve'], []])
})
