/**
 * The wizard's effects: looking up, checking, saving, and keeping what was typed. They watch the state and report back as
 * actions; none of them decides where the wizard goes.
 */
import { useCallback, useEffect, useReducer, useRef } from 'react'
import type { Caller } from '../../shared/contract/caller.ts'
import type { Outcome } from '../../shared/failures/failure.ts'
import { type Account, accountDraftSchema, type AccountId } from '../../shared/model/account.ts'
import { isOver, type Job } from '../../shared/model/job.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useJob } from '../bridge/use-job.ts'
import type { WizardPurpose } from '../shell/navigate.tsx'
import { draftOf, secretsOf, serverNames } from './account-form.ts'
import { keptText } from './kept-state.ts'
import { freshWizard, hasInput, otherUserNameOf, reduceWizard, type WizardAction, type WizardState } from './wizard-state.ts'

const keepAfterMilliseconds = 400

export interface Saved {
  readonly account: Account
  /** A3: may be another one than before, and null when no account is left that can send. */
  readonly defaultAccountId: AccountId | null
}

export interface Wizard {
  readonly state: WizardState
  readonly act: (action: WizardAction) => void
  readonly lookUp: Job | null
  readonly check: Job | null
  readonly startCheck: (testMessage: boolean) => void
  readonly save: (makeDefault: boolean) => Promise<Saved | null>
  /** Forgets what was kept, as after saving or when asked to. */
  readonly forget: () => void
}

const purposeState = (purpose: WizardPurpose): WizardState => (purpose.is === 'add' ? reduceWizard(freshWizard, { do: 'add' }) : freshWizard)

export function useWizard(purpose: WizardPurpose): Wizard {
  const caller = useCaller()
  const [state, act] = useReducer(reduceWizard, purpose, purposeState)
  const lookUp = useJob(state.lookUp)
  const check = useJob(state.check)
  const forgotten = useRef(false)

  useEffect(() => {
    if (purpose.is !== 'change') return
    void caller.call('accounts.find', { key: purpose.accountId }).then((outcome) =>
      act(outcome.ok ? { do: 'change', account: outcome.value.account } : { do: 'failed', failure: outcome.failure }),
    )
  }, [caller, purpose])

  useWebOption(caller, state, act)
  useLookUp(caller, state, lookUp, act)
  useKeeping(caller, state, forgotten)

  const startCheck = useCallback(
    (testMessage: boolean) => {
      const { form, passwords, accountId } = state
      const otherUserName = otherUserNameOf(state)
      void caller
        .call('accounts.check', { subject: { is: 'draft', draft: draftOf(form), secrets: secretsOf(form, passwords), id: accountId, otherUserName }, testMessage })
        .then((outcome) => act(outcome.ok ? { do: 'check-started', jobId: outcome.value.jobId } : { do: 'failed', failure: outcome.failure }))
    },
    [caller, state],
  )
  // Coming to the page starts the check, and so does whatever made the last result void (another password, a trusted certificate
  // from the page's own buttons asks again through `startCheck`).
  const arrived = state.step === 'test' && state.check === null && state.checked === null && state.failure === null
  useEffect(() => {
    if (arrived) startCheck(false)
  }, [arrived]) // oxlint-disable-line react-hooks/exhaustive-deps -- only arriving starts it, not each keystroke

  const checkId = state.check
  useEffect(() => () => { if (checkId !== null) void caller.call('jobs.cancel', { id: checkId }) }, [caller, checkId])
  useEffect(() => {
    if (check !== null && isOver(check.state)) act({ do: 'check-ended', passed: check.state === 'done' && check.failure === null, userName: check.detail.kind === 'check-account' ? (check.detail.userName ?? null) : null })
  }, [check])

  const forget = useCallback(() => {
    forgotten.current = true
    void caller.call('wizard.keep', { state: null })
  }, [caller])

  const save = async (makeDefault: boolean) => {
    act({ do: 'save-started' })
    const outcome = await saveAccount(caller, state, makeDefault)
    if (!outcome.ok) {
      act({ do: 'failed', failure: outcome.failure })
      return null
    }
    forget()
    return outcome.value
  }

  return { state, act, lookUp, check, startCheck, save, forget }
}

/** Asks nobody outside: what is known of the address' domain and of the servers' names. */
function useWebOption(caller: Caller, { form }: WizardState, act: (action: WizardAction) => void) {
  const address = form.user.address.trim()
  const { issuer } = form.signIn
  const names = serverNames(form).join(' ')
  useEffect(() => {
    if (!address.includes('@') || address.length > 320) return
    let left = false
    void caller.call('signIn.options', { address, servers: names === '' ? [] : names.split(' '), issuer }).then((outcome) => {
      if (outcome.ok && !left) act({ do: 'web-known', web: outcome.value.provider, guidance: outcome.value.guidance })
    })
    return () => {
      left = true
    }
  }, [caller, address, names, issuer, act])
}

function useLookUp(caller: Caller, { step, form, lookUp: jobId }: WizardState, job: Job | null, act: (action: WizardAction) => void) {
  const address = form.user.address.trim()
  useEffect(() => {
    if (step !== 'looking') return
    let left = false
    let started: string | null = null
    void caller.call('discovery.lookUp', { address }).then((outcome) => {
      if (!outcome.ok) return act({ do: 'failed', failure: outcome.failure })
      started = outcome.value.jobId
      if (left) void caller.call('jobs.cancel', { id: started })
      else act({ do: 'look-up-started', jobId: started })
    })
    return () => {
      left = true
      if (started !== null) void caller.call('jobs.cancel', { id: started })
    }
  }, [caller, step, address, act])

  useEffect(() => {
    if (jobId === null || job === null || !isOver(job.state)) return
    act({ do: 'look-up-ended', findings: job.state !== 'cancelled' && job.detail.kind === 'look-up' ? job.detail.findings : null })
  }, [jobId, job, act])
}

/** A2: what was typed is kept a moment after it changed, without passwords. */
function useKeeping(caller: Caller, state: WizardState, forgotten: { readonly current: boolean }) {
  const text = hasInput(state) ? keptText(state) : null
  useEffect(() => {
    if (text === null) return
    const timer = setTimeout(() => {
      if (!forgotten.current) void caller.call('wizard.keep', { state: text })
    }, keepAfterMilliseconds)
    return () => clearTimeout(timer)
  }, [caller, text, forgotten])
}

async function saveAccount(caller: Caller, { form, passwords, accountId }: WizardState, makeDefault: boolean): Promise<Outcome<Saved>> {
  const draft = accountDraftSchema.parse(draftOf(form))
  const secrets = secretsOf(form, passwords)
  const outcome = accountId === null ? await caller.call('accounts.add', { draft, secrets }) : await caller.call('accounts.change', { id: accountId, draft, secrets })
  if (!outcome.ok) return outcome
  const { account, defaultAccountId } = outcome.value
  if (makeDefault && defaultAccountId !== account.id) {
    const chosen = await caller.call('accounts.setDefault', { id: account.id })
    if (!chosen.ok) return chosen
    return { ok: true, value: { account, defaultAccountId: chosen.value.defaultAccountId } }
  }
  return { ok: true, value: { account, defaultAccountId } }
}
