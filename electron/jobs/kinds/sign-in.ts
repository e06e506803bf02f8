/**
 * A person signs in over the web: for an account there is, whose permission is replaced and whose pause ends; or for one that is being set up,
 * for which the permission is kept in memory until it is saved.
 *
 * The page's address carries the state of the sign-in and is told through `pages` only: what a job tells is written down.
 */
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import { type Account, type AccountId, type Direction, directionSchema, needsSecret, ownSignIn, serverNames } from '../../../shared/model/account.ts'
import type { JobDetail, JobId } from '../../../shared/model/job.ts'
import type { AccountBook } from '../../accounts/account-book.ts'
import type { Permissions } from '../../sign-in/access-tokens.ts'
import { signInOverTheWeb, type SignInParts, type SignInRequest } from '../../sign-in/sign-in-over-the-web.ts'
import type { Work } from '../job-engine.ts'
import type { Pauses } from '../pauses.ts'

export interface SignInJobParts {
  readonly signIn: SignInParts
  readonly permissions: Pick<Permissions, 'keep' | 'replace'>
  readonly accounts: Pick<AccountBook, 'get'>
  readonly pauses: Pick<Pauses, 'resume'>
  /** What the browser of each sign-in that waits is to open. */
  readonly pages: Map<JobId, string>
}

export type SignInSubject =
  | { readonly is: 'account'; readonly id: AccountId }
  | { readonly is: 'draft'; readonly address: string; readonly userName: string; readonly issuer: string | null; readonly servers: readonly string[]; readonly http: boolean }

export type SignInOptions = Pick<SignInRequest, 'way' | 'anyUser'>

type Detail = Extract<JobDetail, { kind: 'sign-in' }>

export function signIn(parts: SignInJobParts, subject: SignInSubject, options: SignInOptions): Work<'sign-in'> {
  const begin: Detail = { kind: 'sign-in', phase: 'begin', provider: '', way: options.way, page: null, userCode: null, signInId: null, signedInAs: null }
  return {
    kind: 'sign-in',
    accountId: subject.is === 'account' ? subject.id : null,
    begin,
    lane: subject.is === 'account' ? `sign-in:${subject.id}` : null,
    async run({ id, signal, report }) {
      const request = requestOf(parts.accounts, subject, options)
      if (!request.ok) return request
      let detail = begin
      const tell = (change: Partial<Detail>) => {
        detail = { ...detail, ...change }
        report({ done: detail.phase === 'done' ? 1 : 0, total: 1 }, detail)
      }
      try {
        const finished = await signInOverTheWeb(parts.signIn, request.value, ({ provider, way, url, userCode }) => {
          parts.pages.set(id, url)
          tell({ phase: 'wait', provider, way, page: way === 'device' ? url : null, userCode })
        }, signal)
        if (!finished.ok) return finished
        const { permission, fresh, provider } = finished.value
        if (signal.aborted) return failed('job.cancelled')
        const over: Partial<Detail> = { phase: 'done', provider, signedInAs: permission.signedInAs, page: null, userCode: null }
        if (subject.is === 'draft') {
          tell({ ...over, signInId: parts.permissions.keep(permission, fresh) })
          return done(undefined)
        }
        const replaced = await parts.permissions.replace({ of: 'account', id: subject.id, direction: request.value.direction }, permission, fresh)
        if (!replaced.ok) return replaced
        tell(over)
        parts.pauses.resume(subject.id)
        return done(undefined)
      } finally {
        parts.pages.delete(id)
      }
    },
  }
}

function requestOf(accounts: SignInJobParts['accounts'], subject: SignInSubject, options: SignInOptions): Outcome<SignInRequest & { readonly direction: Direction }> {
  if (subject.is === 'draft') {
    const { address, userName, issuer, servers, http } = subject
    return done({ ...options, direction: 'incoming', issuer, names: [domainOf(address), ...servers], address, userName, http })
  }
  const account = accounts.get(subject.id)
  if (!account.ok) return account
  const { user, incoming } = account.value
  const direction = webDirection(account.value)
  const own = direction === null ? null : ownSignIn(account.value, direction)
  if (direction === null || own === null) return failed('account.no-web-sign-in', { name: account.value.name })
  return done({ ...options, direction, issuer: own.issuer, names: [domainOf(user.address), ...serverNames(account.value)], address: user.address, userName: own.userName, http: incoming?.protocol === 'jmap' })
}

/** Under which direction the permission of an account is kept; null = it does not sign in over the web. */
export function webDirection(account: Pick<Account, 'incoming' | 'outgoing'>): Direction | null {
  return directionSchema.options.find((one) => needsSecret(account, one) && ownSignIn(account, one)?.method === 'oauth2') ?? null
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}
