/** `mailroom sign-in` and `mailroom accounts add --oauth`: signing in over the web, with a browser where there is one, else with a code for another device. */
import type { Params } from '../../../../shared/contract/methods.ts'
import { done, refused, type Outcome } from '../../../../shared/failures/failure.ts'
import type { Job, JobDetail } from '../../../../shared/model/job.ts'
import type { SignInHolder } from '../../../../shared/model/levels.ts'
import { followJobs } from '../follow-jobs.ts'
import { preparePlace } from '../give-secrets.ts'
import { hasBrowser } from '../terminal-host.ts'
import { type Command, ok, type Session } from '../session.ts'

export interface SignInOptions {
  readonly device?: boolean
  readonly shared?: boolean
}

type Detail = Extract<JobDetail, { kind: 'sign-in' }>

type HolderOptions = SignInOptions & { readonly out?: boolean }

export const signInAccount = (key: string, options: HolderOptions): Command => async (session) => {
  const found = await session.caller.call('accounts.find', { key })
  if (!found.ok) return found
  const { id, name } = found.value.account
  return inOrOut(session, { is: 'account', id }, { account: name }, name, options)
}

/** `key` null = the organization's server. */
export const signInLevel = (key: string | null, options: HolderOptions): Command => async (session) => {
  const unit = key === null ? null : await session.caller.call('levels.findUnit', { key })
  if (unit?.ok === false) return unit
  const holder: SignInHolder = { is: 'level', level: unit === null ? { is: 'organization' } : { is: 'unit', id: unit.value.unit.id } }
  const at = await session.caller.call('signIn.of', { holder })
  if (!at.ok) return at
  return inOrOut(session, holder, { server: at.value.name }, at.value.name, options)
}

async function inOrOut(session: Session, holder: SignInHolder, about: Readonly<Record<string, string>>, name: string, options: HolderOptions): Promise<Outcome<number>> {
  const { caller, output, words } = session
  if (options.out === true) {
    const out = await caller.call('signIn.out', { holder })
    if (!out.ok) return out
    output.line(words.signIn.out(name))
    return ok
  }
  const ready = await preparePlace(session, undefined, null)
  if (!ready.ok) return ready
  const signedIn = await signIn(session, holder, options)
  if (!signedIn.ok) return signedIn
  output.document({ ...about, provider: signedIn.value.provider, signedInAs: signedIn.value.signedInAs })
  return ok
}

/** Answers with how it ended; what the person has to do is told on the way. */
export async function signIn(session: Session, subject: Params<'signIn.begin'>['subject'], { device, shared }: SignInOptions): Promise<Outcome<Detail>> {
  const { caller, output, words, io } = session
  const way = device === true || !hasBrowser(io.environment) ? 'device' : 'browser'
  let told = false
  const tell = (job: Job) => {
    if (told || job.detail.kind !== 'sign-in' || job.detail.phase !== 'wait') return
    told = true
    void tellPerson(session, job.id, job.detail)
  }
  const followed = await followJobs(session, async () => {
    const begun = await caller.call('signIn.begin', { subject, way, anyUser: shared === true })
    return begun.ok ? done([begun.value.jobId]) : begun
  }, tell)
  if (!followed.ok) return followed
  const job = followed.value[0]
  if (job === undefined || job.failure !== null || job.detail.kind !== 'sign-in') return refused(job?.failure ?? { code: 'job.unknown', evidence: {} })
  output.line(words.signIn.done(job.detail.signedInAs ?? '', job.detail.provider))
  return done(job.detail)
}

/** On the error stream: standard output is for what the command answers. */
async function tellPerson({ caller, output, words }: Session, jobId: string, { way, page, userCode }: Detail): Promise<void> {
  if (way === 'device' && page !== null && userCode !== null) return output.note(words.signIn.code(page, userCode))
  const asked = await caller.call('signIn.page', { jobId, open: false })
  if (asked.ok) output.note(words.signIn.page(asked.value.url))
}
