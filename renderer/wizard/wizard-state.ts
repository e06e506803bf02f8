/**
 * The wizard without a window: where it is, what was typed, and where each button leads. A pure reducer; looking up, checking,
 * saving and keeping are effects outside, which report back as actions.
 *
 *   welcome ─▶ address ─▶ looking ─▶ found ─────▶ test ─▶ finish
 *                │           │ nothing  │ by hand   ▲
 *                └───────────┴──▶ type ─┴─▶ servers ┘
 *
 * Changing an account that exists begins at `servers`.
 */
import type { Result } from '../../shared/contract/methods.ts'
import { assertNever, type Failure } from '../../shared/failures/failure.ts'
import type { Account, AccountDraft, AccountId } from '../../shared/model/account.ts'
import type { FieldProblem } from '../../shared/model/field-problem.ts'
import type { Findings, FoundServer, Guidance } from '../../shared/model/findings.ts'
import type { JobId } from '../../shared/model/job.ts'
import { type AccountForm, emptyForm, formOf, noPasswords, type Passwords, withFound } from './account-form.ts'
import { type MoreTab, problemsOf, problemsOn, tabOf } from './form-problems.ts'

export const wizardSteps = ['welcome', 'address', 'looking', 'found', 'type', 'servers', 'test', 'finish'] as const
export type WizardStep = (typeof wizardSteps)[number]
export type ServerType = 'pop3' | 'imap' | 'jmap' | 'none'

export type WebOption = NonNullable<Result<'signIn.options'>['provider']>

export interface WizardState {
  readonly step: WizardStep
  /** The account being changed; null = a new one. */
  readonly accountId: AccountId | null
  readonly form: AccountForm
  /** The form as it was opened: while it still is that one, leaving loses nothing. */
  readonly begun: AccountForm
  readonly passwords: Passwords
  /** Where people with this address and these servers can sign in over the web; null = nowhere that is known. */
  readonly web: WebOption | null
  /** B9: what their service demands, as soon as the address tells. */
  readonly guidance: Guidance | null
  readonly automatic: boolean
  /** Next was pressed on this page with something wrong on it: the problems are shown now. Counts, so that focus follows. */
  readonly tries: number
  readonly lookUp: JobId | null
  readonly findings: Findings | null
  /** Places in the findings' lists; null where the half is off or nothing was found for it. */
  readonly chosen: { readonly incoming: number | null; readonly outgoing: number | null }
  /** Settings were typed by hand, so the test leads back to them. */
  readonly byHand: boolean
  readonly check: JobId | null
  /** How the check of exactly these settings ended; null = not checked. */
  readonly checked: 'passed' | 'failed' | null
  readonly more: { readonly tab: MoreTab; readonly tries: number; readonly before: Pick<WizardState, 'form' | 'passwords'> } | null
  readonly saving: boolean
  readonly failure: Failure | null
  /** Resumed: passwords were not kept and have to be typed again. */
  readonly resumed: boolean
}

export type WizardAction =
  | { readonly do: 'add' }
  | { readonly do: 'change'; readonly account: Account }
  | { readonly do: 'practise'; readonly draft: AccountDraft; readonly passwords: Passwords }
  | { readonly do: 'resume'; readonly kept: Pick<WizardState, 'step' | 'accountId' | 'form' | 'automatic' | 'findings' | 'chosen' | 'byHand'> }
  | { readonly do: 'edit'; readonly change: Partial<AccountForm> }
  | { readonly do: 'type-password'; readonly change: Partial<Passwords> }
  | { readonly do: 'web-known'; readonly web: WebOption | null; readonly guidance: Guidance | null }
  | { readonly do: 'signed-in'; readonly id: string; readonly as: string }
  | { readonly do: 'use-password' }
  | { readonly do: 'set-automatic'; readonly on: boolean }
  | { readonly do: 'choose-type'; readonly type: ServerType }
  | { readonly do: 'choose-found'; readonly side: 'incoming' | 'outgoing'; readonly index: number }
  | { readonly do: 'next' }
  | { readonly do: 'back' }
  | { readonly do: 'go-by-hand' }
  | { readonly do: 'look-up-started'; readonly jobId: JobId }
  | { readonly do: 'look-up-ended'; readonly findings: Findings | null }
  | { readonly do: 'check-started'; readonly jobId: JobId }
  | { readonly do: 'check-ended'; readonly passed: boolean; readonly userName: string | null }
  | { readonly do: 'trust'; readonly side: 'incoming' | 'outgoing'; readonly fingerprint: string | null }
  | { readonly do: 'open-more'; readonly tab: MoreTab }
  | { readonly do: 'close-more'; readonly keep: boolean }
  | { readonly do: 'save-started' }
  | { readonly do: 'failed'; readonly failure: Failure | null }

