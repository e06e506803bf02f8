import { expect, test } from 'vitest'
import { accountDraftSchema, accountSchema } from '../../../../shared/model/account.ts'
import { keptText, keptWizard } from '../../../../renderer/wizard/kept-state.ts'
import { freshWizard, hasInput, otherUserNameOf, problemsIn, reduceWizard, type WizardAction, type WizardState } from '../../../../renderer/wizard/wizard-state.ts'
import { draftOf, formOf, secretsOf } from '../../../../renderer/wizard/account-form.ts'
import { findingsFor } from '../../../fakes/caller/play-job.ts'
import { officeAccounts } from '../../../fakes/caller/office.ts'
import { fakeNow } from '../../../fakes/caller/world.ts'

const walk = (state: WizardState, ...actions: WizardAction[]) => actions.reduce(reduceWizard, state)
const user = (state: WizardState, displayName: string, address: string): WizardAction => ({ do: 'edit', change: { user: { ...state.form.user, displayName, address } } })
const next: WizardAction = { do: 'next' }
const back: WizardAction = { do: 'back' }

const begun = walk(freshWizard, { do: 'add' })
const typed = walk(begun, user(begun, 'Emma', 'emma@example.nl'), { do: 'type-password', change: { main: 'geheim' } })
const byHand = walk(typed, { do: 'set-automatic', on: false }, next, { do: 'choose-type', type: 'pop3' }, next)
const withHosts = walk(byHand, {
  do: 'edit', change: { incoming: { ...byHand.form.incoming, host: 'pop.example.nl' }, outgoing: { ...byHand.form.outgoing, host: 'smtp.example.nl' } },
})
const found = walk(typed, next, { do: 'look-up-started', jobId: 'j' }, { do: 'look-up-ended', findings: findingsFor('emma@example.nl') })

test('Next stays on a page with something wrong, and shows the problems only then', () => {
  expect(begun.tries).toBe(0)
  const stopped = walk(begun, next)
  expect(stopped.step).toBe('address')
  expect(stopped.tries).toBe(1)
  expect(problemsIn(stopped).map(({ path }) => path)).toEqual(expect.arrayContaining(['user.displayName', 'user.address', 'passwords.main']))
})

test('an account for neither sending nor receiving is refused beside the check boxes', () => {
  const neither = walk(typed, { do: 'edit', change: { forReceiving: false, forSending: false } }, next)
  expect(neither.step).toBe('address')
  expect(problemsIn(neither)).toContainEqual({ path: 'directions', problem: 'neither-direction' })
})

test('what is found is filled in, best first, and leads to the test', () => {
  expect(found.step).toBe('found')
  expect(found.form.incoming).toMatchObject({ protocol: 'imap', host: 'imap.example.nl', port: null, security: 'tls' })
  expect(found.form.outgoing).toMatchObject({ host: 'smtp.example.nl', security: 'tls' })
  expect(walk(found, next).step).toBe('test')
  expect(walk(found, { do: 'choose-found', side: 'incoming', index: 1 }).form.incoming).toMatchObject({ protocol: 'pop3', host: 'pop.example.nl' })
})

test('what needs a caution is never chosen for a person, and Next waits for the choice', () => {
  const doubtful = walk(typed, next, { do: 'look-up-started', jobId: 'j' }, { do: 'look-up-ended', findings: findingsFor('emma@doubtful.example') })
  expect(doubtful).toMatchObject({ step: 'found', chosen: { incoming: null, outgoing: null }, form: { incoming: { host: '' }, outgoing: { host: '' } } })
  const stopped = walk(doubtful, next)
  expect(stopped).toMatchObject({ step: 'found', tries: 1 })
  const chosen = walk(stopped, { do: 'choose-found', side: 'incoming', index: 0 }, { do: 'choose-found', side: 'outgoing', index: 0 }, next)
  expect(chosen).toMatchObject({ step: 'test', form: { incoming: { host: 'imap.mail-hosting.example' } } })
})

test('a server in clear that was chosen has to be confirmed where security is set', () => {
  const doubtful = walk(typed, next, { do: 'look-up-started', jobId: 'j' }, { do: 'look-up-ended', findings: findingsFor('emma@doubtful.example') })
  const clear = walk(doubtful, { do: 'choose-found', side: 'incoming', index: 2 }, { do: 'choose-found', side: 'outgoing', index: 0 }, next)
  expect(clear).toMatchObject({ step: 'servers', form: { incoming: { security: 'none', clearTextConfirmed: false } } })
})

