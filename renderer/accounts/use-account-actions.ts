/** What can be done with an account from a list; a refusal is handed to whoever shows it. */
import { useCallback, useMemo } from 'react'
import type { AccountOverview } from '../../shared/contract/methods.ts'
import type { Failure, Outcome } from '../../shared/failures/failure.ts'
import type { AccountId } from '../../shared/model/account.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useText } from '../text/use-text.tsx'

export interface AccountActions {
  setDefault(id: AccountId): void
  resume(id: AccountId): void
  fetch(id: AccountId): void
  /** Answers with the id of the check's job, null when it could not start. */
  check(id: AccountId): Promise<string | null>
  remove(overview: AccountOverview, mail: 'keep' | 'delete'): void
}

export function useAccountActions(accounts: readonly AccountOverview[], onFailure: (failure: Failure) => void): AccountActions {
  const caller = useCaller()
  const { say } = useNavigation()
  const { shell, accounts: words } = useText()
  const orFailure = useCallback(
    <T>(outcome: Outcome<T>): T | null => {
      if (outcome.ok) return outcome.value
      onFailure(outcome.failure)
      return null
    },
    [onFailure],
  )
  return useMemo(
    () => ({
      setDefault: (id) => void caller.call('accounts.setDefault', { id }).then(orFailure),
      resume: (id) => void caller.call('accounts.resume', { id }).then(orFailure),
      fetch: (id) => void caller.call('mail.fetch', { accountIds: [id] }).then(orFailure),
      check: async (id) => orFailure(await caller.call('accounts.check', { subject: { is: 'account', id } }))?.jobId ?? null,
      remove: (overview, mail) =>
        void caller.call('accounts.remove', { id: overview.account.id, mail }).then((outcome) => {
          const after = orFailure(outcome)
          if (after === null) return
          const promoted = accounts.find(({ account }) => account.id === after.defaultAccountId)
          say(words.removing.removed(overview.account.name))
          if (after.promoted && promoted !== undefined) say(shell.promoted(promoted.account.name))
          if (overview.isDefault && after.defaultAccountId === null) say(shell.promotedNone)
        }),
    }),
    [caller, accounts, say, orFailure, shell, words],
  )
}
