/**
 * What a person does to mails of the outbox: one alone at once, several or anything that cannot be taken back after a question that says
 * what will happen. The store refuses what does not fit a mail's state by then, and answers with those that changed.
 */
import { useState } from 'react'
import { assertNever, done, type Failure, type Outcome } from '../../shared/failures/failure.ts'
import type { AccountId } from '../../shared/model/account.ts'
import type { OutgoingId, OutgoingRow } from '../../shared/model/outgoing-mail.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useText } from '../text/use-text.tsx'
import type { Asked } from './act-dialog.tsx'
import { type BulkAction, bulkPlan } from './mail-actions.ts'

type Changed = Outcome<{ readonly changed: readonly OutgoingId[] }>

export function useOutboxActions() {
  const { outbox, sending } = useText()
  const caller = useCaller()
  const navigation = useNavigation()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)

  const say = (outcome: Changed, words: (count: number) => string = outbox.changed) => {
    setFailure(outcome.ok ? null : outcome.failure)
    if (outcome.ok) navigation.say(outcome.value.changed.length === 0 ? outbox.nothingChanged : words(outcome.value.changed.length))
  }

  async function resend(ids: readonly OutgoingId[]): Promise<Changed> {
    const resent = await caller.call('outbox.resend', { ids: [...ids], recipients: null })
    return resent.ok ? done({ changed: resent.value.queued }) : resent
  }

  async function run(accountIds: readonly AccountId[] | null): Promise<void> {
    const outcome = await caller.call('outbox.run', { accountIds: accountIds === null ? null : [...accountIds] })
    setFailure(outcome.ok ? null : outcome.failure)
  }

  async function act(action: BulkAction, rows: readonly OutgoingRow[]): Promise<void> {
    const ids = rows.map(({ id }) => id)
    switch (action) {
      case 'send':
        return run([...new Set(rows.map((row) => row.accountId))])
      case 'reset':
        return say(await caller.call('outbox.reset', { ids }))
      case 'clear':
        return say(await caller.call('outbox.clear', { ids }))
      case 'dismiss':
        return say(await caller.call('outbox.clear', { ids, dismiss: true }))
      case 'hold':
        return say(await caller.call('outbox.hold', { ids }))
      case 'release':
        return say(await caller.call('outbox.release', { ids }))
      case 'cancel':
        return say(await caller.call('outbox.cancel', { ids }))
      case 'resend':
        return say(await resend(ids), sending.bulk.resent)
      case 'was-sent':
      case 'was-not-sent':
        return say(await caller.call('outbox.resolve', { ids, outcome: action }))
      default:
        return assertNever(action)
    }
  }

  return {
    asked,
    failure,
    setFailure,
    run,
    /** One mail's small step is done at once; the rest is asked first. */
    begin(action: BulkAction, rows: readonly OutgoingRow[]): void {
      const fits = bulkPlan(rows).find((one) => one.action === action)?.fits ?? []
      if (fits.length === 0) return
      if (rows.length === 1 && action !== 'cancel' && action !== 'resend') void act(action, fits)
      else setAsked({ action, fits, left: rows.length - fits.length })
    },
    async answer(confirmed: boolean): Promise<void> {
      setAsked(null)
      if (confirmed && asked !== null) await act(asked.action, asked.fits)
    },
    /** All that can, wherever they are in the list. */
    async resetAll(): Promise<void> {
      say(await caller.call('outbox.reset', { ids: null }))
    },
    async clearAll(): Promise<void> {
      say(await caller.call('outbox.clear', { ids: null }))
    },
    async resolve(id: OutgoingId, outcome: 'was-sent' | 'was-not-sent'): Promise<void> {
      say(await caller.call('outbox.resolve', { ids: [id], outcome }), () => (outcome === 'was-sent' ? outbox.resolvedSent : outbox.resolvedNotSent))
    },
    async markPrivate(rows: readonly OutgoingRow[]): Promise<void> {
      say(await caller.call('outbox.markPrivate', { ids: rows.map(({ id }) => id), private: rows.some((row) => !row.private) }))
    },
  }
}