test('the user name that the server took instead is kept, and counts as checked', () => {
  const findings = findingsFor('emma@example.nl')
  const supposed = { ...findings, incoming: findings.incoming.map((server) => ({ ...server, otherUserName: 'emma' })) }
  const tested = walk(typed, next, { do: 'look-up-started', jobId: 'j' }, { do: 'look-up-ended', findings: supposed }, next, { do: 'check-started', jobId: 'c' })
  expect(otherUserNameOf(tested)).toBe('emma')
  const ended = walk(tested, { do: 'check-ended', passed: true, userName: 'emma' })
  expect(ended).toMatchObject({ checked: 'passed', form: { signIn: { userName: 'emma' } } })
  expect(otherUserNameOf(ended)).toBeNull()
})

test('a server for mail over HTTP is filled in with its session', () => {
  const findings = findingsFor('emma@example.nl')
  const session = { ...findings.incoming[0]!, protocol: 'jmap' as const, source: 'jmap' as const, host: 'api.example.nl', port: 443, sessionUrl: 'https://api.example.nl/session' }
  const jmap = walk(typed, next, { do: 'look-up-started', jobId: 'j' }, { do: 'look-up-ended', findings: { ...findings, incoming: [session] } })
  expect(jmap.form.incoming).toMatchObject({ protocol: 'jmap', sessionUrl: 'https://api.example.nl/session' })
})

test('nothing found leads to the manual page with the user name filled in', () => {
  const nothing = walk(typed, next, { do: 'look-up-started', jobId: 'j' }, { do: 'look-up-ended', findings: findingsFor('emma@nowhere.example') })
  expect(nothing.step).toBe('type')
  expect(nothing.form.signIn.userName).toBe('emma@example.nl')
})

test('a look-up that ends after the page was left changes nothing', () => {
  const left = walk(typed, next, { do: 'look-up-started', jobId: 'j' }, back)
  expect(walk(left, { do: 'look-up-ended', findings: findingsFor('emma@example.nl') })).toEqual(left)
})

test('Back goes the way one came', () => {
  expect(walk(byHand, back).step).toBe('type')
  expect(walk(byHand, back, back).step).toBe('address')
  expect(walk(found, next, back).step).toBe('found')
  expect(walk(withHosts, next, back).step).toBe('servers')
})

test('another address makes what was found void', () => {
  const changed = walk(found, back, user(found, 'Emma', 'emma@other.example'))
  expect(changed.findings).toBeNull()
  expect(walk(changed, next).step).toBe('looking')
})

test('the user name follows the address until another one is typed', () => {
  expect(typed.form.signIn.userName).toBe('emma@example.nl')
  const own = walk(typed, { do: 'edit', change: { signIn: { ...typed.form.signIn, userName: 'emma' } } })
  expect(walk(own, user(own, 'Emma', 'e@example.nl')).form.signIn.userName).toBe('emma')
})

test('any change of the settings makes the last check void', () => {
  const checked = walk(withHosts, next, { do: 'check-started', jobId: 'c' }, { do: 'check-ended', passed: true, userName: null })
  expect(checked.checked).toBe('passed')
  expect(walk(checked, { do: 'trust', side: 'incoming', fingerprint: 'a'.repeat(64) }).checked).toBeNull()
  expect(walk(checked, { do: 'type-password', change: { main: 'x' } }).checked).toBeNull()
})

test('a certificate is trusted for that server and port, and for no other', () => {
  const fingerprint = 'a'.repeat(64)
  const trusted = walk(withHosts, { do: 'trust', side: 'incoming', fingerprint }, { do: 'trust', side: 'outgoing', fingerprint })
  const trust = (...actions: WizardAction[]) => [walk(trusted, ...actions).form.incoming.trustedCertificate, walk(trusted, ...actions).form.outgoing.trustedCertificate]
  const { incoming, outgoing } = trusted.form
  expect(trust({ do: 'edit', change: { incoming: { ...incoming }, signIn: { ...trusted.form.signIn, userName: 'emma' } } })).toEqual([fingerprint, fingerprint])
  for (const change of [{ host: 'other.example' }, { port: 1995 }, { security: 'starttls' as const }]) {
    expect(trust({ do: 'edit', change: { incoming: { ...incoming, ...change } } })).toEqual([null, fingerprint])
    expect(trust({ do: 'edit', change: { outgoing: { ...outgoing, ...change } } })).toEqual([fingerprint, null])
  }
  expect(trust({ do: 'choose-type', type: 'imap' })).toEqual([null, fingerprint])
})

test('None for the server type leaves an account that only sends, with the main logon', () => {
  const sendOnly = walk(withHosts, { do: 'choose-type', type: 'none' })
  const draft = accountDraftSchema.parse(draftOf(sendOnly.form))
  expect(draft.incoming).toBeNull()
  expect(draft.outgoing?.signIn).toMatchObject({ use: 'own', signIn: { userName: 'emma@example.nl' } })
  expect(secretsOf(sendOnly.form, sendOnly.passwords)).toEqual({ outgoing: 'geheim' })
})

