import { describe, expect, it } from 'vitest'
import { draftOf, secretsOf } from '../../../../renderer/wizard/account-form.ts'
import { freshWizard, problemsIn, reduceWizard, type WizardAction, type WizardState } from '../../../../renderer/wizard/wizard-state.ts'
import { findingsFor } from '../../../fakes/caller/play-job.ts'

const web = { name: 'Microsoft', issuer: 'https://login.microsoftonline.com/common/v2.0', ready: true }
const address = 'emma@outlook.com'
const reduce = (state: WizardState, ...actions: readonly WizardAction[]) => actions.reduce(reduceWizard, state)
const known = { do: 'web-known', web, guidance: null } as const

function atAddress(...more: readonly WizardAction[]): WizardState {
  const start = reduce(freshWizard, { do: 'add' })
  return reduce(start, { do: 'edit', change: { user: { ...start.form.user, displayName: 'Emma', address } } }, ...more)
}
const found = (state: WizardState) => reduce(state, { do: 'next' }, { do: 'look-up-ended', findings: findingsFor(address) })

describe('signing in over the web', () => {
  it('asks for no password on the first page, where the service does that itself', () => {
    expect(reduce(atAddress(), { do: 'next' })).toMatchObject({ step: 'address', tries: 1 })
    expect(reduce(atAddress(known), { do: 'next' }).step).toBe('looking')
    expect(reduce(atAddress({ ...known, web: { ...web, ready: false } }), { do: 'next' }).step).toBe('address')
  })

  it('comes before the test: nobody gets past it without a sign-in or a password', () => {
    const state = found(atAddress(known))
    expect(reduce(state, { do: 'next' })).toMatchObject({ step: 'found', tries: 1 })
    expect(reduce(state, { do: 'signed-in', id: 'done-1', as: address }, { do: 'next' }).step).toBe('test')
    expect(reduce(state, { do: 'type-password', change: { main: 'app password' } }, { do: 'next' }).step).toBe('test')
  })

  it('hands on what stands for the permission, and no password', () => {
    const state = reduce(found(atAddress(known)), { do: 'type-password', change: { main: 'typed before' } }, { do: 'signed-in', id: 'done-1', as: address })
    expect(secretsOf(state.form, state.passwords)).toEqual({ signedIn: 'done-1' })
    expect(draftOf(state.form).incoming).toMatchObject({ signIn: { method: 'oauth2', issuer: web.issuer } })
    expect(problemsIn(state)).toEqual([])
  })

  it('stays whatever server is chosen then, until a password is wanted instead', () => {
    const state = reduce(found(atAddress(known)), { do: 'signed-in', id: 'done-1', as: '' }, { do: 'choose-found', side: 'incoming', index: 0 })
    expect(state.form.signIn.method).toBe('oauth2')
    const password = reduce(state, { do: 'use-password' })
    expect(password.form.signIn).toMatchObject({ method: 'password', issuer: null })
    expect(password.passwords.signedIn).toBeNull()
  })
})
