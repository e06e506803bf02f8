/**
 * A person signs in over the web: for an account there is, or a level's server, whose permission is replaced, and for whoever waits for it the
 * pause ends; or for an account that is being set up,
 * for which the permission is kept in memory until it is saved.
 *
 * The page's address carries the state of the sign-in and is told through `pages` only: what a job tells is written down.
 */
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import { secretOwnerOf, type SignInHolder } from '../../../shared/model/levels.ts'
import type { JobDetail, JobId } from '../../../shared/model/job.ts'
import type { AccountBook } from '../../accounts/account-book.ts'
import type { LevelBook } from '../../accounts/level-book.ts'
import { domainOf, type HeldSignIn, heldSignIn, waitingFor } from '../../accounts/web-sign-in.ts'
import type { Permissions } from '../../sign-in/access-tokens.ts'
import { signInOverTheWeb, type SignInParts, type SignInRequest } from '../../sign-in/sign-in-over-the-web.ts'
import type { Work } from '../job-engine.ts'
import type { Pauses } from '../pauses.ts'

export interface SignInJobParts {
  readonly signIn: SignInParts
  readonly permissions: Pick<Permissions, 'keep' | 'replace'>
  readonly accounts: Pick<AccountBook, 'list'>
  readonly levels: Pick<LevelBook, 'levels'>
  readonly pauses: Pick<Pauses, 'resume'>
  /** What the browser of each sign-in that waits is to open. */
  readonly pages: Map<JobId, string>
}

export type SignInSubject =
  | SignInHolder
  | { readonly is: 'draft'; readonly address: string; readonly userName: string; readonly issuer: string | null; readonly servers: readonly string[]; readonly http: boolean }

export type SignInOptions = Pick<SignInRequest, 'way' | 'anyUser'>

type Detail = Extract<JobDetail, { kind: 'sign-in' }>

export function signIn(parts: SignInJobParts, subject: SignInSubject, options: SignInOptions): Work<'sign-in'> {
  const begin: Detail = { kind: 'sign-in', phase: 'begin', provider: '', way: options.way, page: null, userCode: null, signInId: null, signedInAs: null }
  return {
    kind: 'sign-in',
    accountId: subject.is === 'account' ? subject.id : null,
    begin,
    lane: subject.is === 'account' ? `sign-in:${subject.id}` : subject.is === 'level' ? `sign-in:${secretOwnerOf(subject.level)}` : null,
    async run({ id, signal, report }) {
      const request = requestOf(parts, subject, options)
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
        const { owner } = request.value
        if (subject.is === 'draft' || owner === null) {
          tell({ ...over, signInId: parts.permissions.keep(permission, fresh) })
          return done(undefined)
        }
        const replaced = await parts.permissions.replace(owner, permission, fresh)
        if (!replaced.ok) return replaced
        tell(over)
        for (const { account } of waitingFor(subject, parts.accounts.list(), parts.levels.levels())) parts.pauses.resume(account.id)
        return done(undefined)
      } finally {
        parts.pages.delete(id)
      }
    },
  }
}

function requestOf({ accounts, levels }: SignInJobParts, subject: SignInSubject, options: SignInOptions): Outcome<SignInRequest & { readonly owner: HeldSignIn['owner'] | null }> {
  if (subject.is === 'draft') {
    const { address, userName, issuer, servers, http } = subject
    return done({ ...options, owner: null, issuer, names: [domainOf(address), ...servers], address, userName, http })
  }
  const held = heldSignIn(subject, accounts.list(), levels.levels())
  return held.ok ? done({ ...options, ...held.value }) : held
}