test('HTTP needs no more than the name of the server, which sends too, unless another one was typed', () => {
  const http = walk(byHand, back, { do: 'choose-type', type: 'jmap' }, next)
  const typedIn = walk(http, { do: 'edit', change: { incoming: { ...http.form.incoming, sessionUrl: 'mail.example.nl:8443', otherHosts: 'files.example.nl, up.example.nl' } } })
  expect(accountDraftSchema.parse(draftOf(typedIn.form))).toMatchObject({
    incoming: { protocol: 'jmap', sessionUrl: 'https://mail.example.nl:8443/.well-known/jmap', otherHosts: ['files.example.nl', 'up.example.nl'] },
    outgoing: { server: { use: 'incoming' }, signIn: { use: 'same-as-incoming' } },
  })
  expect(formOf(accountDraftSchema.parse(draftOf(typedIn.form)))).toMatchObject({ incoming: { protocol: 'jmap', otherHosts: 'files.example.nl, up.example.nl' }, outgoing: { viaIncoming: true } })
  expect(problemsIn(walk(typedIn, { do: 'edit', change: { incoming: { ...typedIn.form.incoming, otherHosts: 'no host!' } } })).map(({ path }) => path)).toContain('incoming.otherHosts')
  expect(draftOf(walk(withHosts, { do: 'choose-type', type: 'jmap' }).form).outgoing).toMatchObject({ server: { use: 'own', host: 'smtp.example.nl' } })
})

test('security None without the confirmation keeps a person on the page', () => {
  const clear = walk(withHosts, { do: 'edit', change: { incoming: { ...withHosts.form.incoming, security: 'none' } } }, next)
  expect(clear.step).toBe('servers')
  expect(problemsIn(clear)).toContainEqual({ path: 'incoming.security', problem: 'not-confirmed' })
})

test('a problem inside More settings opens it at its tab', () => {
  const wrong = walk(withHosts, { do: 'edit', change: { user: { ...withHosts.form.user, replyToAddress: 'nobody' } } }, next)
  expect(wrong.more?.tab).toBe('general')
  expect(walk(wrong, { do: 'close-more', keep: true }).more?.tries).toBe(2)
})

test('Cancel in More settings takes everything back, OK keeps it', () => {
  const open = walk(withHosts, { do: 'open-more', tab: 'advanced' }, { do: 'edit', change: { timeoutSeconds: 600 } })
  expect(walk(open, { do: 'close-more', keep: false }).form.timeoutSeconds).toBe(60)
  expect(walk(open, { do: 'close-more', keep: true }).form.timeoutSeconds).toBe(600)
})

test('what is kept holds no password, and resuming asks for it again', () => {
  const text = keptText(withHosts)
  expect(text).not.toContain('geheim')
  const kept = keptWizard(text)
  expect(kept).not.toBeNull()
  const resumed = walk(freshWizard, { do: 'resume', kept: kept! })
  expect(resumed).toMatchObject({ step: 'address', resumed: true, passwords: { main: '' }, form: { incoming: { host: 'pop.example.nl' } } })
})

test('a kept state that does not parse is as if it was never kept', () => {
  for (const text of [null, '', '{', '{"version":2}', keptText(withHosts).replace('"pop3"', '"uucp"')]) expect(keptWizard(text)).toBeNull()
})

test('an account that is opened for change and saved untouched stays what it was', () => {
  for (const { account } of officeAccounts(fakeNow)) {
    const changing = walk(freshWizard, { do: 'change', account })
    expect(changing.step).toBe('servers')
    expect(accountSchema.parse({ id: account.id, ...draftOf(changing.form) })).toEqual(account)
    expect(walk(changing, next).step).toBe('test')
  }
})

test('a port that is no number is refused, not taken for the default', () => {
  const wrong = walk(withHosts, { do: 'edit', change: { incoming: { ...withHosts.form.incoming, port: Number.NaN } } }, next)
  expect(wrong.step).toBe('servers')
  expect(problemsIn(wrong).map(({ path }) => path)).toContain('incoming.port')
})

test('leaving asks only when something typed would be lost', () => {
  const [{ account } = {}] = officeAccounts(fakeNow)
  const changing = walk(freshWizard, { do: 'change', account: account! })
  expect(hasInput(freshWizard)).toBe(false)
  expect(hasInput(begun)).toBe(false)
  expect(hasInput(changing)).toBe(false)
  expect(hasInput(typed)).toBe(true)
  expect(hasInput(walk(changing, { do: 'edit', change: { timeoutSeconds: 30 } }))).toBe(true)
})
