/** What a draft's own schema cannot see: whether it fits the other accounts, the units and the shared servers. */
import { isMailAddress } from '../../shared/model/text-field.ts'
import { type AccountDraft, accountDraftSchema, type AccountId } from '../../shared/model/account.ts'
import { type FieldProblem, fieldProblemsOf } from '../../shared/model/field-problem.ts'
import { assertNever } from '../../shared/failures/failure.ts'
import type { Settings } from '../storage/settings.ts'
import { houseServerFor } from '../../shared/model/way-out.ts'

/** `id` null = a new account. */
export function draftProblems(settings: Settings, draft: AccountDraft, id: AccountId | null): readonly FieldProblem[] {
  const parsed = accountDraftSchema.safeParse(draft)
  if (!parsed.success) return fieldProblemsOf(parsed.error)
  return [...nameProblems(settings, draft, id), ...unitProblems(settings, draft), ...sharedServerProblems(settings, draft)]
}

/** Two names that differ only in case or in how an accent is encoded are one name to a reader. */
export function sameName(one: string, other: string): boolean {
  const plain = (name: string) => name.trim().normalize('NFKC').toLowerCase()
  return plain(one) === plain(other)
}

function nameProblems(settings: Settings, draft: AccountDraft, id: AccountId | null): readonly FieldProblem[] {
  const taken = settings.accounts.some((account) => account.id !== id && sameName(account.name, draft.name))
  return taken ? [{ path: 'name', problem: 'taken' }] : []
}

function unitProblems(settings: Settings, draft: AccountDraft): readonly FieldProblem[] {
  const known = draft.unitId === null || settings.units.some(({ id }) => id === draft.unitId)
  return known ? [] : [{ path: 'unitId', problem: 'not-a-choice' }]
}

/** B6: some servers demand an address as user name. */
function sharedServerProblems(settings: Settings, draft: AccountDraft): readonly FieldProblem[] {
  const outgoing = draft.outgoing
  if (outgoing === null || outgoing.server.use !== 'shared') return []
  const server = houseServerFor(draft, settings)?.server
  if (server === undefined) return []
  switch (outgoing.signIn.use) {
    case 'none':
    case 'server':
      return []
    case 'same-as-incoming':
      return addressProblem(server.userNameMustBeAddress, draft.incoming?.signIn.userName, 'incoming.signIn.userName')
    case 'own':
      return addressProblem(server.userNameMustBeAddress, outgoing.signIn.signIn.userName, 'outgoing.signIn.signIn.userName')
    default:
      return assertNever(outgoing.signIn)
  }
}

function addressProblem(mustBeAddress: boolean, userName: string | undefined, path: string): readonly FieldProblem[] {
  return mustBeAddress && userName !== undefined && !isMailAddress(userName) ? [{ path, problem: 'must-be-address' }] : []
}
