/**
 * What is wrong with the form, by field. The account's own schema judges; here its paths become those of the form, and each
 * path has its place: a page, or a tab of "More settings".
 */
import { accountDraftSchema } from '../../shared/model/account.ts'
import { type FieldProblem, type FieldProblemCode, fieldProblemsOf } from '../../shared/model/field-problem.ts'
import { type AccountForm, draftOf, type Passwords } from './account-form.ts'

export const moreTabs = ['general', 'outgoing', 'advanced', 'other'] as const
export type MoreTab = (typeof moreTabs)[number]

/** `stored` = the account exists, so its passwords may be in the keychain already. */
export function problemsOf(form: AccountForm, passwords: Passwords, stored: boolean): readonly FieldProblem[] {
  const parsed = accountDraftSchema.safeParse(draftOf(form))
  const ofSchema = parsed.success ? [] : fieldProblemsOf(parsed.error).map(({ path, problem }) => ({ path: formPath(path, form), problem }))
  return [...neitherDirection(form), ...ofSchema, ...passwordProblems(form, passwords, stored)]
}

/** Said beside the two check boxes, before anything is known of servers. */
function neitherDirection(form: AccountForm): FieldProblem[] {
  return form.forReceiving || form.forSending ? [] : [{ path: 'directions', problem: 'neither-direction' }]
}

function passwordProblems(form: AccountForm, passwords: Passwords, stored: boolean): FieldProblem[] {
  if (stored) return []
  const problems: FieldProblem[] = []
  const mainUsed = form.forReceiving || (form.outgoingSignIn.use !== 'none' && form.outgoingSignIn.use !== 'server')
  if (mainUsed && form.signIn.method === 'oauth2' && passwords.signedIn === null) problems.push({ path: 'passwords.signedIn', problem: 'empty' })
  if (mainUsed && form.signIn.rememberPassword && form.signIn.method !== 'oauth2' && passwords.main === '') problems.push({ path: 'passwords.main', problem: 'empty' })
  const { use, rememberPassword, method } = form.outgoingSignIn
  if (form.forSending && form.forReceiving && use === 'own' && rememberPassword && method !== 'oauth2' && passwords.outgoing === '') {
    problems.push({ path: 'passwords.outgoing', problem: 'empty' })
  }
  return problems
}

function formPath(path: string, form: AccountForm): string {
  return path
    .replace(/^incoming\.signIn\./, 'signIn.')
    .replace(/^incoming\.otherHosts\..*$/, 'incoming.otherHosts')
    .replace(/^outgoing\.signIn\.signIn\./, form.forReceiving ? 'outgoingSignIn.' : 'signIn.')
    .replace(/^outgoing\.signIn\.use$/, 'outgoingSignIn.use')
    .replace(/^outgoing\.server\./, 'outgoing.')
    .replace(/^name$/, form.name.trim() === '' ? 'user.address' : 'name')
}

const onAddressPage = new Set(['user.displayName', 'user.address', 'directions', 'passwords.main'])

export function tabOf(path: string): MoreTab | null {
  if (path === 'name' || /^user\.(?!displayName|address)/.test(path)) return 'general'
  if (path.startsWith('outgoingSignIn.') || path === 'passwords.outgoing') return 'outgoing'
  if (path === 'timeoutSeconds' || path.startsWith('delivery.')) return 'advanced'
  if (/^(schedule|privacy|sending)\./.test(path)) return 'other'
  return null
}

/** The problems that keep a person on the page; a later page's are none of an earlier one's. */
export function problemsOn(page: 'address' | 'servers', problems: readonly FieldProblem[]): readonly FieldProblem[] {
  return page === 'address' ? problems.filter(({ path }) => onAddressPage.has(path)) : problems
}

export function problemAt(problems: readonly FieldProblem[], path: string): FieldProblemCode | null {
  return problems.find((one) => one.path === path)?.problem ?? null
}