export const freshWizard: WizardState = {
  step: 'welcome', accountId: null, form: emptyForm, begun: emptyForm, passwords: noPasswords, web: null, guidance: null, automatic: true, tries: 0, lookUp: null, findings: null,
  chosen: { incoming: null, outgoing: null }, byHand: false, check: null, checked: null, more: null, saving: false, failure: null, resumed: false,
}

export function problemsIn(state: WizardState): readonly FieldProblem[] {
  return problemsOf(state.form, state.passwords, state.accountId !== null)
}

/** What was typed so far is worth keeping for later. */
export function hasInput(state: WizardState): boolean {
  return state.step !== 'welcome' && (state.form !== state.begun || state.passwords !== noPasswords)
}

export function reduceWizard(state: WizardState, action: WizardAction): WizardState {
  switch (action.do) {
    case 'add':
      return { ...freshWizard, step: 'address' }
    case 'change':
      return { ...freshWizard, ...opened(formOf(action.account)), step: 'servers', accountId: action.account.id }
    case 'practise':
      return { ...freshWizard, ...opened(formOf(action.draft)), step: 'test', passwords: action.passwords }
    case 'resume':
      return resumed(action.kept)
    case 'edit':
      return edited(state, action.change)
    case 'type-password':
      return { ...unchecked(state), passwords: { ...state.passwords, ...action.change } }
    case 'web-known':
      return { ...state, web: action.web, guidance: action.guidance }
    case 'signed-in':
      return { ...unchecked(state), failure: null, form: overTheWeb(state.form, state.web), passwords: { ...state.passwords, main: '', signedIn: { id: action.id, as: action.as } } }
    case 'use-password':
      return { ...unchecked(state), form: { ...state.form, signIn: { ...state.form.signIn, method: 'password', issuer: null } }, passwords: { ...state.passwords, signedIn: null } }
    case 'set-automatic':
      return { ...state, automatic: action.on }
    case 'choose-type':
      return edited(state, action.type === 'none'
        ? { forReceiving: false, forSending: true }
        : { ...(action.type === 'jmap' && { outgoing: { ...state.form.outgoing, viaIncoming: state.form.outgoing.host === '' && !state.form.outgoing.shared } }), forReceiving: true, incoming: { ...state.form.incoming, ...(action.type === state.form.incoming.protocol ? {} : { port: null }), protocol: action.type } })
    case 'choose-found':
      return chosenFound(state, action.side, action.index)
    case 'next':
      return next(state)
    case 'back':
      return { ...state, step: stepBefore(state), tries: 0, lookUp: null, check: null, failure: null }
    case 'go-by-hand':
      return { ...state, step: 'type', byHand: true, lookUp: null, tries: 0 }
    case 'look-up-started':
      return state.step === 'looking' ? { ...state, lookUp: action.jobId } : state
    case 'look-up-ended':
      return lookedUp(state, action.findings)
    case 'check-started':
      return state.step === 'test' ? { ...state, check: action.jobId, checked: null, failure: null } : state
    case 'check-ended':
      return state.step === 'test' ? checkEnded(state, action.passed, action.userName) : state
    case 'trust':
      return edited(state, { [action.side]: { ...state.form[action.side], trustedCertificate: action.fingerprint } })
    case 'open-more':
      return { ...state, more: { tab: action.tab, tries: state.more?.tries ?? 0, before: state.more?.before ?? { form: state.form, passwords: state.passwords } } }
    case 'close-more':
      return closedMore(state, action.keep)
    case 'save-started':
      return { ...state, saving: true, failure: null }
    case 'failed':
      return { ...state, saving: false, failure: action.failure }
    default:
      return assertNever(action)
  }
}

const opened = (form: AccountForm) => ({ form, begun: form, byHand: true, automatic: false })

/** How it is signed in stays what the person did, whatever server is chosen then. */
function overTheWeb(form: AccountForm, web: WebOption | null): AccountForm {
  return { ...form, signIn: { ...form.signIn, method: 'oauth2', issuer: web?.issuer ?? form.signIn.issuer } }
}

const unchecked = (state: WizardState): WizardState => ({ ...state, check: null, checked: null })

/** The user name follows the address until somebody types another. */
function edited(state: WizardState, change: Partial<AccountForm>): WizardState {
  const before = state.form
  const all = { ...before, ...change }
  const form = { ...all, incoming: trusting(all.incoming, before.incoming, placeOfInbox), outgoing: trusting(all.outgoing, before.outgoing, placeOf) }
  const follows = before.signIn.userName === '' || before.signIn.userName === before.user.address
  const named = change.user !== undefined && change.signIn === undefined && follows ? { ...form, signIn: { ...form.signIn, userName: form.user.address } } : form
  const otherAddress = form.user.address !== before.user.address
  return { ...unchecked(state), form: named, ...(otherAddress ? { findings: null } : {}) }
}

/** A certificate is trusted for one server and one port; of any other the user was never asked. */
function trusting<S extends AccountForm['incoming'] | AccountForm['outgoing']>(server: S, before: S, place: (server: S) => string): S {
  return place(server) === place(before) ? server : { ...server, trustedCertificate: null }
}
const placeOf = ({ host, port, security }: AccountForm['outgoing'] | AccountForm['incoming']) => `${security} ${host} ${port}`
const placeOfInbox = (server: AccountForm['incoming']) => `${placeOf(server)} ${server.protocol} ${server.sessionUrl}`

/** No password is asked for on the first page where the service signs people in on its own one. */
export function signsInLater({ web, automatic }: Pick<WizardState, 'web' | 'automatic'>): boolean {
  return automatic && web?.ready === true
}

function next(state: WizardState): WizardState {
  if (state.step === 'address' || state.step === 'servers') {
    const problems = problemsOn(state.step, problemsIn(state)).filter(({ path }) => !(state.step === 'address' && path.startsWith('passwords.') && signsInLater(state)))
    if (problems.length > 0) {
      const onPage = problems.some(({ path }) => tabOf(path) === null)
      const tab = tabOf(problems[0]?.path ?? '')
      const tried = { ...state, tries: state.tries + 1 }
      return onPage || tab === null ? tried : { ...tried, more: { tab, tries: 1, before: { form: state.form, passwords: state.passwords } } }
    }
  }
  if (state.step === 'found' && openChoices(state).length > 0) return { ...state, tries: state.tries + 1 }
  // Signing in over the web comes first here, or the app password in its place.
  if (state.step === 'found' && state.web?.ready === true && problemsIn(state).some(({ path }) => path === 'passwords.main' || path === 'passwords.signedIn')) return { ...state, tries: state.tries + 1 }
  // What was found may lack a half; it is typed on the page that asks for everything.
  if (state.step === 'found' && problemsIn(state).length > 0) return { ...state, step: 'servers', byHand: true, tries: 1 }
  const step = stepAfter(state)
  return { ...state, step, tries: 0, resumed: false, ...(step === 'test' ? { check: null, checked: null } : {}), ...(step === 'servers' ? { byHand: true } : {}) }
}

function stepAfter({ step, automatic, findings, accountId }: WizardState): WizardStep {
  switch (step) {
    case 'welcome':
      return 'address'
    case 'address':
      if (!automatic) return accountId === null ? 'type' : 'servers'
      return findings === null || !foundAnything(findings) ? 'looking' : 'found'
    case 'looking':
      return 'looking'
    case 'found':
      return 'test'
    case 'type':
      return 'servers'
    case 'servers':
      return 'test'
    case 'test':
    case 'finish':
      return 'finish'
    default:
      return assertNever(step)
  }
}

function stepBefore({ step, byHand, findings }: WizardState): WizardStep {
  switch (step) {
    case 'welcome':
    case 'address':
      return 'welcome'
    case 'looking':
    case 'found':
      return 'address'
    case 'type':
      return findings !== null && foundAnything(findings) ? 'found' : 'address'
    case 'servers':
      return 'type'
    case 'test':
      return byHand ? 'servers' : 'found'
    case 'finish':
      return 'test'
    default:
      return assertNever(step)
  }
}

export const foundAnything = (findings: Findings) => findings.incoming.length > 0 || findings.outgoing.length > 0

/** The user name that the server took stays; that it did is part of what was checked. */
function checkEnded(state: WizardState, passed: boolean, userName: string | null): WizardState {
  const form = userName === null ? state.form : { ...state.form, signIn: { ...state.form.signIn, userName } }
  return { ...state, form, checked: passed ? 'passed' : 'failed' }
}

/** What else the server that was found may call the user, as long as nobody typed a name. */
export function otherUserNameOf({ findings, chosen, form }: Pick<WizardState, 'findings' | 'chosen' | 'form'>): string | null {
  const side = form.forReceiving ? 'incoming' : 'outgoing'
  const found = findings?.[side][chosen[side] ?? -1]
  return found !== undefined && found.userName === form.signIn.userName ? found.otherUserName : null
}

/** The best that may be taken without asking. */
function withoutCaution(servers: readonly FoundServer[]): number | null {
  const index = servers.findIndex(({ cautions }) => cautions.length === 0)
  return index < 0 ? null : index
}

/** Servers were found for a half, and the person has to say which. */
export function openChoices({ findings, form, chosen }: Pick<WizardState, 'findings' | 'form' | 'chosen'>): readonly ('incoming' | 'outgoing')[] {
  const wanted = { incoming: form.forReceiving, outgoing: form.forSending }
  return (['incoming', 'outgoing'] as const).filter((side) => wanted[side] && chosen[side] === null && (findings?.[side].length ?? 0) > 0)
}

/** The best server of each half that is wanted, and that needs no caution, is filled in. Nothing at all leads to the manual page. */
function lookedUp(state: WizardState, findings: Findings | null): WizardState {
  if (state.step !== 'looking') return state
  const ended = { ...state, lookUp: null, findings }
  if (findings === null) return { ...ended, step: 'address' }
  if (!foundAnything(findings)) return { ...ended, step: 'type', byHand: true }
  const incoming = state.form.forReceiving ? withoutCaution(findings.incoming) : null
  const outgoing = state.form.forSending ? withoutCaution(findings.outgoing) : null
  const start: WizardState = { ...ended, step: 'found', byHand: false, chosen: { incoming: null, outgoing: null } }
  const withIncoming = incoming === null ? start : chosenFound(start, 'incoming', incoming)
  return outgoing === null ? withIncoming : chosenFound(withIncoming, 'outgoing', outgoing)
}

function chosenFound(state: WizardState, side: 'incoming' | 'outgoing', index: number): WizardState {
  const found = state.findings?.[side][index]
  if (found === undefined) return state
  const form = withFound(state.form, found)
  return { ...unchecked(state), form: state.passwords.signedIn === null ? form : overTheWeb(form, state.web), chosen: { ...state.chosen, [side]: index } }
}

function closedMore(state: WizardState, keep: boolean): WizardState {
  if (state.more === null) return state
  if (!keep) return { ...state, ...state.more.before, more: null }
  const wrong = problemsIn(state).find(({ path }) => tabOf(path) !== null)
  const tab = wrong === undefined ? null : tabOf(wrong.path)
  return tab === null ? { ...state, more: null } : { ...state, more: { ...state.more, tab, tries: state.more.tries + 1 } }
}

/** Passwords are never kept, so whoever was past the page that asks for them starts there again, with the rest filled in. */
function resumed(kept: Extract<WizardAction, { do: 'resume' }>['kept']): WizardState {
  const state: WizardState = { ...freshWizard, ...kept, resumed: true }
  if (kept.accountId !== null) return { ...state, step: 'servers', byHand: true }
  return { ...state, step: 'address' }
}
